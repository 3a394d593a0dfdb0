# How a media machine stands, for its line in the cluster's log (record.py).
import gate, rest
from common import STATE, attempt, draining, recall
from service import exists


def version(shared):
    return rest.ask(shared, "version")["versionName"] if exists("ready") else None


# Until when it may stay; one that only its heartbeats have left has no deadline.
def leaving():
    state = draining()
    if state is None:
        return {}
    return {"drain": state["why"], "until": None if state.get("endless") else round(state["until"])}


# What is no member says why; what nobody knows may be the database's (heartbeats.py).
def standing(shared):
    drift = recall(STATE + "/drift", {})
    document = drift.get("version") if isinstance(drift, dict) else None
    state, why = shared.pop("membership", (None, None))
    return {
        **{"ams": attempt("version", version, shared), "gate": gate.form(), "document": document},
        **{"member": state, "why": None if state == "member" else why, **leaving()},
    }
