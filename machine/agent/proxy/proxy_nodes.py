# Who is in the cluster, as the cloud says: the machines by their tags, and their places in the life of their groups.
# Nothing is asked of the nodes themselves but whether they live.
import ipaddress, json
import instances
from common import ROOT, address, log, recall, write
from proxy_health import Checks

KNOWN = ROOT + "/var/lib/ams-cluster/nodes.json"
ROLES = ("origin", "edge", "proxy")
THROTTLED = (*instances.THROTTLED, "HTTP 429", "HTTP 503")


# By role, each address with "ready" or "drain". One that is on its way in is not listed, nor one in no group.
def discover(shared):
    found, states = instances.find(shared["cluster"], [f"{shared['cluster']}-{role}" for role in ROLES])
    nodes = {role: {} for role in ROLES}
    for one, (label, own) in found.items():
        state = (states.get(one) or "").split(":")[0]
        if own and state in instances.SERVES + instances.LEAVES:
            nodes[label[len(shared["cluster"]) + 1 :]][own] = "ready" if state in instances.SERVES else "drain"
    return nodes


# Each node keeps its place for as long as it is there. A new one gets one when it answers for the first time, as with
# the managed balancers.
def placed(places, found, newcomers, size):
    kept = [[one[0], found[one[0]]] if one and one[0] in found else None for one in places]
    kept += [None] * (size - len(kept))
    for node in newcomers:
        if None not in kept:
            log("nodes", "warning", reason=f"more than {size} nodes: {node} is omitted")
            break
        kept[kept.index(None)] = [node, found[node]]
    return kept


# How long a list waits for the answers of those that are new in it: whoever takes longer is in a later one.
PATIENCE_SECONDS = 1


# Sets shared["nodes"]: for each role its places, each with None or a node and its state. Returns the seconds until the
# next time.
def refresh(shared, patience=PATIENCE_SECONDS):
    try:
        found = discover(shared)
    except (OSError, RuntimeError) as error:
        if not any(word in str(error) for word in THROTTLED):
            raise
        log("nodes", "throttled", reason=str(error).replace("\n", " "))
        return shared["throttledSeconds"]
    before = shared.get("nodes") or {}
    nodes = {"proxy": [[node, state] for node, state in sorted(found["proxy"].items())]}
    fresh = {role: newcomers(found[role], before.get(role, [])) for role in shared["slots"]}
    checks = shared.get("newcomers") or Checks(shared["health"], shared["pollSeconds"])
    shared["newcomers"] = checks
    checks.watch([node for them in fresh.values() for node in them])
    checks.settle(patience)
    for role, size in shared["slots"].items():
        answer = [node for node in fresh[role] if checks.lives(node)]
        nodes[role] = placed(before.get(role, []), found[role], answer, size)
    shared["nodes"] = nodes
    if write(KNOWN, json.dumps(nodes)):
        log("nodes", "changed", **{role: words(places) for role, places in nodes.items()})
    return shared["pollSeconds"]


def newcomers(found, places):
    known = {one[0] for one in places if one}
    return [node for node, state in sorted(found.items()) if node not in known and state == "ready"]


def words(places):
    return ",".join(one[0] + ("" if one[1] == "ready" else "-" + one[1]) for one in places if one) or "none"


# The list of the last time, if there is a whole one.
def last(shared):
    nodes = recall(KNOWN, None)
    lists = [nodes.get(role) for role in ("proxy", *shared["slots"])] if isinstance(nodes, dict) else [None]
    # A place is empty, or a node and its state.
    whole = lambda one: one is None or isinstance(one, list) and len(one) == 2
    return nodes if all(isinstance(places, list) and all(map(whole, places)) for places in lists) else None


# At a start: the list of the last time is better than none, and no list at all is no reason to say that we are at work.
def first(shared):
    shared["nodes"] = last(shared)
    try:
        refresh(shared, shared["health"]["timeoutSeconds"])
    except Exception as error:
        if not shared["nodes"]:
            raise
        log("nodes", "failed", reason=f"the last known list is kept: {error}".replace("\n", " "))
    if not shared["nodes"]:
        raise RuntimeError("the list of nodes is not available yet")


def of(shared, role):
    return [one[0] for one in shared["nodes"].get(role, []) if one]


# The proxy that gets certificates for all: the one with the lowest address, which may be this one.
def leader(shared):
    serving = [node for node, state in shared["nodes"]["proxy"] if state == "ready"] or [address()]
    return min(serving, key=ipaddress.ip_address)
