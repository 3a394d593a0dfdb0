# What a media machine measures: its memory, its AMS, and, as the first of the live nodes, the cluster. That one also takes
# records of nodes off the list that have been dead for long: AMS never does (Ant-Media-Server issue 3434).
import json, os, re, time
import cloud, document, heartbeats, load, rest, sessions, transport
from common import ROOT, STATE, draining, log, masked, read, recall
from server import LOG
from service import exists
from standing import standing

# StatsCollector.enoughResource says this once for each client that it refuses, for CPU or memory.
REFUSAL = b"Not enough resource."
MOST_BYTES = 1 << 24
MOST_LINES = 50
MOST_PEERS = 50
# Some looks of applications.py.
FRESH_SECONDS = 180


def memory(_):
    rows = dict(line.split(":") for line in read(ROOT + "/proc/meminfo").splitlines())
    kib = lambda name: int(rows[name].split()[0])
    return {"MemoryPercent": round(100 * (1 - kib("MemAvailable") / kib("MemTotal")), 1)}


# What the log has had since the last look. It begins anew at 50 MB, and not with a start of AMS. Its errors go to the log
# service, the newest of a minute: an AMS in trouble writes more of them than anybody reads.
def refusals(shared):
    try:
        size = os.stat(LOG).st_size
    except FileNotFoundError:
        size = 0
    before = shared.get("logged", size)
    begin = max(before if before <= size else 0, size - MOST_BYTES)
    shared["logged"] = size
    if begin == size:
        return {"RefusedClients": 0}
    with open(LOG, "rb") as file:
        file.seek(begin)
        text = file.read(size - begin)
    errors = [masked(line.decode(errors="replace"))[:1000] for line in text.splitlines() if b" ERROR " in line]
    if errors:
        cloud.tell(*errors[-MOST_LINES:])
    return {"RefusedClients": text.count(REFUSAL)}


def secret(shared):
    if "secret" not in shared:
        shared["secret"] = cloud.secret(shared["secretName"])
    return {}


# Nothing while AMS starts: there is nobody to count, and its applications are not asked for their figures before they run.
def clients(shared):
    if not exists("ready"):
        return {}
    publishers, viewers = sessions.count(shared)
    return {"Publishers": publishers, "Viewers": viewers}


# "unknown" is no figure: a database that is down has an alarm of its own.
def member(shared):
    leaves = draining() is not None
    state, _ = shared["membership"] = heartbeats.membership(shared)
    known = {} if state == "unknown" else {"ClusterMember": int(state == "member" or leaves)}
    return {"Draining": int(leaves), "SilentMembers": int(exists("silent")), **known}


# With the reasons in the log (ready.py).
def applications(_):
    waiting = read(STATE + "/applications")
    return {} if waiting is None else {"ApplicationsNotReady": len(json.loads(waiting))}


# Drift by the one node that looks; with the names in the state and the log (applications.py).
def drift(_):
    state = recall(STATE + "/drift", {})
    known = isinstance(state, dict) and isinstance(state.get("at"), int)
    if not known or time.monotonic() - state["at"] >= FRESH_SECONDS:
        return {}
    found = {"ApplicationsDrift": state["drift"]} if isinstance(state.get("drift"), int) else {}
    return {"ApplicationsUnread": int(state.get("unread") is True), **found}


# Streams of the fullest node over the mean of those that should share them, in percent above it.
def imbalance(shared, counts):
    busy = [count for count in counts if count > 0]
    sharers = max(len(busy), min(shared["originMin"], len(counts)))
    return round(100 * (max(busy) * sharers / sum(busy) - 1)) if busy else 0


# Of those that let other nodes in.
def streams(shared, alive):
    found = []
    for ip in alive[:MOST_PEERS]:
        try:
            found.append(int(rest.ask(shared, "system-resources", url=rest.PEER.format(ip))["localLiveStreams"]))
        except (OSError, RuntimeError, ValueError) as error:
            log("balance", "warning", node=ip, reason=str(error).replace("\n", " "))
    return found


# By what this program itself has seen: a record that stood still all the while, of whatever address.
def forget(shared):
    for one in list(shared["seen"].values()):
        if one.silence() >= shared["forgetSeconds"]:
            rest.ask(shared, f"cluster/node/{one.record['id']}", method="DELETE")
            log("cluster", "forgot", node=one.record["ip"], seconds=round(one.silence()))


def cluster(shared):
    if shared["mode"] == "standalone":
        return {}
    known = heartbeats.look(shared)
    own = known.get(shared["address"])
    # Spelled so in AMS (ClusterNode.java).
    found = {"DatabaseQueryMilliseconds": int(own.record.get("dbQueryAveargeTimeMs") or 0)} if own else {}
    alive = heartbeats.live(shared, known)
    if not heartbeats.first(shared, alive):
        return found
    found.update(LiveNodes=len(alive), DeadNodes=len(known) - len(alive))
    found["OldestHeartbeatSeconds"] = round(max(one.silence() for one in known.values()), 1)
    shared["alive"] = alive
    forget(shared)
    return found


# After `cluster`, on the first node alone.
def balance(shared):
    alive = shared.pop("alive", None)
    return {"StreamImbalancePercent": imbalance(shared, streams(shared, alive))} if alive else {}


# The last good rehearsal of a restore; whoever makes one writes its time into the stack's bucket. S3 answers 403 for an
# object that is not there to a role that may not list.
def drill(shared):
    wanted = shared.get("restoreDrill")
    if wanted is None:
        return {}
    try:
        at = transport.parsed(document.fetch(shared, wanted["object"]))["at"]
    except RuntimeError as error:
        if not re.match(r"HTTP 40[34] ", str(error)):
            raise
        at = 0
    return {"RestoreDrillOverdue": int(time.time() - at > wanted["maxAgeDays"] * 86400)}


FIGURES = {
    "memory": memory,
    "refusals": refusals,
    "secret": secret,
    "applications": applications,
    "drift": drift,
    "drill": drill,
    "clients": clients,
    "load": load.load,
    "member": member,
    "cluster": cluster,
    "balance": balance,
}
