# Stand-in of Ant Media Server: what 3.0.3 was seen to do with users, settings, nodes and REST while it starts and after,
# and what its open source says where it was not seen. docs/machines.md has the list. Files in the directory `faults` of
# the AMS directory change its behaviour: `no-heartbeat`, `no-count`, `standalone`, `refuses`, `boot` (seconds without a
# port), `clock` (seconds by which this machine's clock is ahead), `new-id`, and those of ams_apps.py and ams_admin.py.
import hashlib, http.server, ipaddress, json, os, secrets, signal, threading, time, urllib.parse
import ams_admin, ams_apps, ams_doors
from ams_doors import signed
from ams_files import AMS, ROOT, SERVER, event, fault, load
from ams_store import CLUSTER, Store

# Ticks are 20 times as fast as the real ones.
HEARTBEAT = 0.1
KNOWN = load(SERVER)
BEGAN = time.monotonic()
viewers = set()


def address():
    try:
        return load(ROOT + "/etc/ams-cluster/ams.env").get("AMS_HOST_ADDRESS")
    except OSError:
        return None


# Kept from start to start; which id the cluster's own records have, no open source says.
def identity():
    path = AMS + "/conf/instanceId"
    if fault("new-id") is not None or not os.path.exists(path):
        with open(path, "w") as file:
            file.write(secrets.token_hex(8))
    with open(path) as file:
        return f"id-{address()}-{file.read()}"


# The cluster's bean is made before Tomcat: the list says "alive" before anything answers.
def heartbeat():
    own = {"id": identity(), "ip": address() or "127.0.0.1", "memory": "2480/8000", "cpu": "12"}
    while True:
        try:
            if fault("no-heartbeat") is None:
                now = int((time.time() + float(fault("clock") or 0)) * 1000)
                with Store() as data:
                    data["nodes"][own["id"]] = {**own, "lastUpdateTime": now, "dbQueryAveargeTimeMs": 3}
        except (OSError, RuntimeError):
            pass
        time.sleep(HEARTBEAT)


# With a URL of public keys the shared secret counts no more (AuthenticationFilter.java).
def valid(token):
    if KNOWN.get("server.jwtServerControlEnabled") != "true" or token is None or fault("refuses") is not None:
        return False
    return not KNOWN.get("server.jwksURL") and signed(token, KNOWN["server.jwtServerSecretKey"]) is not None


def result(success, message="", error=0):
    return {"success": success, "message": message, "dataId": "", "errorId": error}


# StatsCollector.getSystemResourcesInfo, as far as it counts whom this process serves.
def clients():
    known = {"localLiveStreams": 0, "localWebRTCViewers": len(viewers), "localHLSViewers": 0, "localDASHViewers": 0}
    try:
        with open(AMS + "/clients.json") as file:
            return {**known, **json.load(file)}
    except OSError:
        return known


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, code, value=None, kind="application/json", headers=()):
        text = b"" if value is None else (value if kind == "text/html" else json.dumps(value)).encode()
        self.send_response(code)
        for name, each in (("Content-Type", kind), ("Content-Length", str(len(text))), *headers):
            self.send_header(name, each)
        self.end_headers()
        self.wfile.write(text)

    # Tomcat's page. A refusal begins a session, but for that of a wrong token (AuthenticationFilter.java).
    def refuse(self, code, why, begins=True):
        cookie = f"JSESSIONID={secrets.token_hex(16).upper()}; Path=/; HttpOnly"
        session = [("Set-Cookie", cookie)] if code == 403 and begins else []
        page = f"<!doctype html><html><head><title>HTTP Status {code}</title></head><body>{why}</body></html>"
        self.answer(code, page, "text/html", session)

    def allowed(self):
        ranges = KNOWN.get("server.allowed_dashboard_CIDR", "0.0.0.0/0").split(",")
        peer = ipaddress.ip_address(self.client_address[0])
        return any(peer in ipaddress.ip_network(part, strict=False) for part in ranges)

    def serve(self, method, body=""):
        place = urllib.parse.urlsplit(self.path)
        first, query = place.path.split("/")[1], dict(urllib.parse.parse_qsl(place.query))
        if first in applications:
            return self.application(applications[first], place.path, query, body)
        # Tomcat listens before the root application answers.
        starting = time.monotonic() - BOOTED
        if starting < 0.2:
            return self.refuse(500 if starting < 0.1 else 403, "starting")
        if not self.allowed():
            return self.refuse(403, "Not allowed IP")
        path = place.path[len("/rest/v2/") :]
        if path == "liveness":
            return self.answer(200, {"host": address(), "status": "ok"})
        token = self.headers.get("ProxyAuthorization")
        if token is None and path not in ("users/initial", "first-login-status") or token and not valid(token):
            return self.refuse(403, "Invalid Server JWT Token" if token else "Not authenticated user", not token)
        try:
            self.rest(method, path, query, json.loads(body or "null"))
        except (LookupError, OSError, RuntimeError) as error:
            self.refuse(500, str(error))

    def application(self, one, path, query, body):
        one.touch()
        if path.endswith("/websocket"):
            return self.watch()
        if not one.runs:
            return self.refuse(403, "Application is getting initialized")
        inner = self.client_address[0] in one.settings["remoteAllowedCIDR"].split(",") and not one.settings["jwtControlEnabled"]
        token = self.headers.get("ClusterAuthorization")
        if "/rest/" in path and not inner and not (token and signed(token, one.settings["clusterCommunicationKey"])):
            return self.refuse(403, "Not allowed IP")
        if not ams_doors.serve(self, one, path, query, body):
            self.answer(200, {"versionName": "3.0.3"} if path.endswith("/version") else {})

    # A viewer, for as long as the connection stands.
    def watch(self):
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.end_headers()
        viewers.add(self)
        while self.rfile.read(1):
            pass
        viewers.discard(self)

    def rest(self, method, path, query, body):
        names = query.get("appNames", "").split(",")
        if path == "system-resources":
            return self.refuse(500, "no count") if fault("no-count") is not None else self.answer(200, clients())
        if path == "version":
            return self.answer(200, {"versionName": "3.0.3", "versionType": "Enterprise Edition", "buildNumber": "1"})
        if path == "shutdown-proper-status":
            known = all(name in applications and applications[name].registered for name in names)
            why = "Either server may not be initialized or application name that does not exist is requested. "
            return self.answer(200, result(True)) if known else self.answer(500, result(False, why))
        if path == "shutdown-properly":
            event(f"shutdown-properly {query['appNames']}")
            return self.answer(200, True)
        if path == "cluster-mode-status":
            return self.answer(200, result(CLUSTER and fault("standalone") is None))
        if path.split("/")[0] == "applications":
            status, value = admin.rest(method, path, body)
            return self.answer(status, value) if status < 300 else self.refuse(status, value)
        if path.startswith("cluster/") and not CLUSTER:
            return self.refuse(500, "No bean named 'tomcat.cluster' available")
        # Answered after the database has it.
        with Store() as data:
            found = self.find(data, method, path, body)
        return self.refuse(404, path) if found is None else self.answer(200, found)

    def find(self, data, method, path, body):
        if path.startswith("cluster/nodes/"):
            offset, size = map(int, path.split("/")[2:])
            # By the clock of the node that answers (ClusterNode.getStatus).
            dead = lambda node: time.time() * 1000 - node["lastUpdateTime"] > HEARTBEAT * 4000
            rows = list(data["nodes"].values())[offset : offset + min(size, 50)]
            return [{**node, "status": "dead" if dead(node) else "alive"} for node in rows]
        if path.startswith("cluster/node/") and method == "DELETE":
            return result(data["nodes"].pop(path.split("/")[2], None) is not None)
        if path == "first-login-status":
            return result(not data["users"])
        if path == "users/initial" and method == "POST":
            first = not data["users"]
            if first:
                stored = hashlib.md5(body["password"].encode()).hexdigest()
                data["users"][body["email"]] = {"password": stored, "type": body["userType"]}
                event("administrator made")
            return result(first, error=-1)
        return None

    def do_GET(self):
        self.serve("GET")

    def do_DELETE(self):
        self.serve("DELETE")

    def do_POST(self):
        self.serve("POST", self.rfile.read(int(self.headers["Content-Length"])).decode())


signal.signal(signal.SIGTERM, lambda *_: os._exit(143))
event(f"start {'cluster' if CLUSTER else 'standalone'}")
os.makedirs(AMS + "/log", exist_ok=True)
with open(AMS + "/log/ant-media-server.log", "a") as log:
    log.write(f"{time.strftime('%F %T')} INFO  Ant Media Server starts\n")
if CLUSTER:
    threading.Thread(target=heartbeat, daemon=True).start()
while time.monotonic() - BEGAN < float(fault("boot") or 0):
    time.sleep(0.05)
BOOTED = time.monotonic()
applications = ams_apps.start()
admin = ams_admin.Admin(applications)
where = (os.environ.get("AMS_TEST_LISTEN", "127.0.0.1"), int(os.environ["AMS_URL"].rsplit(":", 1)[1]))
http.server.ThreadingHTTPServer(where, Handler).serve_forever()
