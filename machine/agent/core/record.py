# For `npm run status`: once a minute what this machine is and what it measured, as one line of the cluster's log, which has
# it with the database away too. Neither the journal nor the machine's console gets it: there it would push out what happened.
import json, time
import api, cloud
from common import attempt, masked


# Since the machine's start.
def age():
    return round(time.monotonic())


# As log() of common.py writes them; what is not known is left out.
def line(words):
    known = {key: value for key, value in words.items() if value is not None}
    text = {key: json.dumps(value) if " " in str(value) else value for key, value in known.items()}
    return masked(" ".join(f"{key}={value}" for key, value in text.items()))


# `more` asks what its kind of machine knows besides; of the figures those of the cluster are no machine's.
def tell(shared, values, more):
    metrics = shared["metrics"]
    own = {name: value for name, value in values.items() if name not in metrics["ofCluster"]}
    words = {
        **{"step": "node", "state": "reports", "node": shared["address"]},
        **{"role": metrics["dimensions"]["machine"]["Role"], "zone": attempt("zone", api.zone)},
        **{"seconds": age(), "agent": shared["agent"]["digest"][:12], "decides": shared.get("decides")},
    }
    cloud.tell(line({**words, **(more(shared) if more else {}), **own}))
