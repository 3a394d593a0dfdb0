# Who is in the cluster and who lives, by the progress of heartbeats between two looks and this program's own clock. A node
# writes its heartbeats by its own clock (ClusterNode.java), and that one may be wrong: a time that is long ago is no proof
# of death, one that stands still is.
import time
from rest import ask, nodes, refused


class Node:
    def __init__(self, record, now):
        self.record, self.at, self.moved = record, now, False

    def see(self, record, now):
        if record.get("lastUpdateTime") != self.record.get("lastUpdateTime"):
            self.at, self.moved = now, True
        self.record = record

    def silence(self):
        return time.monotonic() - self.at

    # A node may stand twice in the list after a restart, once dead: what moves counts, then the newest.
    def rank(self):
        return self.moved, self.at, self.record.get("lastUpdateTime") or 0


# Reads the list and keeps what it has seen in shared["seen"], by the records' ids. Returns the counting one of each address.
def look(shared):
    seen, now = shared.setdefault("seen", {}), time.monotonic()
    shared.setdefault("looking", now)
    records = {record["id"]: record for record in nodes(shared)}
    for gone in seen.keys() - records.keys():
        del seen[gone]
    for identity, record in records.items():
        seen.setdefault(identity, Node(record, now)).see(record, now)
    return {one.record["ip"]: one for one in sorted(seen.values(), key=Node.rank)}


# None of them has been silent for so long that AMS would call it dead; a node that nobody has watched long enough lives.
def live(shared, found):
    return [ip for ip, one in found.items() if one.silence() <= shared["aliveSeconds"]]


# "member" only by proof: our own heartbeat moves in AMS's list. "gone": nobody answers. "stranger": AMS itself says that it
# is no member, or refuses our key. "silent": it answers, and its heartbeats have stopped. What the database may have caused
# is "unknown": while it is down AMS plays on what it knows, and a cluster whose every node closed would be replaced whole.
def membership(shared):
    try:
        in_cluster = ask(shared, "cluster-mode-status").get("success")
        if shared["mode"] == "standalone":
            ask(shared, "liveness")
            return ("stranger", "AMS runs in a cluster") if in_cluster else ("member", "standalone")
        if not in_cluster:
            return "stranger", "AMS runs standalone"
        shared["found"] = found = look(shared)
    except (OSError, RuntimeError, ValueError) as error:
        if refused(error):
            return "gone", str(error)
        return ("stranger" if str(error).startswith(("HTTP 401", "HTTP 403")) else "unknown"), str(error)
    own = found.get(shared["address"])
    silence = own.silence() if own else time.monotonic() - shared["looking"]
    if silence > shared["aliveSeconds"]:
        return "silent", f"{shared['address']} is not one of the {len(live(shared, found))} live nodes"
    if own and own.moved:
        return "member", f"one of {len(live(shared, found))}"
    return "unknown", "no second heartbeat yet"


# Of several nodes that could do the same, the first by address does; nobody has to elect it.
def first(shared, alive):
    return shared["mode"] == "standalone" or bool(alive) and min(alive) == shared["address"]
