# What a proxy measures: the connections that it has refused since the last look.
import importlib


def refused(shared):
    return {"RefusedConnections": importlib.import_module("proxy_" + shared["kind"]).refusals()}


FIGURES = {"refused": refused}
