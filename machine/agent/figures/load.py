# How full this machine is, in percent: the fullest of its parts, each against what the facts say that it carries. 100: it
# carries no more, and AMS or the network refuses who comes next.
import time
import gate
from common import ROOT, draining, log, read
from service import exists

# In the order in which equal ones are named.
PARTS = ("cpu", "memory", "egress", "ingress", "publishers", "viewers")


# (busy, all) in ticks since the machine's start. Waiting for the disk is idle, as in Java's own figure, by which AMS
# refuses; a guest's time is in the user's already.
def ticks():
    spent = [int(word) for word in read(ROOT + "/proc/stat").splitlines()[0].split()[1:9]]
    return sum(spent) - spent[3] - spent[4], sum(spent)


# The interface of the default route with the least metric: all that clients and nodes send and get goes through it.
def interface():
    rows = [row.split() for row in read(ROOT + "/proc/net/route").splitlines()[1:]]
    routes = [(int(row[6]), row[0]) for row in rows if row[1] == row[7] == "00000000"]
    return min(routes)[1]


# (received, sent) bytes of the interface.
def traffic(name):
    for row in read(ROOT + "/proc/net/dev").splitlines():
        found, _, counts = row.partition(":")
        if found.strip() == name:
            words = counts.split()
            return int(words[0]), int(words[8])
    raise RuntimeError(f"/proc/net/dev has no {name}")


def counters():
    return {"at": time.monotonic(), "ticks": ticks(), "bytes": traffic(interface())}


# CPU and network since the last look, about a minute ago: {} at the first one. A counter that went back has begun anew.
def rates(before, now):
    seconds = now["at"] - before["at"]
    busy, spent = (new - old for old, new in zip(before["ticks"], now["ticks"]))
    into, out = (new - old for old, new in zip(before["bytes"], now["bytes"]))
    if seconds <= 0 or spent <= 0 or min(busy, into, out) < 0:
        return {}
    mbps = lambda count: count * 8 / 1e6 / seconds
    return {"cpu": 100 * busy / spent, "egress": mbps(out), "ingress": mbps(into)}


# The fullest part, and of those that the facts limit the ones that nobody could measure.
def fullest(usage, carries):
    shares = [(100 * usage[part] / carries[part], part) for part in PARTS if part in usage and part in carries]
    missing = [part for part in PARTS if part in carries and part not in usage]
    return max(shares, key=lambda share: share[0], default=None), missing


# The group counts its machines that serve: a figure of one that starts, leaves or is closed would have it grow or shrink
# for nothing. While a part or AMS's own count is unknown the rest is the least that it may be: enough to grow, and never to
# shrink. A machine whose AMS hangs is idle in all that the kernel counts.
def load(shared):
    now, before = counters(), shared.get("counters")
    shared["counters"] = now
    decided = shared.pop("decides", None)
    if gate.form() != "open" or not exists("admitted") or draining() is not None:
        return {}
    measured = shared["measured"]
    usage = rates(before, now) if before else {}
    names = {"memory": "MemoryPercent", "publishers": "Publishers", "viewers": "Viewers"}
    usage.update({part: measured[name] for part, name in names.items() if name in measured})
    share, missing = fullest(usage, shared["carries"])
    if share is None or (missing or "Publishers" not in measured) and share[0] < 100:
        return {}
    percent, part = share
    if decided != part:
        log("load", "decided", part=part, percent=round(percent))
    shared["decides"] = part
    return {"LoadPercent": round(percent, 1)}
