#!/bin/bash
# neighbours.sh LIBRARY: the real gate in a network namespace of the caller's, with two neighbours: one with a node's
# address, one with a balancer's. Prints which ports each reaches while the gate is closed, open, closed again, and drains,
# and whether a connection of the balancer's that began while it was open goes on.
# AMS_TEST_GATE_PATH is the PATH of gate.py, so that it finds nft or only iptables.
set -eu
library=$1
here=$(cd "$(dirname "$0")" && pwd)

# The first process of a new network namespace, to name it by.
namespace() {
    unshare --net sleep 60 </dev/null >/dev/null 2>&1 &
    while [ "$(readlink /proc/$!/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do sleep 0.02; done
}

# neighbour PID OWN-ADDRESS ADDRESS: a cable between this namespace and the other.
neighbour() {
    ip link add "v$1" type veth peer name eth0 netns "$1"
    ip address add "$2/24" dev "v$1"
    ip link set "v$1" up
    nsenter --net="/proc/$1/ns/net" ip address add "$3/24" dev eth0
    nsenter --net="/proc/$1/ns/net" ip link set eth0 up
}

gate() { PATH=$AMS_TEST_GATE_PATH /usr/bin/python3 "$library/gate.py" "$1"; }

report() {
    echo "$1 itself $(python3 "$here/ports.py" reach 10.0.0.1)"
    echo "$1 node $(nsenter --net="/proc/$node/ns/net" python3 "$here/ports.py" reach 10.0.0.1)"
    echo "$1 balancer $(nsenter --net="/proc/$balancer/ns/net" python3 "$here/ports.py" reach 10.0.192.1)"
}

# Whether the connection that the balancer holds still carries data.
held() {
    echo >&"${hold[1]}"
    read -r answer <&"${hold[0]}"
    echo "$1 held connection $answer"
}

ip link set lo up
namespace
node=$!
namespace
balancer=$!
neighbour "$node" 10.0.0.1 10.0.0.2
neighbour "$balancer" 10.0.192.1 10.0.192.2
exec 3< <(exec python3 "$here/ports.py" listen)
listener=$!
read -r _ <&3
trap 'kill "$node" "$balancer" "$listener"' EXIT

gate init
report sealed
gate close
report closed
gate open
gate init
report open
coproc hold { exec nsenter --net="/proc/$balancer/ns/net" python3 "$here/ports.py" hold 10.0.192.1; }
read -r _ <&"${hold[0]}"
gate close
report again
held again
gate open
gate drain
report drain
held drain
