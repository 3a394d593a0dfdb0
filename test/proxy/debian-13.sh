#!/bin/bash
# debian-13.sh FOLDER: puts Debian 13's HAProxy and Nginx into a folder of programs. They run in a root of their own, and
# see this machine's network, processes and /tmp.
set -euo pipefail
root=$("$(dirname "$0")/../support/debian-root.sh" trixie haproxy nginx libnginx-mod-stream)
for program in haproxy nginx; do
    cat >"$1/$program" <<END
#!/bin/sh
exec unshare --mount sh -c 'mount --bind /tmp "\$0/tmp" && mount --bind /dev "\$0/dev" && exec chroot "\$0" "\$@"' $root /usr/sbin/$program "\$@"
END
    chmod +x "$1/$program"
done
