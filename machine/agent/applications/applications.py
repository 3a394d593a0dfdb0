# Brings AMS's applications to the state of the document (document.py). Of all nodes the first by address does it, through
# its own AMS, which tells the others. A key that the document does not name is left alone, and no application is deleted.
# Each step may run twice or break off: the next run begins with what AMS says.
import json, os, re, time
import cloud, document, service
from common import STATE, address, attempt, draining, facts, failures, log, sinks, write
from heartbeats import first, live, look
from ready import running
from rest import PEER, ask
from server import AMS, wait
from wanted import converted, differences, furnished, merged, relayed, target

MOST_PEERS = 50
# AMS waits 20 s for a new application, after it has unpacked it (CommonRestService.createApplication).
MAKE_SECONDS = 60
TRIES = 3
SECRET_LOOKS = 10
MAX_PAUSE_SECONDS = 600


# Anew with each document, whose secrets may be new, and from time to time, as a secret may be new without another document.
def renew(shared):
    version, now = shared["pointer"]["version"], time.monotonic()
    known, until = shared.get("secretOf", (None, 0))
    if version != known or now > until:
        shared["secret"] = attempt("secret", cloud.secret, shared["secretName"], instead=shared["secret"])
        shared["secretOf"] = version, now + SECRET_LOOKS * shared["applicationsSeconds"]


# AMS takes an application out of the database before it makes it (CommonRestService.createApplication): where another node
# has it, this one gets it from the cluster by itself. A node that does not answer may be starting.
def has_peer(shared, name, alive):
    silent = []
    for ip in [ip for ip in alive if ip != shared["address"]][:MOST_PEERS]:
        try:
            if name in ask(shared, "applications", url=PEER.format(ip))["applications"]:
                return f"{ip} has it, and this node does not have it yet"
        except (LookupError, OSError, RuntimeError, TypeError, ValueError) as error:
            silent.append(f"{ip}: {error}")
    waited = time.monotonic() - shared["missing"].setdefault(name, time.monotonic())
    return silent[0] if silent and waited < shared["lateSeconds"] else None


# Why AMS would not make an application of this name, but break something.
def hindrance(shared, name, here, alive):
    # It takes this end for a version and makes the application without it (WarDeployer.getApplicationName).
    if re.search(r"-\d+$", name):
        return "AMS interprets the number at the end of its name as a version"
    # Both would have one database and one schema of names, and AMS starts neither well.
    folders = {one for one in os.listdir(AMS + "/webapps") if os.path.isdir(f"{AMS}/webapps/{one}")}
    twin = next((one for one in sorted(folders | set(here)) if one.lower() == name.lower()), None)
    if twin == name:
        return "its folder exists, but the application does not run"
    if twin:
        return f"{twin} exists, and its name differs only in case"
    return has_peer(shared, name, alive)


def runs(shared, name):
    try:
        return running(shared, name)
    except (OSError, RuntimeError, ValueError) as error:
        shared["why"] = str(error)
        return None


def make(shared, name, here, alive):
    why = hindrance(shared, name, here, alive)
    if why:
        raise RuntimeError(f"not created: {why}")
    log("applications", "makes", app=name)
    made = ask(shared, f"applications/{name}", method="POST", seconds=MAKE_SECONDS) or {}
    if not made.get("success"):
        raise RuntimeError(f"AMS did not create it: {made.get('message')}")
    wait(lambda: runs(shared, name), shared, f"application {name} to start")
    return True


# What AMS does not take is tried again, and ever less often.
def rests(shared, name, mark):
    before, until, pause = shared["again"].get(name, (None, 0, 0))
    now = time.monotonic()
    if mark == before and now < until:
        return True
    pause = min(pause * 2, MAX_PAUSE_SECONDS) if mark == before else shared["applicationsSeconds"]
    shared["again"][name] = mark, now + pause, pause
    return False


# The keys of an application of the document and those that each has, and "open" for another one that is.
def words(shared, name, keys):
    known = name in shared["document"]["applications"] or set(keys) <= relayed(shared).keys()
    return keys if known else ["open"]


# Whole settings are posted, so that one who changed another key in the meantime would lose it: they are read again just
# before, and all begins anew if they are not the same.
def hold(shared, name):
    for _ in range(TRIES):
        before = running(shared, name)
        relays = converted(relayed(shared), before)
        wanted = {**target(shared, name), **relays}
        keys = differences(wanted, before)
        due = wanted if shared["document"]["mode"] == "enforce" else relays
        mark = json.dumps([shared["pointer"]["version"], {key: before.get(key) for key in keys}])
        if not differences(due, before) or rests(shared, name, mark):
            return words(shared, name, keys)
        whole = merged(before, furnished(shared, name, due, before) if due is wanted else due)
        if ask(shared, f"applications/settings/{name}") != before:
            shared["again"].pop(name)
            continue
        answer = ask(shared, f"applications/settings/{name}", whole) or {}
        if not answer.get("success"):
            raise RuntimeError(f"AMS did not accept {', '.join(keys)}: {answer.get('message')}")
        done = differences(due, before)
        state = "closes" if words(shared, name, done) == ["open"] else "restores"
        log("applications", state, app=name, keys=",".join(done))
        left = differences(wanted, ask(shared, f"applications/settings/{name}") or {})
        if not left:
            shared["again"].pop(name)
        return words(shared, name, left)
    raise RuntimeError("its settings changed during each attempt")


# What is wrong, by application; what could not be asked is.
def check(shared, alive):
    here, found = ask(shared, "applications")["applications"], {}
    for name in [name for name in shared["document"]["applications"] if name not in here]:
        enforces = shared["document"]["mode"] == "enforce"
        if enforces and attempt(f"application-{name}", make, shared, name, here, alive):
            here.append(name)
        else:
            found[name] = ["missing"]
    shared["missing"] = {name: since for name, since in shared["missing"].items() if name in found}
    for name in here:
        found[name] = attempt(f"application-{name}", hold, shared, name, instead=["failed"])
    if any(words == ["failed"] for words in found.values()):
        shared.pop("secretOf", None)
    return {name: words for name, words in found.items() if words}


# For figures.py and for people: what is wrong, without a value, or nothing where another node looks.
def save(shared, found):
    drift = None if found is None else sum(map(len, found.values()))
    more = {"at": round(time.monotonic()), "unread": "document" in failures, "drift": drift, "applications": found}
    write(STATE + "/drift", json.dumps({**held(shared), **more}))
    for name, words in (found or {}).items():
        if shared["said"].get(name) != words:
            log("applications", "differs", app=name, keys=",".join(words))
    shared["said"] = found or {}


def held(shared):
    return {"version": shared["pointer"]["version"], "mode": shared["document"]["mode"]} if "document" in shared else {}


# For `npm run status`, which reads the log of twice the time that a start may take: what this machine has, again and again.
def tell(shared):
    reason, words = failures.get("document"), {"node": shared["address"], **held(shared)}
    line, now = (words, reason), time.monotonic()
    if line == shared.get("told") and now < shared["tellAt"] or not reason and words.get("mode") == "off":
        return
    shared.update(told=line, tellAt=now + shared["startSeconds"])
    log("applications", "unread" if reason else "holds", **words, **({"reason": reason} if reason else {}))


# Without a document there is something to do where the cluster has TURN servers.
def works(shared):
    return shared["document"]["mode"] != "off" or "portAllocatorFlags" in shared["applicationProperties"]


def looked(shared):
    alive = []
    if not works(shared) or not service.exists("ready") or "left" in (draining() or {}):
        return None
    if "secret" not in shared:
        shared["secret"] = cloud.secret(shared["secretName"])
    if shared["mode"] == "cluster":
        alive = live(shared, look(shared))
    if not first(shared, alive):
        return None
    renew(shared)
    return check(shared, alive)


def turn(shared):
    attempt("document", document.take, shared)
    tell(shared)
    save(shared, looked(shared) if "document" in shared else None)


# What one look leaves to the next.
def begun():
    shared = {**facts(), "address": address(), "again": {}, "missing": {}, "said": {}}
    document.remembered(shared)
    return shared


if __name__ == "__main__":
    sinks.append(cloud.tell)
    shared = begun()
    while True:
        attempt("turn", turn, shared)
        # Soon after AMS's applications run, and most often before anybody gets in.
        time.sleep(shared["applicationsSeconds" if service.exists("ready") else "pollSeconds"])
