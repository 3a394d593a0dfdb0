# Lets this machine go without cutting streams. It learns that the group or the cloud wants the machine back, takes it
# out of the balancer, waits until it serves nobody or its time is over, takes it out of the cluster, and only then tells
# the group to go on. An error never lets it go early: who can't be counted is still served. Its time always ends: what
# it has to remember is on the disk. It also tells the group when a new machine is ready.
import json, time
import cloud, gate, heartbeats, lifecycle, reconnects, rest, service, sessions
from common import DRAIN, LASTING, STATE, address, attempt, draining, facts, log, machine, read, sinks, write

# What the last steps take, out of the time that a spot machine has.
RESERVE_SECONDS = 20
# Which machine this disk has served on: one of an image or of a warm pool has not yet.
SERVED = LASTING + "/served"


# Whether it is time again for something that costs calls.
def due(shared, what, now, seconds):
    if now < shared["due"].get(what, 0):
        return False
    shared["due"][what] = now + seconds
    return True


def save(state):
    write(DRAIN, json.dumps(state))


# Who wants the machine, and until when at the latest: a group gives it the stack's own minutes.
def notice(shared, now):
    taken = attempt("interruption", lifecycle.interruption)
    if taken:
        return "the cloud is reclaiming this spot machine", taken - RESERVE_SECONDS
    if due(shared, "look", now, shared["drain"]["lookSeconds"]) and attempt("group", lifecycle.leaving):
        return "the group is removing this machine", None
    return None


def begin(shared, now, why, end):
    until = now + shared["drain"]["maxSeconds"]
    # The balancers deregister a machine that its group removes; any other machine leaves them by its failing health check.
    gate_at = now if end else now + shared["drain"]["gateSeconds"]
    state = {"machine": machine(), "why": why, "began": now, "until": min(until, end or until), "gateAt": gate_at}
    # No deadline counts for a node that only its heartbeats have left; a spot machine's is the cloud's own.
    state["endless"] = end is None and service.exists("silent")
    save(state)
    log("drain", "began", reason=why, seconds=round(state["until"] - now))
    return state


def hurry(state, now, why, end):
    if end and (end < state["until"] or state.get("endless")):
        state.update(until=end, why=why, gateAt=now, endless=False)
        save(state)
        log("drain", "hurries", reason=why, seconds=round(end - now))


# Who the others are, to tell them at the end, when our own AMS is gone.
def remember(shared, state):
    alive = heartbeats.live(shared, heartbeats.look(shared))
    records = [one.record for one in shared["seen"].values()]
    found = {
        "peers": sorted(set(alive) - {shared["address"]}),
        "records": [record["id"] for record in records if record["ip"] == shared["address"]],
    }
    if any(state.get(key) != value for key, value in found.items()):
        state.update(found)
        save(state)


# Why the machine may go now, or None while it has to stay.
def over(shared, state, now):
    clients = attempt("count", sessions.count, shared)
    shared["quiet"] = shared["quiet"] + 1 if clients == (0, 0) else 0
    if clients is not None:
        shared["clients"] = f"{clients[1]} viewers and {clients[0]} publishers"
    if shared["quiet"] >= shared["drain"]["quietChecks"]:
        return "idle"
    if now >= state["until"] and not state.get("endless"):
        return f"deadline reached with {shared['clients']}"
    if due(shared, "say", now, 60):
        log("drain", "waits", clients=shared["clients"], seconds=round(state["until"] - now))
    return None


def shut_down(shared):
    rest.ask(shared, "shutdown-properly?appNames=" + ",".join(reconnects.names()))


# Through another node: our own AMS would write its record again every five seconds.
def forget(shared, record, peers):
    errors = []
    for peer in peers:
        try:
            return rest.ask(shared, f"cluster/node/{record}", method="DELETE", url=rest.PEER.format(peer))
        except (OSError, RuntimeError, ValueError) as error:
            errors.append(f"{peer}: {error}")
    raise RuntimeError("; ".join(errors) or "there is no other live node")


# Each step once and in this order, whatever fails: the time for waiting is over.
def leave(shared, state, why):
    log("drain", "over", reason=why)
    attempt("gate", gate.turn, "drain")
    attempt("shutdown", shut_down, shared)
    attempt("stop", service.stop)
    for record in state.get("records", []):
        attempt("record", forget, shared, record, state["peers"])
    save({**state, "left": why})


# The group's hook waits only after its balancer's own drain, so that this may have to be said for some time.
def tell(shared, state, now):
    waits = "told" not in state and due(shared, "tell", now, shared["drain"]["lookSeconds"])
    if waits and attempt("hook", lifecycle.complete, "drain", shared["gate"]["tcp"][0]):
        save({**state, "told": now})
        log("drain", "completed", reason=state["left"])


# Once the machine is ready, by where the group wants it: one of a warm pool is waited for again when it is taken out.
def welcome(shared, now):
    if not due(shared, "welcome", now, shared["drain"]["lookSeconds"]):
        return
    target = lifecycle.target() or "InService"
    warm = target.startswith("Warmed:")
    if (service.exists("warm") if warm else gate.form() == "open") and read(STATE + "/launched") != target:
        pending = lifecycle.complete("launch")
        write(STATE + "/launched", target)
        log("launch", "told" if pending else "not awaited", reason=target)


# An AMS that has served and then been away for long does not come back: the group has to make another machine.
def sick(shared, now):
    # A start has a limit of its own (service.py).
    if shared["served"] and service.exists("starting"):
        shared["served"] = now
    # A silent node that serves is not ill, however long it is closed.
    if gate.form() == "open" or service.exists("silent") and attempt("count", sessions.count, shared) != (0, 0):
        shared["served"] = now
        if read(SERVED) != machine():
            write(SERVED, machine())
    away = shared["served"] and now - shared["served"] > shared["drain"]["sickSeconds"]
    if away and due(shared, "sick", now, 60) and attempt("health", lifecycle.unhealthy):
        log("health", "unhealthy", reason="AMS served clients and no longer responds", seconds=round(now - shared["served"]))


def stay(shared, state, now):
    if now >= state["gateAt"] and gate.form() in (None, "open"):
        attempt("gate", gate.turn, "drain")
    if not shared.get("secret"):
        shared["secret"] = attempt("secret", cloud.secret, shared["secretName"])
    if due(shared, "beat", now, shared["drain"]["heartbeatSeconds"]):
        if not attempt("heartbeat", lifecycle.heartbeat, "drain"):
            shared["due"]["beat"] = now + shared["drain"]["lookSeconds"]
    if shared["mode"] == "cluster":
        attempt("nodes", remember, shared, state)
    why = over(shared, state, now)
    if why:
        leave(shared, state, why)
    elif shared.get("secret"):
        attempt("publishers", reconnects.ask, shared, state, now)


def turn(shared):
    now = time.time()
    state = draining()
    if state and "left" in state:
        return tell(shared, state, now)
    found = attempt("notice", notice, shared, now)
    if state is None and found is None:
        attempt("launch", welcome, shared, now)
        return sick(shared, now)
    if state is None:
        state = begin(shared, now, *found)
    elif found:
        hurry(state, now, *found)
    stay(shared, state, now)


if __name__ == "__main__":
    sinks.append(cloud.tell)
    shared = {**facts(), "address": address(), "due": {}, "quiet": 0, "clients": "an unknown number of clients"}
    shared["served"] = time.time() if read(SERVED) == machine() else 0
    while True:
        attempt("turn", turn, shared)
        time.sleep(shared["drain"]["pollSeconds"])
