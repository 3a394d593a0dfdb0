# What a TURN server measures: its allocations, each of which is a socket of coturn's in its range of ports, and the requests for
# one that the rules have dropped since the last look.
import json
from common import address, command, read

counted = {}


def allocations(shared):
    own = "".join(f"{int(part):02X}" for part in reversed(address().split(".")))
    first, last = shared["relayPorts"]
    places = [line.split()[1].split(":") for line in read("/proc/net/udp").splitlines()[1:]]
    held = sum(place == own and first <= int(port, 16) <= last for place, port in places)
    return {"Allocations": held, "AllocationsPercent": round(100 * held / shared["allocations"], 1)}


# The kernel counts since the rules were made.
def refused(_):
    found = json.loads(command("nft", "-j", "list", "counter", "inet", "ams-turn", "refused"))["nftables"]
    total = next(one["counter"]["packets"] for one in found if "counter" in one)
    before = counted.get("total", total)
    counted["total"] = total
    return {"RefusedAllocations": total - before if total >= before else total}


FIGURES = {"allocations": allocations, "refused": refused}
