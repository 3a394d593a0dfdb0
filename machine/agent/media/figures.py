# What a media machine measures: its memory, its AMS, and, as the first of the live nodes, the cluster. That one also takes
# records of nodes off the list that have been dead for long: AMS never does (Ant-Media-Server issue 3434).
import os, time
import cloud, rest, sessions
from common import ROOT, draining, log, masked, read

LOG = ROOT + "/usr/local/antmedia/log/ant-media-server.log"
# StatsCollector.enoughResource says this once for each client that it refuses, for CPU or memory.
REFUSAL = b"Not enough resource."
MOST_BYTES = 1 << 24
MOST_LINES = 50
MOST_PEERS = 50


def memory(_):
    rows = dict(line.split(":") for line in read(ROOT + "/proc/meminfo").splitlines())
    kib = lambda name: int(rows[name].split()[0])
    return {"MemoryPercent": round(100 * (1 - kib("MemAvailable") / kib("MemTotal")), 1)}


# What the log has had since the last look. It begins anew with each start of AMS and at 50 MB. Its errors go to the log
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


def clients(shared):
    publishers, viewers = sessions.count(shared)
    return {"Publishers": publishers, "Viewers": viewers}


# "unknown" is no figure: a database that is down has an alarm of its own.
def member(shared):
    leaves = draining() is not None
    state, why = rest.membership(shared, time.time() - shared["aliveSeconds"])
    known = {} if state == "unknown" else {"ClusterMember": int(state == "member" or leaves)}
    return {"Draining": int(leaves), **known}


# Streams of the fullest node over the mean of those that should share them, in percent above it.
def imbalance(shared, counts):
    busy = [count for count in counts if count > 0]
    sharers = max(len(busy), min(shared["originMin"], len(counts)))
    return round(100 * (max(busy) * sharers / sum(busy) - 1)) if busy else 0


def streams(shared, alive):
    answers = (rest.ask(shared, "system-resources", url=rest.PEER.format(ip)) for ip in alive[:MOST_PEERS])
    return [int(answer["localLiveStreams"]) for answer in answers]


def forget(shared, dead, now):
    for node in dead:
        if rest.heartbeat(node) < now - shared["forgetSeconds"]:
            rest.ask(shared, f"cluster/node/{node['id']}", method="DELETE")
            log("cluster", "forgot", node=node["ip"], seconds=round(now - rest.heartbeat(node)))


def cluster(shared):
    if shared["mode"] == "standalone":
        return {}
    now = time.time()
    known = rest.nodes(shared)
    own = [node for node in known if node["ip"] == shared["address"]]
    # Spelled so in AMS (ClusterNode.java).
    found = {"DatabaseQueryMilliseconds": int(own[0].get("dbQueryAveargeTimeMs") or 0)} if own else {}
    alive = [node for node in known if rest.heartbeat(node) > now - shared["aliveSeconds"]]
    if not rest.first(shared, [node["ip"] for node in alive]):
        return found
    dead = [node for node in known if node not in alive]
    found.update(LiveNodes=len(alive), DeadNodes=len(dead))
    found["OldestHeartbeatSeconds"] = round(max(now - rest.heartbeat(node) for node in known), 1)
    shared["alive"] = [node["ip"] for node in alive]
    forget(shared, dead, now)
    return found


# After `cluster`, on the first node alone.
def balance(shared):
    alive = shared.pop("alive", None)
    return {"StreamImbalancePercent": imbalance(shared, streams(shared, alive))} if alive else {}


FIGURES = {
    "memory": memory,
    "refusals": refusals,
    "secret": secret,
    "clients": clients,
    "member": member,
    "cluster": cluster,
    "balance": balance,
}
