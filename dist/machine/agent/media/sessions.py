# Whom this node serves. AMS's own counts of this process: the cluster's (active-live-stream-count) are of all nodes.
# - A publisher is a stream that this AMS takes in, whatever its protocol (localLiveStreams: its MuxAdaptors).
# - A viewer is a WebRTC peer, an HLS or DASH session that asked within AMS's own time, or an RTMP connection that no
#   publisher explains. StatsCollector.getSystemResourcesInfo has no count of RTMP players, so the kernel's table has.
# What this misses: a stream that AMS pulls by itself counts as a publisher and may never end.
import ipaddress
from common import ROOT, read
from rest import ask, refused
from service import active, exists

RTMP = 1935
ESTABLISHED = "01"


# An address as /proc/net/tcp has it: words of four bytes in the machine's (little-endian) order.
def decoded(text):
    words = [bytes.fromhex(text[at : at + 8])[::-1] for at in range(0, len(text), 8)]
    address = ipaddress.ip_address(b"".join(words))
    return getattr(address, "ipv4_mapped", None) or address


# Established connections to the port from outside: not from the machine itself and not from the other nodes.
def connections(port, peers):
    inside = [ipaddress.ip_network(cidr) for cidr in ("127.0.0.0/8", "::1/128", *peers)]
    found = 0
    for name in ("tcp", "tcp6"):
        for row in (read(f"{ROOT}/proc/net/{name}") or "").splitlines()[1:]:
            _, local, remote, state = row.split()[:4]
            if state == ESTABLISHED and int(local.split(":")[1], 16) == port:
                client = decoded(remote.split(":")[0])
                found += not any(client in network for network in inside)
    return found


# (publishers, viewers). An AMS that does not run serves nobody, nor one that has not been ready since its start: nobody
# gets in before. An error is the caller's: it is no zero.
def count(shared):
    if not exists("ready"):
        return 0, 0
    try:
        known = ask(shared, "system-resources")
    except OSError as error:
        if refused(error) and not active():
            return 0, 0
        raise
    publishers = int(known["localLiveStreams"])
    viewers = sum(int(known[f"local{kind}Viewers"]) for kind in ("WebRTC", "HLS", "DASH"))
    rtmp = connections(RTMP, shared["gate"]["peers"])
    return publishers, viewers + max(rtmp - publishers, 0)
