#!/bin/bash
# vendor-downloads.sh ROOT: prints the path of a web server's folder with all that the vendor's user data (vendor.ts)
# downloads into a machine with this root. Made once, by apt and pip themselves, and kept in the user's cache.
set -euo pipefail
root=$1
name=aws-cfn-bootstrap
# What the helpers' release for Python 3 asks for (setup.py of 2.0). That release is on S3 alone, and PyPI's 1.4-31, of
# the same size, asks for releases of these that are for Python 2.
needs="['python-daemon>=2.1,<2.2', 'pystache>=0.4.0', 'docutils']"
key=$(cat "$0" <(basename "$root") | sha256sum | cut -c1-16)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/ams-cluster/vendor-downloads
mkdir -p "$cache"
exec 9>"$cache/$key.lock"
flock 9

# `'URI' FILE ...` of each file that apt would download, one a line: URI and FILE.
uris() { chroot "$machine" apt-get --print-uris --yes "$@" | sed -n "s/^'\([^']*\)' \([^ ]*\) .*/\1 \2/p"; }

# The place of a URI in the folder: without the host, and with no escaped letter.
place() {
    local path=${1#*://*/}
    printf "$web/%b" "${path//%/\\x}"
}

indexes() {
    # Debian's index of amd64 has what is for all machines too.
    uris update | grep -v /binary-all/ >"$new/uris"
    while read -r uri _; do
        rm -f "$machine/root/index"
        chroot "$machine" /usr/lib/apt/apt-helper download-file "$uri" /root/index
        file=$(place "$uri")
        hashed=$(dirname "$file")/by-hash/SHA256/$(sha256sum "$machine/root/index" | cut -d' ' -f1)
        mkdir -p "$(dirname "$hashed")"
        cp "$machine/root/index" "$file"
        cp "$machine/root/index" "$hashed"
    done <"$new/uris"
}

archives() {
    uris install python3-pip >"$new/uris"
    chroot "$machine" apt-get install --yes --download-only python3-pip
    while read -r uri deb; do
        file=$(place "$uri")
        mkdir -p "$(dirname "$file")"
        cp "$machine/var/cache/apt/archives/$deb" "$file"
    done <"$new/uris"
}

packages() {
    chroot "$machine" apt-get install --yes --no-install-recommends python3-pip
    cp /etc/ssl/certs/ca-certificates.crt "$machine/etc/ssl/certs/"
    chroot "$machine" pip download --no-deps --no-binary :all: --dest /root/package "$name==1.4-31"
    tar -xzf "$machine"/root/package/*.tar.gz -C "$new"
    sed -i "s/^dependencies = .*/dependencies = $needs/" "$new/$name-1.4-31/setup.py"
    tar -czf "$web/$name-py3-latest.tar.gz" -C "$new" "$name-1.4-31"
    cp "$web/$name-py3-latest.tar.gz" "$machine/root/"
    chroot "$machine" pip download --dest /root/packages "/root/$name-py3-latest.tar.gz"
    rm "$machine"/root/packages/"$name"*
    cp -r "$machine/root/packages" "$web/packages"
}

if [ ! -d "$cache/$key" ]; then
    new=$(mktemp -d "$cache/new.XXXXXX")
    machine=$new/machine web=$new/web
    mkdir "$new"/{changes,work,machine,web}
    mount -t overlay overlay -o "lowerdir=$root,upperdir=$new/changes,workdir=$new/work" "$machine"
    trap 'umount --lazy "$machine"; rm -rf "$new"' EXIT
    export DEBIAN_FRONTEND=noninteractive
    {
        chroot "$machine" apt-get update
        indexes
        archives
        packages
    } </dev/null >"$cache/$key.log" 2>&1 || { tail -n 20 "$cache/$key.log" >&2 && exit 1; }
    mv "$web" "$cache/$key"
fi
echo "$cache/$key"
