# Who is in the cluster, as the cloud says: the machines by their tags, and their places in the life of their groups.
# Nothing is asked of the nodes themselves but whether they live.
import ipaddress, json
import cloud
from common import ROOT, address, log, recall, write
from proxy_health import Checks

KNOWN = ROOT + "/var/lib/ams-cluster/nodes.json"
ROLES = ("origin", "edge", "proxy")
THROTTLED = ("RequestLimitExceeded", "Throttling", "HTTP 429", "HTTP 503")
# How the two clouds' groups call a machine that serves. One that is on its way in is not listed, nor one in no group.
SERVES = ("InService", "Protected")
LEAVES = ("Terminating", "Removing", "Detaching", "Standby", "EnteringStandby")


def aws(shared, region):
    filters = {
        "tag:ams-cluster": [shared["cluster"]],
        "tag:Name": [f"{shared['cluster']}-{role}" for role in ROLES],
        "instance-state-name": ["running"],
    }
    # Of machines with many tags more than these are longer than an answer may be.
    query = {"MaxResults": "50"}
    for place, (name, values) in enumerate(filters.items(), 1):
        query[f"Filter.{place}.Name"] = name
        query.update({f"Filter.{place}.Value.{at}": value for at, value in enumerate(values, 1)})
    found = {}
    while True:
        page = cloud.aws_query(region, "ec2", "2016-11-15", "DescribeInstances", query)
        for one in page.findall("./reservationSet/item/instancesSet/item"):
            name = {tag.findtext("key"): tag.findtext("value") for tag in one.findall("./tagSet/item")}["Name"]
            found[one.findtext("instanceId")] = (name, one.findtext("privateIpAddress"))
        query["NextToken"] = page.findtext("nextToken")
        if not query["NextToken"]:
            break
    states, ids = {}, sorted(found)
    for at in range(0, len(ids), 50):
        members = {f"InstanceIds.member.{place}": one for place, one in enumerate(ids[at : at + 50], 1)}
        page = cloud.aws_query(region, "autoscaling", "2011-01-01", "DescribeAutoScalingInstances", members)
        for one in page.findall(".//AutoScalingInstances/member"):
            states[one.findtext("InstanceId")] = one.findtext("LifecycleState")
    return found, states


def aliyun(shared, region):
    found = {}
    for role in ROLES:
        name = f"{shared['cluster']}-{role}"
        query = {"Status": "Running", "MaxResults": "100"}
        for place, (key, value) in enumerate((("ams-cluster", shared["cluster"]), ("Name", name)), 1):
            query.update({f"Tag.{place}.Key": key, f"Tag.{place}.Value": value})
        while True:
            page = cloud.aliyun(region, "ecs", "2014-05-26", "DescribeInstances", query)
            for one in page["Instances"]["Instance"]:
                found[one["InstanceId"]] = (name, one["VpcAttributes"]["PrivateIpAddress"]["IpAddress"][0])
            if not page.get("NextToken"):
                break
            query["NextToken"] = page["NextToken"]
    states, ids = {}, sorted(found)
    for at in range(0, len(ids), 20):
        members = {f"InstanceId.{place}": one for place, one in enumerate(ids[at : at + 20], 1)}
        page = cloud.aliyun(region, "ess", "2014-08-28", "DescribeScalingInstances", {**members, "PageSize": "50"})
        for one in page["ScalingInstances"]["ScalingInstance"]:
            states[one["InstanceId"]] = one["LifecycleState"]
    return found, states


# By role, each address with "ready" or "drain".
def discover(shared):
    name, region = cloud.identity()
    found, states = (aws if name == "aws" else aliyun)(shared, region)
    nodes = {role: {} for role in ROLES}
    for one, (label, own) in found.items():
        state = (states.get(one) or "").split(":")[0]
        if own and state in SERVES + LEAVES:
            nodes[label[len(shared["cluster"]) + 1 :]][own] = "ready" if state in SERVES else "drain"
    return nodes


# Each node keeps its place for as long as it is there. A new one gets one when it answers for the first time, as with
# the managed balancers.
def placed(places, found, newcomers, size):
    kept = [[one[0], found[one[0]]] if one and one[0] in found else None for one in places]
    kept += [None] * (size - len(kept))
    for node in newcomers:
        if None not in kept:
            log("nodes", "warning", reason=f"more than {size} nodes: {node} is left out")
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
        log("nodes", "failed", reason=f"the last known list stays: {error}".replace("\n", " "))
    if not shared["nodes"]:
        raise RuntimeError("no list of nodes yet")


def of(shared, role):
    return [one[0] for one in shared["nodes"].get(role, []) if one]


# The proxy that gets certificates for all: the one with the lowest address, which may be this one.
def leader(shared):
    serving = [node for node, state in shared["nodes"]["proxy"] if state == "ready"] or [address()]
    return min(serving, key=ipaddress.ip_address)
