# AMS's own REST, with the token that every node can make from the shared key.
import base64, hmac, json, os, time
import transport

URL = os.environ.get("AMS_URL", "http://127.0.0.1:5080")
# Another node's; a test's nodes share one address.
PEER = os.environ.get("AMS_PEER_URL", "http://{}:5080")


def token(key):
    part = lambda data: base64.urlsafe_b64encode(data).rstrip(b"=")
    claims = json.dumps({"exp": int(time.time()) + 300}).encode()
    text = part(b'{"alg":"HS256","typ":"JWT"}') + b"." + part(claims)
    mark = hmac.new(key.encode(), text, "sha256").digest()
    return (text + b"." + part(mark)).decode()


# An answer without a body is None: that of an application that AMS does not know yet.
def ask(shared, path, body=None, method=None, url=URL, seconds=10):
    headers = {"ProxyAuthorization": token(shared["secret"]["jwtKey"]), "Content-Type": "application/json"}
    data = body and json.dumps(body)
    return json.loads(transport.call(f"{url}/rest/v2/{path}", data, headers, method, seconds) or "null")


# Something of an application's own REST, which its address filter and its own tokens close to others than the nodes: they
# show each other a token of the cluster's key (RestProxyFilter.java). Only of an application that has started: ready.py.
def application(name, path, key, method=None, seconds=10):
    headers = {"ClusterAuthorization": token(key), "Content-Type": "application/json"}
    return transport.call(f"{URL}/{name}/rest/v2/{path}", headers=headers, method=method, seconds=seconds)


def refused(error):
    return isinstance(getattr(error, "reason", error), ConnectionRefusedError)


def nodes(shared):
    found = []
    while True:
        page = ask(shared, f"cluster/nodes/{len(found)}/50")
        found += page
        if not page:
            return found
