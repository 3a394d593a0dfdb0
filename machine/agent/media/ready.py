# Whether the applications of AMS run, asked without harm. A request to an application that has not started yet can leave
# it on default settings for the life of the process: a random cluster key, no recordings (DataTransferValve.java makes the
# bean before Spring fills it). So there are two steps, and nobody asks it anything else until then: `shutdown-proper-status`,
# which is the root application's and answers 200 once the scope is registered, then the application's own version. At last
# its settings are compared with its file, the cluster's key first: whoever runs on defaults starts again.
import json, os, re, time
from common import STATE, log, read, write
from properties import properties
from rest import application, ask
from server import LOG, applications, own
from service import active, exists, failed, remove

# AMS writes an application's file while that starts.
LOOKS = 3


def names():
    return {path.split("/")[-3]: path for path in applications() if path.split("/")[-3] != "root"}


def text(value):
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


# What AMS runs on that its file does not say, by name.
def differs(shared, path, settings):
    file = properties(path)
    keys = ["clusterCommunicationKey", *own(shared, path)]
    return [key for key in dict.fromkeys(keys) if key in settings and text(settings[key]) != file.get(key, "")]


# The settings of an application that runs, asked in the two steps.
def running(shared, name):
    ask(shared, f"shutdown-proper-status?appNames={name}")
    settings = ask(shared, f"applications/settings/{name}") or {}
    application(name, "version", settings.get("clusterCommunicationKey", ""))
    return settings


# Why an application is not ready, or None.
def unready(shared, name, path):
    try:
        settings = running(shared, name)
    except (OSError, RuntimeError, ValueError) as error:
        return str(error)
    wrong = differs(shared, path, settings)
    shared["wrong"][name] = shared["wrong"].get(name, 0) + 1 if wrong else 0
    if wrong:
        return f"its settings differ from its file: {', '.join(wrong)}"
    if settings.get("clusterCommunicationKey") != shared["secret"]["clusterKey"]:
        log("ready", "warning", app=name, reason="the cluster key in the database differs from the one in the secret")
    return None


# The newest error that AMS itself has logged since `begin`: it knows what an application waits for, such as a database that
# refuses its password. An application says no more than that it is not there yet.
def complaint(begin):
    try:
        with open(LOG, "rb") as file:
            size = file.seek(0, 2)
            file.seek(max(begin if begin <= size else 0, size - 65536))
            lines = file.read().decode(errors="replace").splitlines()
    except OSError:
        return None
    found = [line for line in lines if " ERROR " in line or re.match(r"Caused by: |[\w.]+Exception: ", line)]
    return re.sub(r"^.* ERROR +", "", found[-1])[:300] if found else None


# What is not ready yet, with its reasons: metrics.py reads it.
def save(waiting):
    write(STATE + "/applications", json.dumps(waiting))


def ready(shared):
    if exists("ready"):
        return
    shared["wrong"], said, late, told = {}, {}, False, None
    logged = os.path.getsize(LOG) if os.path.exists(LOG) else 0
    waiting = {name: "not checked yet" for name in names()}
    while waiting:
        save(waiting)
        begin = float(read(STATE + "/starting") or time.monotonic())
        for name in list(waiting):
            waiting[name] = unready(shared, name, names()[name])
        waiting = {name: why.replace("\n", " ")[:200] for name, why in waiting.items() if why}
        seconds = round(time.monotonic() - begin)
        for name, why in waiting.items():
            if said.get(name) != why:
                log("ready", "waiting", app=name, seconds=seconds, reason=why)
        said = dict(waiting)
        if not waiting:
            break
        why = complaint(logged)
        if why not in (told, None):
            told = why
            log("ready", "waiting", app="AMS", seconds=seconds, reason=why)
        reason = "; ".join(f"{name}: {why}" for name, why in {**waiting, **({"AMS": told} if told else {})}.items())
        if max(shared["wrong"].values(), default=0) >= LOOKS or not active():
            failed(reason)
        if seconds > shared["startSeconds"]:
            failed(f"no response in {seconds} s: {reason}")
        if seconds > shared["lateSeconds"] and not late:
            late = True
            log("ready", "late", seconds=seconds, reason=reason)
        time.sleep(shared["pollSeconds"])
    save({})
    write(STATE + "/ready", "")
    remove("starting")
