#!/bin/bash
# debian-13.sh ROOT FOLDER: puts the HAProxy and Nginx of a Debian root into a folder of programs. They run in that root, and
# see this machine's network, processes and /tmp.
set -euo pipefail
root=$1
for program in haproxy nginx; do
    cat >"$2/$program" <<END
#!/bin/sh
exec unshare --mount sh -c 'mount --bind /tmp "\$0/tmp" && mount --bind /dev "\$0/dev" && exec chroot "\$0" "\$@"' $root /usr/sbin/$program "\$@"
END
    chmod +x "$2/$program"
done
