#!/bin/bash
# rootfs.sh: prints the path of a Debian root with systemd, cloud-init and what an image of ours has, made once with
# debootstrap and kept in the user's cache. Its key is all that decides what is in it.
set -euo pipefail
suite=bookworm
packages=(systemd-sysv dbus cloud-init nftables iproute2 xfsprogs python3-pymongo systemd-timesyncd)
key=$(sha256sum "$0" | cut -c1-16)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/ams-cluster/rootfs
root=$cache/$key
mkdir -p "$cache"
exec 9>"$cache/$key.lock"
flock 9
if [ ! -d "$root" ]; then
    new=$(mktemp -d "$cache/new.XXXXXX")
    trap 'rm -rf "$new"' EXIT
    {
        debootstrap --variant=minbase "$suite" "$new"
        export DEBIAN_FRONTEND=noninteractive
        chroot "$new" apt-get install --yes --no-install-recommends "${packages[@]}"
    } </dev/null >"$cache/$key.log" 2>&1 || { tail -n 20 "$cache/$key.log" >&2 && exit 1; }
    rm -rf "$new"/var/cache/apt/archives/*.deb "$new"/var/lib/apt/lists/* "$new"/usr/share/{doc,locale,man}
    # A machine finds its own identity, as after an image's first boot.
    : >"$new/etc/machine-id"
    mv "$new" "$root"
fi
echo "$root"
