# Makes this machine a member of the cluster, proves it, and only then lets the balancer in; then keeps watching.
# Every step may run again at any time: on each boot, and after a failure of a later one.
import base64, hashlib, hmac, json, os, re, socket, time
import cloud, gate
from common import STATE, address, command, facts, log, read, run, sinks, write
from server import AMS, SERVER, applications, expand, gpu, image, settings, wait

URL = os.environ.get("AMS_URL", "http://127.0.0.1:5080") + "/rest/v2/"


# AMS may start from here on (antmedia.cfg): the gate is there.
def hold(_):
    gate.init()
    write(STATE + "/held", "")


def secret(shared):
    shared["secret"] = cloud.secret(shared["secretName"])
    shared["address"] = address()


def hosts(shared):
    listed = re.split("[/?]", shared["secret"]["mongoUrl"].split("://")[-1].split("@")[-1])[0].split(",")
    return [(name, int(port or 27017)) for name, _, port in (host.partition(":") for host in listed)]


# One member of the database is enough: the driver finds the others. Where DNS names the members (mongodb+srv), AMS's
# own proof has to do.
def database(shared):
    if shared["mode"] == "standalone" or shared["secret"]["mongoUrl"].startswith("mongodb+srv:"):
        return
    errors = []
    for host in hosts(shared):
        try:
            socket.create_connection(host, 3).close()
            return
        except OSError as error:
            errors.append(f"{host[0]}: {error}")
    raise RuntimeError("; ".join(errors))


# Whether every file is in the mode: in a cluster the server has the database's URL, and each application that names a
# database has it too.
def switched(shared):
    texts = [read(file) for file in (SERVER, *applications())]
    if shared["mode"] == "standalone":
        return all(kind == "mapdb" for text in texts for kind in re.findall(r"^db\.type=(.*)$", text, re.M))
    found = [url for text in texts for url in re.findall(r"^(?:cluster)?db\.host=(.*)$", text, re.M)]
    return "clusterdb.host=" in texts[0] and all(url == shared["secret"]["mongoUrl"] for url in found)


# Without standard input: since 3.0.0 the script asks (y/n) about what it takes for no URL, and goes on standalone.
def mode(shared):
    if switched(shared):
        command("systemctl", "restart" if shared["restart"] else "start", "antmedia")
        return
    url = shared["secret"].get("mongoUrl")
    words = ("standalone",) if shared["mode"] == "standalone" else ("cluster", url)
    try:
        command(AMS + "/change_server_mode.sh", *words)
    except RuntimeError as error:
        raise RuntimeError(str(error).replace(url or "mongodb://", "mongodb://..."))
    if not switched(shared):
        raise RuntimeError(f"change_server_mode.sh did not write mode {shared['mode']} to every properties file")
    for file in [SERVER, *applications()]:
        os.chmod(file, 0o640)


def token(shared):
    part = lambda data: base64.urlsafe_b64encode(data).rstrip(b"=")
    claims = json.dumps({"exp": int(time.time()) + 300}).encode()
    text = part(b'{"alg":"HS256","typ":"JWT"}') + b"." + part(claims)
    mark = hmac.new(shared["secret"]["jwtKey"].encode(), text, "sha256").digest()
    return (text + b"." + part(mark)).decode()


def ask(shared, path, body=None):
    headers = {"ProxyAuthorization": token(shared), "Content-Type": "application/json"}
    return json.loads(cloud.http(URL + path, body and json.dumps(body), headers))


def nodes(shared):
    found = []
    while True:
        page = ask(shared, f"cluster/nodes/{len(found)}/50")
        found += page
        if not page:
            return found


def live(shared, since):
    return [node.get("ip") for node in nodes(shared) if int(node.get("lastUpdateTime") or 0) > since * 1000]


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
        refused = isinstance(getattr(error, "reason", None), ConnectionRefusedError)
        strange = refused or str(error).startswith(("HTTP 401", "HTTP 403"))
        return ("stranger" if strange else "unknown"), str(error)
    if shared["address"] in alive:
        return "member", f"one of {len(alive)}"
    return ("stranger" if alive else "unknown"), f"{shared['address']} is not among {len(alive)} live nodes"


# Heartbeats come every 5 s; only one from after this moment proves that this AMS sent it. A member whose watch started
# again, and whose database is down, goes on as it was.
def prove(shared):
    begin = time.time()

    def joined():
        shared["membership"], shared["why"] = membership(shared, begin)
        return shared["membership"] == "member"

    try:
        wait(joined, shared, "membership")
    except RuntimeError:
        if shared["membership"] == "stranger":
            leave()
        raise
    write(STATE + "/member", "")


# The next attempt starts AMS anew.
def leave():
    gate.close()
    if os.path.exists(STATE + "/member"):
        os.remove(STATE + "/member")


# Open to whoever comes first while there is no user (CommonRestService.addInitialUser), so it is done behind the gate.
# The panel sends a password's MD5, and AMS stores the MD5 of what it is sent.
# Asking and making are two steps, so that of nodes that come together only the first by address takes them.
def administrator(shared):
    made = lambda: not ask(shared, "first-login-status").get("success")
    alone = shared["mode"] == "standalone"
    first = lambda: alone or min(live(shared, time.time() - shared["aliveSeconds"])) == shared["address"]
    wait(lambda: made() or first(), shared, "an administrator")
    if made():
        return
    password = hashlib.md5(shared["secret"]["panelPassword"].encode()).hexdigest()
    user = {"email": shared["panelUser"], "password": password, "userType": "ADMIN", "scope": "system"}
    ask(shared, "users/initial", user)
    if not made():
        raise RuntimeError("AMS did not take the administrator")


def admit(_):
    gate.open_gate()
    write(STATE + "/attempt", "0")


# Runs until the membership is lost; then the gate is closed, the balancer's group replaces the machine, and meanwhile
# systemd starts this again.
def watch(shared):
    lost, before = 0, None
    while lost < shared["lostChecks"]:
        time.sleep(shared["watchSeconds"])
        state, why = membership(shared, time.time() - shared["aliveSeconds"])
        lost = lost + 1 if state == "stranger" else 0
        if state != before:
            log("watch", state, reason=why)
        before = state
    leave()
    raise RuntimeError(f"membership lost, gate closed: {why}")


if __name__ == "__main__":
    sinks.append(cloud.tell)
    steps = (hold, image, gpu, secret, expand, settings, database, mode, prove, administrator, admit, watch)
    run([(step.__name__, step) for step in steps], facts())
