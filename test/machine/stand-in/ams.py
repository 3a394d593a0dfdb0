# Stand-in of Ant Media Server in a cluster: what the open source of 3.0.x does with users, settings, nodes and REST, with
# a directory or a real database in the database's place. Files named in the directory `faults` of the AMS directory change its behaviour.
import base64, fcntl, hashlib, hmac, http.server, ipaddress, json, os, random, signal, socket, string, threading, time

ROOT = os.environ["AMS_CLUSTER_ROOT"]
AMS = ROOT + "/usr/local/antmedia"
STORE = os.environ["AMS_TEST_STORE"]
# Ticks are 20 times as fast as the real ones.
HEARTBEAT = 0.1


def properties(path):
    with open(path) as file:
        return dict(line.strip().split("=", 1) for line in file if "=" in line)


def fault(name):
    return os.path.exists(AMS + "/faults/" + name)


SERVER = properties(AMS + "/conf/red5.properties")
URL = SERVER.get("clusterdb.host", "")
CLUSTER = URL.startswith("mongodb://")


def event(text):
    with open(os.environ["AMS_TEST_EVENTS"], "a") as file:
        file.write(f"ams {text}\n")


class Store:
    """The database: one JSON file that one process changes at a time, behind a port and a password."""

    def __enter__(self):
        if CLUSTER:
            self.sign_in()
        self.path = (STORE if CLUSTER else AMS) + "/data.json"
        self.lock = open(self.path + ".lock", "a")
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        self.data = {"users": {}, "settings": {}, "nodes": {}}
        if os.path.exists(self.path):
            with open(self.path) as file:
                self.data = json.load(file)
        return self.data

    def sign_in(self):
        user, place = URL[len("mongodb://") :].split("@")
        host, port = place.split(",")[0].split(":")
        socket.create_connection((host, int(port)), 1).close()
        with open(STORE + "/password") as file:
            if user != "ams:" + file.read():
                raise RuntimeError("Authentication failed")

    # At once or not at all: a machine may lose its power in the middle of a write, and the database must not.
    def __exit__(self, *_):
        with open(self.path + ".new", "w") as file:
            json.dump(self.data, file)
        os.rename(self.path + ".new", self.path)
        self.lock.close()


class MongoStore:
    """A real database: what changed is written entry by entry, without a lock, as AMS does it."""

    client = None

    def __enter__(self):
        import pymongo

        # AMS's driver waits 30 s for a server.
        MongoStore.client = self.client or pymongo.MongoClient(URL, serverSelectionTimeoutMS=2000)
        self.before = {name: {each.pop("_id"): each for each in self.find(name)} for name in ("users", "settings", "nodes")}
        self.data = json.loads(json.dumps(self.before))
        self.data["settings"] = {key: each["value"] for key, each in self.data["settings"].items()}
        return self.data

    def find(self, name):
        try:
            return list(self.client.clusterdb[name].find())
        except Exception as error:
            raise RuntimeError(f"Authentication failed or no server: {error}")

    def __exit__(self, *_):
        self.data["settings"] = {key: {"value": each} for key, each in self.data["settings"].items()}
        for name, entries in self.data.items():
            for key in self.before[name].keys() - entries.keys():
                self.client.clusterdb[name].delete_one({"_id": key})
            for key, each in entries.items():
                if self.before[name].get(key) != each:
                    self.client.clusterdb[name].replace_one({"_id": key}, each, upsert=True)


def environment():
    try:
        return properties(ROOT + "/etc/ams-cluster/ams.env").get("AMS_HOST_ADDRESS")
    except OSError:
        return None


def start_applications():
    """Reads, waits, writes: the race of AntMediaApplicationAdapter.appStart."""
    for name in os.listdir(AMS + "/webapps"):
        own = properties(f"{AMS}/webapps/{name}/WEB-INF/red5-web.properties")
        made = "".join(random.choices(string.ascii_letters, k=32))
        key = own.get("clusterCommunicationKey", own.get("settings.clusterCommunicationKey", made))
        with Store() as data:
            stored = data["settings"].get(name)
        time.sleep(0.05)
        if stored is None:
            with Store() as data:
                data["settings"][name] = key
        event(f"key {stored or key}")


def heartbeat():
    address = environment() or "127.0.0.1"
    ready = False
    while True:
        try:
            if not ready:
                start_applications()
                ready = True
            if not fault("no-heartbeat"):
                with Store() as data:
                    data["nodes"][address] = {
                        "id": "id-" + address,
                        "ip": address,
                        "lastUpdateTime": int(time.time() * 1000),
                        "dbQueryAveargeTimeMs": 3,
                    }
        except (OSError, RuntimeError):
            pass
        time.sleep(HEARTBEAT)


def valid(token):
    if SERVER.get("server.jwtServerControlEnabled") != "true" or token is None:
        return False
    head, body, mark = token.split(".")
    pad = lambda text: text + "=" * (-len(text) % 4)
    key = SERVER["server.jwtServerSecretKey"].encode()
    wanted = hmac.new(key, f"{head}.{body}".encode(), hashlib.sha256).digest()
    claims = json.loads(base64.urlsafe_b64decode(pad(body)))
    return hmac.compare_digest(wanted, base64.urlsafe_b64decode(pad(mark))) and claims["exp"] > time.time()


def clients():
    """StatsCollector.getSystemResourcesInfo, as far as it counts whom this process serves."""
    known = {"localLiveStreams": 0, "localWebRTCViewers": 0, "localHLSViewers": 0, "localDASHViewers": 0}
    try:
        with open(AMS + "/clients.json") as file:
            return {**known, **json.load(file)}
    except OSError:
        return known


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, code, value):
        text = json.dumps(value).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def allowed(self):
        ranges = SERVER.get("server.allowed_dashboard_CIDR", "0.0.0.0/0").split(",")
        peer = ipaddress.ip_address(self.client_address[0])
        return any(peer in ipaddress.ip_network(part, strict=False) for part in ranges)

    def serve(self, method, body=None):
        path = self.path[len("/rest/v2/") :]
        if not self.allowed():
            return self.answer(403, "Not allowed IP")
        if path == "liveness":
            return self.answer(200, {"status": "ok"})
        if path not in ("users/initial", "first-login-status") and not valid(self.headers.get("ProxyAuthorization")):
            return self.answer(403, "Not allowed to access this resource")
        if path == "system-resources":
            return self.answer(500, "no count") if fault("no-count") else self.answer(200, clients())
        if path.startswith("shutdown-properly"):
            event(path.replace("?appNames=", " "))
            return self.answer(200, {"success": True})
        if path == "cluster-mode-status":
            return self.answer(200, {"success": CLUSTER and not fault("standalone")})
        try:
            # Answered after the database has it.
            with Store() as data:
                found = self.find(data, method, path, body)
        except (OSError, RuntimeError) as error:
            return self.answer(500, str(error))
        return self.answer(404, path) if found is None else self.answer(200, found)

    def find(self, data, method, path, body):
        if path.startswith("cluster/nodes/"):
            offset, size = map(int, path.split("/")[2:])
            return list(data["nodes"].values())[offset : offset + min(size, 50)]
        if path.startswith("cluster/node/") and method == "DELETE":
            return {"success": data["nodes"].pop(path.split("/")[2].replace("id-", ""), None) is not None}
        if path == "first-login-status":
            return {"success": not data["users"]}
        if path == "users/initial" and method == "POST":
            first = not data["users"]
            if first:
                stored = hashlib.md5(body["password"].encode()).hexdigest()
                data["users"][body["email"]] = {"password": stored, "type": body["userType"]}
                event("administrator made")
            return {"success": first}
        return None

    def do_GET(self):
        self.serve("GET")

    def do_DELETE(self):
        self.serve("DELETE")

    def do_POST(self):
        self.serve("POST", json.loads(self.rfile.read(int(self.headers["Content-Length"]))))


if CLUSTER and STORE == "mongodb":
    Store = MongoStore
signal.signal(signal.SIGTERM, lambda *_: os._exit(143))
event(f"start {'cluster' if CLUSTER else 'standalone'}")
if CLUSTER:
    threading.Thread(target=heartbeat, daemon=True).start()
http.server.ThreadingHTTPServer((os.environ.get("AMS_TEST_LISTEN", "127.0.0.1"), int(os.environ["AMS_URL"].rsplit(":", 1)[1])), Handler).serve_forever()
