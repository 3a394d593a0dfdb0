# What AMS's own REST says of the cluster, with the token that every node can make from the shared key.
import base64, hmac, json, os, time
import cloud

URL = os.environ.get("AMS_URL", "http://127.0.0.1:5080")
# Another node's; a test's nodes share one address.
PEER = os.environ.get("AMS_PEER_URL", "http://{}:5080")


def token(shared):
    part = lambda data: base64.urlsafe_b64encode(data).rstrip(b"=")
    claims = json.dumps({"exp": int(time.time()) + 300}).encode()
    text = part(b'{"alg":"HS256","typ":"JWT"}') + b"." + part(claims)
    mark = hmac.new(shared["secret"]["jwtKey"].encode(), text, "sha256").digest()
    return (text + b"." + part(mark)).decode()


def ask(shared, path, body=None, method=None, url=URL):
    headers = {"ProxyAuthorization": token(shared), "Content-Type": "application/json"}
    return json.loads(cloud.http(f"{url}/rest/v2/{path}", body and json.dumps(body), headers, method))


def refused(error):
    return isinstance(getattr(error, "reason", error), ConnectionRefusedError)


def nodes(shared):
    found = []
    while True:
        page = ask(shared, f"cluster/nodes/{len(found)}/50")
        found += page
        if not page:
            return found


def heartbeat(node):
    return int(node.get("lastUpdateTime") or 0) / 1000


def live(shared, since):
    return [node.get("ip") for node in nodes(shared) if heartbeat(node) > since]


# "member" only by proof. A node is a "stranger" when its AMS is gone or says so itself: standalone, our key refused, or
# others are alive in the list and we are not. What the database may have caused is "unknown": while it is down, AMS
# plays on what it knows, and a cluster whose every node closed its gate would be replaced whole.
def membership(shared, since):
    try:
        in_cluster = ask(shared, "cluster-mode-status").get("success")
        if shared["mode"] == "standalone":
            ask(shared, "liveness")
            return ("stranger", "AMS runs in a cluster") if in_cluster else ("member", "standalone")
        if not in_cluster:
            return "stranger", "AMS runs standalone"
        alive = live(shared, since)
    except (OSError, RuntimeError, ValueError) as error:
        strange = refused(error) or str(error).startswith(("HTTP 401", "HTTP 403"))
        return ("stranger" if strange else "unknown"), str(error)
    if shared["address"] in alive:
        return "member", f"one of {len(alive)}"
    return ("stranger" if alive else "unknown"), f"{shared['address']} is not among {len(alive)} live nodes"


# Of several nodes that could do the same, the first by address does; nobody has to elect it.
def first(shared, alive):
    return shared["mode"] == "standalone" or bool(alive) and min(alive) == shared["address"]
