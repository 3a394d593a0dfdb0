#!/bin/bash
# namespace.sh SCRATCH COMMAND...: runs a command in the caller's mount, network and process namespaces, which are new: with
# loopback alone, and with nothing to write to but SCRATCH, /tmp, /run, /var/log, /usr/local and /etc/hosts, all of them
# below SCRATCH or in memory. Links in a copy that lead elsewhere can then be followed, and not written through.
set -euo pipefail
scratch=$1
shift

mount --make-rprivate /
mount --bind "$scratch" "$scratch"
mkdir -p "$scratch/local" "$scratch/log/antmedia"
cp /etc/hosts "$scratch/hosts"
# What the image has there stays to be seen.
mount --bind /usr/local "$scratch/local"

while read -r _ _ _ _ place _; do
    place=$(printf '%b' "$place")
    case $place/ in
    "$scratch/"* | /proc/* | /sys/* | /dev/*) ;;
    *) mount -o remount,bind,ro "$place" ;;
    esac
done <"/proc/self/mountinfo"

mount --bind "$scratch/hosts" /etc/hosts
mount --bind "$scratch/log" /var/log
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /usr/local
for entry in "$scratch"/local/*; do
    [ "${entry##*/}" = antmedia ] || ln -s "$entry" /usr/local/
done
mkdir /usr/local/antmedia
chmod 1777 "$scratch/tmp" "$scratch/log" "$scratch/log/antmedia"
# A project that is below /tmp itself stays where it is.
case $PWD/ in
/tmp/*)
    mkdir -p "$scratch$PWD"
    mount --bind "$PWD" "$scratch$PWD"
    ;;
esac
mount --rbind "$scratch/tmp" /tmp

ip link set lo up
ip address add 10.0.0.11/32 dev lo
export HOME=/tmp TMPDIR=/tmp
exec "$@"
