# What the group of this machine has in mind for it, and the hooks by which the group waits for it. A hook is known by its
# name, `launch` or `drain`; a call that finds none pending says so by False.
import calendar, time
import scaling_group
from metadata import metadata

known = {}
# AWS's words, where the metadata says where the group wants the machine: InService, Terminated, Warmed:Stopped...
target = scaling_group.target


def own():
    if "own" not in known:
        known["own"] = metadata("instance-id").strip()
    return known["own"]


def is_warmed():
    return (target() or "").startswith("Warmed:")


# When the cloud takes a spot machine back.
def interruption():
    text = scaling_group.interruption()
    return text and calendar.timegm(time.strptime(text.strip()[:19], "%Y-%m-%dT%H:%M:%S"))


def leaving():
    return scaling_group.leaving(own())


def group():
    if not known.get("group"):
        known["group"] = scaling_group.of(own())
    return known["group"]


def heartbeat(hook):
    return group() is not None and scaling_group.heartbeat(group(), own(), hook)


# Whether the group has another machine that serves, by its own word: on both clouds that is the balancer's where it asks it.
def others_serve():
    members = [] if group() is None else scaling_group.members(group())
    return any(one != own() and state == "InService" and health.lower() == "healthy" for one, state, health in members)


# Lets the group go on. `port` is AMS's, which is open on a machine that still serves.
def complete(hook, port=None):
    return group() is not None and scaling_group.complete(group(), own(), hook, port)


# The group replaces what is called unhealthy. Behind proxies nobody else tells it of an AMS that has left the cluster.
def unhealthy():
    scaling_group.unhealthy(own())
    return True
