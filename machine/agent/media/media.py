# Makes this machine a member of the cluster, proves it, and only then lets the balancer in; then keeps watching.
# Every step may run again at any time: on each boot, and after a failure of a later one.
import hashlib, os, re, socket, time
import cloud, gate, lifecycle
from common import STATE, address, command, draining, facts, log, read, run, sinks, write
from rest import ask, first, live, membership
from server import AMS, SERVER, applications, expand, gpu, image, settings, wait


# A machine that leaves (drain.py) is not made a member again, whatever starts this anew.
def stay(shared):
    while draining():
        time.sleep(shared["watchSeconds"])


# AMS may start from here on (antmedia.cfg): the gate is there.
def hold(_):
    gate.init()
    write(STATE + "/held", "")


def secret(shared):
    shared["secret"] = cloud.secret(shared["secretName"])
    shared["address"] = address()


# A machine of a warm pool is prepared up to here, and joins when the group takes it out.
def pool(shared):
    while lifecycle.is_warmed():
        write(STATE + "/warm", "")
        time.sleep(shared["pollSeconds"])


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
    ours = lambda: first(shared, [] if alone else live(shared, time.time() - shared["aliveSeconds"]))
    wait(lambda: made() or ours(), shared, "an administrator")
    if made():
        return
    password = hashlib.md5(shared["secret"]["panelPassword"].encode()).hexdigest()
    user = {"email": shared["panelUser"], "password": password, "userType": "ADMIN", "scope": "system"}
    ask(shared, "users/initial", user)
    if not made():
        raise RuntimeError("AMS did not take the administrator")


def admit(_):
    if not draining():
        gate.open_gate()
    write(STATE + "/attempt", "0")


# Runs until the membership is lost; then the gate is closed, the balancer's group replaces the machine, and meanwhile
# systemd starts this again.
def watch(shared):
    lost, before = 0, None
    while lost < shared["lostChecks"]:
        time.sleep(shared["watchSeconds"])
        if draining():
            return
        state, why = membership(shared, time.time() - shared["aliveSeconds"])
        lost = lost + 1 if state == "stranger" else 0
        if state != before:
            log("watch", state, reason=why)
        before = state
    leave()
    raise RuntimeError(f"membership lost, gate closed: {why}")


if __name__ == "__main__":
    sinks.append(cloud.tell)
    steps = (stay, hold, image, gpu, secret, expand, settings, pool)
    steps += (database, mode, prove, administrator, admit, watch)
    run([(step.__name__, step) for step in steps], facts())
