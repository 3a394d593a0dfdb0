# Publishes once a minute what only the machine itself sees, under the names and dimensions of the facts. What could not
# be measured is not published: a gap, and no zero.
import importlib, json, time
import cloud, monitoring, record
from common import STATE, address, attempt, facts, sinks, write

# The last minute's, for other programs on the machine: the cloud's service need not be up for them.
FIGURES = STATE + "/figures"


def dimensions(shared, name):
    return shared["metrics"]["dimensions"]["cluster" if name in shared["metrics"]["ofCluster"] else "machine"]


def publish(shared, values):
    if values:
        points = [(name, value, dimensions(shared, name)) for name, value in values.items()]
        monitoring.publish(shared["metrics"], points)


# `decides`, if a source gave it, names what the load figure is of.
def keep(shared, values):
    decides = {"decides": shared["decides"]} if "decides" in shared else {}
    write(FIGURES, json.dumps({"time": round(time.time(), 3), "values": values, **decides}), 0o644)


if __name__ == "__main__":
    sinks.append(cloud.tell)
    shared = {**facts(), "address": address()}
    source = importlib.import_module(shared["metrics"]["source"])
    while True:
        begin = time.monotonic()
        values = shared["measured"] = {}
        for what, action in source.FIGURES.items():
            values.update(attempt(what, action, shared, instead={}))
        attempt("publish", publish, shared, values)
        attempt("keep", keep, shared, values)
        attempt("record", record.tell, shared, values, getattr(source, "standing", None))
        time.sleep(max(shared["metrics"]["periodSeconds"] - (time.monotonic() - begin), 0))
