# The public address of a machine that starts without one: a free one of its group's own pool. The cloud alone decides who
# has which: it binds no address that is in use, as this program asks it. This program takes none away from anybody: the
# cloud frees the address of a machine when it releases the machine, however that ended.
import json, os, random, time, uuid
import addresses, lifecycle
from common import LASTING, STATE, attempt, draining, log, pause_after, recall, write

# The address that this machine asks for. It outlives program and boot, as does the request itself: a machine that asked for
# another one while the first is on its way would end up with two.
CHOSEN = LASTING + "/address"
# This boot's: /run is empty after a boot, so that the machine looks again. A new AMS needs nobody's answer for it.
BOUND = STATE + "/address"
# What can't be bound for so long, although it looks free, is the cloud's matter: another one is tried.
PATIENCE_SECONDS = 600
LEAST_CHOICE = 3


# Whether the machine goes on asking for the address: the answer may be lost or the list be older than the request.
def stands(chosen, known, own, now):
    if chosen is None or chosen["own"] != own or chosen["id"] not in known:
        return False
    holder, state = known[chosen["id"]]
    waits = state != "free" or 0 <= now - chosen["at"] < PATIENCE_SECONDS
    return holder in (None, own) and waits


# Of the first ones, so that the last ones are free when the pool becomes smaller. At random among them, since machines that
# start together should not ask for the same; the one of before only where there is no other.
def choose(pool, known, own, now, last):
    free = [one for one, (_, state) in known.items() if state == "free"]
    if not free:
        raise RuntimeError(f"none of the {len(known)} addresses of {pool['name']} is free")
    others = [one for one in free if one != last] or free
    other = random.choice(others[: max(LEAST_CHOICE, len(others) // 4)])
    chosen = {"id": other, "own": own, "token": str(uuid.uuid4()), "at": now}
    write(CHOSEN, json.dumps(chosen))
    return chosen


def arrived(address):
    if os.path.exists(CHOSEN):
        os.remove(CHOSEN)
    return address


# One look, and one request at most: the address once it is this machine's, None until then. A request is sent again as it
# was, token and all, and what counts is what the cloud lists.
def look(pool, own, now):
    known = addresses.listed(pool)
    mine = next((one for one, (holder, _) in known.items() if holder == own), None)
    if mine:
        return arrived(mine) if known[mine][1] == "bound" else None
    chosen = recall(CHOSEN, None)
    if not stands(chosen, known, own, now):
        chosen = choose(pool, known, own, now, chosen and chosen["id"])
    if known[chosen["id"]][1] == "free":
        request(chosen, own)
    return None


# What the machine may not bind is no longer its choice: the pool may have become smaller.
def request(chosen, own):
    try:
        addresses.bind(chosen["id"], own, chosen["token"])
    except RuntimeError as error:
        if str(error).startswith(("HTTP 401 ", "HTTP 403 ")):
            write(CHOSEN, json.dumps({**chosen, "at": -PATIENCE_SECONDS}))
        raise


# Before the secret, which lies outside of the network; without an address nobody would reach the machine either.
def public_address(shared):
    pool, looks = shared.get("addressPool"), 0
    while pool and not os.path.exists(BOUND):
        found = attempt("address", look, pool, lifecycle.own(), time.time())
        if found:
            write(BOUND, found)
            log("address", "bound", id=found)
            return
        if draining():
            raise RuntimeError("the group is removing this machine before it has an address")
        looks += 1
        time.sleep(pause_after(looks, shared["retrySeconds"]))
