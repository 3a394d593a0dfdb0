#!/bin/bash
# debian-root.sh SUITE PACKAGE...: prints the path of a Debian root with these packages, made once with debootstrap and kept
# in the user's cache. This script and its words are all that decides what is in it.
set -euo pipefail
suite=$1
shift
key=$(cat "$0" - <<<"$suite $*" | sha256sum | cut -c1-16)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/ams-cluster/rootfs
root=$cache/$key
mkdir -p "$cache"
exec 9>"$cache/$key.lock"
flock 9
if [ ! -d "$root" ]; then
    new=$(mktemp -d "$cache/new.XXXXXX")
    trap 'rm -rf "$new"' EXIT
    {
        # No service starts in a root that has no init.
        debootstrap --variant=minbase "$suite" "$new" &&
            printf '#!/bin/sh\nexit 101\n' >"$new/usr/sbin/policy-rc.d" &&
            chmod +x "$new/usr/sbin/policy-rc.d" &&
            DEBIAN_FRONTEND=noninteractive chroot "$new" apt-get install --yes --no-install-recommends "$@" &&
            rm "$new/usr/sbin/policy-rc.d"
    } </dev/null >"$cache/$key.log" 2>&1 || { tail -n 20 "$cache/$key.log" >&2 && exit 1; }
    rm -rf "$new"/var/cache/apt/archives/*.deb "$new"/var/lib/apt/lists/* "$new"/usr/share/{doc,locale,man}
    # A machine finds its own identity, as after an image's first boot.
    : >"$new/etc/machine-id"
    mv "$new" "$root"
fi
echo "$root"
