#!/bin/sh
# Mounts the data volume: volume.sh DIRECTORY GIBIBYTES. A volume that we made is known by its label, on whatever machine
# it is. Without one, the one whole disk that is blank and large enough is formatted; a disk that holds anything never is.
set -eu
directory=$1
gibibytes=$2
label=amsdata
root=${AMS_CLUSTER_ROOT:-}

# Signatures are known by wipefs; whatever it doesn't know is not zero at its beginning.
blank() {
    [ -z "$(wipefs --noheadings --no-act "$1")" ] && cmp --silent --bytes=1048576 "$1" /dev/zero
}

# Whole disks, without partitions, not mounted and not in any other use. Sizes are rounded by no cloud.
candidates() {
    lsblk --bytes --noheadings --nodeps --paths --output NAME,TYPE,SIZE | while read -r disk type size; do
        [ "$type" = disk ] || continue
        [ "$size" -ge $((gibibytes * 1073741824)) ] || continue
        [ "$(lsblk --noheadings --output NAME "$disk" | wc -l)" -eq 1 ] || continue
        [ -z "$(lsblk --noheadings --output MOUNTPOINT "$disk" | tr -d '[:space:]')" ] || continue
        if blank "$disk"; then echo "$disk"; fi
    done
}

mkdir -p "$root$directory"
if ! mountpoint --quiet "$root$directory"; then
    device=$(blkid -L "$label" || true)
    if [ -z "$device" ]; then
        device=$(candidates)
        count=$(echo "$device" | grep -c . || true)
        if [ "$count" -ne 1 ]; then
            echo "no volume labelled $label, and $count blank disks of $gibibytes GiB instead of one: ${device:-none}" >&2
            exit 1
        fi
        # Without -f: mkfs.xfs looks for a signature once more.
        mkfs.xfs -q -L "$label" "$device"
    fi
    line="LABEL=$label $directory xfs noatime,nofail,x-systemd.device-timeout=60 0 0"
    grep -qxF "$line" "$root/etc/fstab" || echo "$line" >>"$root/etc/fstab"
    mount -o noatime "$device" "$root$directory"
    systemctl daemon-reload
fi
# The volume may have been enlarged.
xfs_growfs "$root$directory" >/dev/null
