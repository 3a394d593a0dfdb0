# The one place that starts and stops AMS. `held` says that its files are complete and that it may start (antmedia.cfg): an
# AMS that runs under it is nobody's to touch, neither its files nor its process, until it has failed by itself.
import os
import lifecycle
from common import STATE, attempt, command, log, read, write

HELD = STATE + "/held"
ADMITTED = STATE + "/admitted"
RUNNING = ("active", "activating", "reloading", "deactivating")


def active():
    state = command("systemctl", "show", "--property=ActiveState", "--value", "antmedia", seconds=30)
    return state.strip() in RUNNING


def exists(name):
    return os.path.exists(f"{STATE}/{name}")


def remove(*names):
    for name in names:
        if exists(name):
            os.remove(f"{STATE}/{name}")


# Whether AMS is left as it is. Otherwise nothing starts it while its files are made: one that runs nevertheless is the
# image's, and behind the gate.
def left_alone(shared):
    shared["runs"] = exists("held") and active()
    if not shared["runs"]:
        remove("held")
        if active():
            stop()


def start(shared):
    write(HELD, "")
    if not active():
        command("systemctl", "start", "antmedia")


def stop():
    command("systemctl", "stop", "antmedia", seconds=120)


# A start that came to nothing; behind the sealed gate nobody is cut. Once more, then the group makes another machine.
def failed(why):
    count = int(read(STATE + "/failures") or 0) + 1
    write(STATE + "/failures", str(count))
    log("start", "failed", starts=count, reason=why)
    remove("held")
    stop()
    remove("starting")
    if count > 1:
        attempt("health", lifecycle.unhealthy)
    raise RuntimeError(f"start {count} of AMS failed: {why}")
