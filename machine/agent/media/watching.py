# Watches a member: its membership decides who gets in, and never ends a stream.
import time
import gate, lifecycle, service
from common import STATE, attempt, draining, log, write
from heartbeats import live, membership

SILENT = STATE + "/silent"


# Whether a node whose own AMS answers closes for the silence of its heartbeats. One that is silent alone has that fault to
# itself. Two at once have it from what they share, the database or AMS itself (Ant-Media-Server issues 7045 and 7226: once
# 15 of 24 nodes, whose streams ran on), and nothing is done at all. The last of a group that lets clients in stays open.
def may_close(shared):
    others = {ip: one for ip, one in shared["found"].items() if ip != shared["address"]}
    alive = live(shared, others)
    if len(alive) < len(others):
        return False, f"{len(others) - len(alive) + 1} of {len(others) + 1} nodes are silent at the same time"
    if not attempt("group", lifecycle.others_serve):
        return False, "no other machine of this group is known to serve"
    return True, "this node alone is silent"


def close(shared, state, why):
    if state == "silent":
        write(SILENT, why)
        may, why = may_close(shared)
        if not may:
            if shared.get("said") != why:
                log("watch", "stays", reason=why)
            shared["said"] = why
            return
    if gate.form() in (None, "open"):
        gate.turn("drain")
        log("watch", "closed", reason=why)


def reopen(shared):
    shared.pop("said", None)
    service.remove("silent")
    if gate.form() != "open" and not draining():
        gate.turn("open")
        log("watch", "open", reason="the node is a member again")


# Ends when AMS is gone or has been started anew, by whomever: then the steps from its start on have to be taken again.
def watch(shared):
    lost, before = 0, None
    while not draining():
        time.sleep(shared["watchSeconds"])
        if not service.exists("admitted"):
            raise RuntimeError("AMS was restarted: the gate stays closed until its applications run")
        state, why = membership(shared)
        if state != before:
            log("watch", state, reason=why)
        before = state
        lost = 0 if state in ("member", "unknown") else lost + 1
        if state == "member":
            reopen(shared)
        if lost < shared["lostChecks"]:
            continue
        if state == "gone" and not service.active():
            gate.turn("sealed")
            raise RuntimeError(f"AMS does not respond, the gate is closed: {why}")
        if state != "gone":
            close(shared, state, why)
