# Makes this machine a member of the cluster, proves it, and only then lets the balancer in; then keeps watching.
# Every step may run again at any time: on each boot, and after a failure of a later one.
import hashlib, os, re, socket, time
import cloud, gate, lifecycle, service, watching
from common import STATE, address, command, draining, facts, run, sinks, write
from heartbeats import first, live, look, membership
from properties import properties
from public_address import public_address
from ready import ready
from rest import ask
from server import AMS, SERVER, applications, expand, gpu, image, settings, wait


# A machine that leaves (drain.py) is not made a member again, whatever starts this anew.
def stay(shared):
    while draining():
        time.sleep(shared["watchSeconds"])


# Behind the gate; an AMS that runs is left as it is, whatever started this program again.
def hold(shared):
    gate.init()
    service.left_alone(shared)


# A step that makes files, which is no matter of an AMS that runs.
def before(step):
    def made(shared):
        if not shared["runs"]:
            step(shared)

    made.__name__ = step.__name__
    return made


# A step on the way in, which one that was let in has behind it.
def until_admitted(step):
    def made(shared):
        if not service.exists("admitted"):
            step(shared)

    made.__name__ = step.__name__
    return made


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
    server, apps = properties(SERVER), [properties(file) for file in applications()]
    if shared["mode"] == "standalone":
        return all(app.get("db.type", "mapdb") == "mapdb" for app in apps)
    url = shared["secret"]["mongoUrl"]
    return server.get("clusterdb.host") == url and all(app.get("db.host", url) == url for app in apps)


# Without standard input: since 3.0.0 the script asks (y/n) about what it takes for no URL, and goes on standalone. It
# keeps a file in the home of its user, and root's is closed to this unit. The server that it starts at its end is held.
def mode(shared):
    if switched(shared):
        return
    url = shared["secret"].get("mongoUrl")
    words = ("standalone",) if shared["mode"] == "standalone" else ("cluster", url)
    try:
        command(AMS + "/change_server_mode.sh", *words, env={"HOME": STATE})
    except RuntimeError as error:
        raise RuntimeError(str(error).replace(url or "mongodb://", "mongodb://..."))
    if not switched(shared):
        raise RuntimeError(f"change_server_mode.sh did not write the mode {shared['mode']} to every properties file")
    for file in [SERVER, *applications()]:
        os.chmod(file, 0o640)


# Nodes may reach this one from here on: its applications run, on their own settings.
def neighbours(_):
    if gate.form() in (None, "sealed"):
        gate.turn("close")


# Heartbeats come every 5 s; one that moves proves that this AMS sends it. What the database may have caused is tried again;
# an AMS that is no member although its applications run has failed to start.
def prove(shared):
    def joined():
        shared["membership"], shared["why"] = membership(shared)
        return shared["membership"] == "member"

    try:
        wait(joined, shared, "membership")
    except RuntimeError as error:
        if shared["membership"] in ("stranger", "silent"):
            service.failed(str(error))
        raise


# Open to whoever comes first while there is no user (CommonRestService.addInitialUser), so it is done behind the gate.
# The panel sends a password's MD5, and AMS stores the MD5 of what it is sent.
# Asking and making are two steps, so that of nodes that come together only the first by address takes them.
def administrator(shared):
    made = lambda: not ask(shared, "first-login-status").get("success")
    alone = shared["mode"] == "standalone"
    ours = lambda: first(shared, [] if alone else live(shared, look(shared)))
    wait(lambda: made() or ours(), shared, "an administrator")
    if made():
        return
    password = hashlib.md5(shared["secret"]["panelPassword"].encode()).hexdigest()
    user = {"email": shared["panelUser"], "password": password, "userType": "ADMIN", "scope": "system"}
    ask(shared, "users/initial", user)
    if not made():
        raise RuntimeError("AMS did not create the administrator")


def admit(_):
    if not draining():
        gate.turn("open")
    write(STATE + "/admitted", "")
    service.remove("failures")
    write(STATE + "/attempt", "0")


def watch(shared):
    watching.watch(shared)


if __name__ == "__main__":
    sinks.append(cloud.tell)
    making = [before(step) for step in (image, gpu, expand, settings, pool, database, mode)]
    entering = [until_admitted(step) for step in (ready, neighbours, prove, administrator, admit)]
    steps = (stay, until_admitted(public_address), secret, hold, *making, service.start, *entering, watch)
    run([(step.__name__, step) for step in steps], facts())
