#!/bin/bash
# rootfs.sh: prints the path of a Debian root with systemd, cloud-init and what an image of ours has.
exec "$(dirname "$0")/../support/debian-root.sh" bookworm \
    systemd-sysv dbus cloud-init nftables iproute2 xfsprogs python3-pymongo systemd-timesyncd
