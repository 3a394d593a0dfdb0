#!/bin/bash
# debian-13.sh FOLDER: puts Debian 13's HAProxy and Nginx into a folder of programs. They run in a Debian 13 root that is
# made once with debootstrap and kept in the user's cache, and see this machine's network, processes and /tmp.
set -euo pipefail
suite=trixie
key=$suite-haproxy-nginx
cache=${XDG_CACHE_HOME:-$HOME/.cache}/ams-cluster/rootfs
root=$cache/$key
mkdir -p "$cache"
exec 9>"$cache/$key.lock"
flock 9
if [ ! -d "$root" ]; then
    new=$(mktemp -d "$cache/new.XXXXXX")
    trap 'rm -rf "$new"' EXIT
    {
        debootstrap --variant=minbase "$suite" "$new" &&
            # No service starts in a root that has no init.
            printf '#!/bin/sh\nexit 101\n' >"$new/usr/sbin/policy-rc.d" &&
            chmod +x "$new/usr/sbin/policy-rc.d" &&
            DEBIAN_FRONTEND=noninteractive chroot "$new" \
                apt-get install --yes --no-install-recommends haproxy nginx libnginx-mod-stream
    } </dev/null >"$cache/$key.log" 2>&1 || { tail -n 20 "$cache/$key.log" >&2 && exit 1; }
    rm -rf "$new"/var/cache/apt/archives/*.deb "$new"/var/lib/apt/lists/* "$new"/usr/share/{doc,locale,man}
    mv "$new" "$root"
fi
for program in haproxy nginx; do
    cat >"$1/$program" <<END
#!/bin/sh
exec unshare --mount sh -c 'mount --bind /tmp "\$0/tmp" && mount --bind /dev "\$0/dev" && exec chroot "\$0" "\$@"' $root /usr/sbin/$program "\$@"
END
    chmod +x "$1/$program"
done
