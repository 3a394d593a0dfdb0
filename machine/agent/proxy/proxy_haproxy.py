# HAProxy: nodes and certificates change while it runs, through its admin socket; nothing is ever reloaded for them.
import csv, re, socket, time
import proxy_certificate, proxy_nodes, proxy_sessions
from common import ROOT, command, log, read, write

SOCKET = ROOT + "/run/haproxy/admin.sock"
CONFIG = ROOT + "/etc/haproxy/haproxy.cfg"
SESSIONS = ROOT + "/etc/ams-cluster/sessions.map"
CDN_KEYS = ROOT + "/etc/ams-cluster/cdn-keys"
TEMPLATE = ROOT + "/etc/ams-cluster/haproxy.cfg"
# Bits of srv_admin_state that say maintenance and drain (HAProxy's management guide, "show servers state").
MAINTENANCE, DRAIN = 0x23, 0x18
# Connections that the frontends had refused at the last look.
counted = {}


def talk(text):
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(10)
        line.connect(SOCKET)
        line.sendall((text + "\n").encode())
        parts = []
        while True:
            part = line.recv(65536)
            if not part:
                return b"".join(parts).decode()
            parts.append(part)


# The same salt as before for the same password: a text that changes would be a reload.
def password(shared):
    salt = (read(ROOT + "/etc/machine-id") or "amsclusterproxy0")[:16]
    given = shared["secret"].get("statsPassword")
    return command("openssl", "passwd", "-6", "-salt", salt, "-stdin", text=given).strip() if given else "*"


def target_of(shared, backend):
    return next(target for target in shared["targets"] if target["name"] == backend)


# The configuration with the nodes as they are, so that HAProxy comes back with them after a restart.
def render(shared):
    def servers(match):
        indent, name, port = match[1], match[2], match[3]
        places = shared["nodes"][target_of(shared, name)["role"]]
        lines = []
        for place, one in enumerate(places, 1):
            lines.append(f"{indent}server {name}-{place} {one[0] if one else '0.0.0.0'}:{port}{'' if one else ' disabled'}")
        return "\n".join(lines)

    text = read(TEMPLATE).replace("user admin password *", "user admin password " + password(shared))
    text = re.sub(r"server first 0\.0\.0\.0:(\d+)(.*) disabled", rf"server first {proxy_nodes.leader(shared)}:\1\2", text)
    return re.sub(r"^( *)server-template (\w+)- \d+ 0\.0\.0\.0:(\d+) disabled$", servers, text, flags=re.M)


def running():
    try:
        return bool(talk("show version"))
    except OSError:
        return False


# A reload only where the socket can't do it: at the first start, and for another password or key of the CDN.
def start(shared):
    if read(SESSIONS) is None:
        write(SESSIONS, proxy_sessions.rows(shared), 0o600)
    keys = write(CDN_KEYS, shared["secret"].get("cdnKey", ""), 0o600)
    changed = write(CONFIG, render(shared), 0o600) or keys
    command("haproxy", "-c", "-q", "-f", CONFIG)
    command("systemctl", "enable", "haproxy")
    if not running():
        command("systemctl", "restart", "haproxy")
    elif changed:
        command("systemctl", "reload", "haproxy")


# What is wanted of each server: its address, or None for an empty place, and whether it drains.
def wanted(shared):
    servers = {}
    for target in shared["targets"]:
        if target["protocol"] != "udp":
            for place, one in enumerate(shared["nodes"][target["role"]], 1):
                servers[target["name"], f"{target['name']}-{place}"] = tuple(one) if one else (None, "maint")
    if shared.get("challenge") == "http":
        servers["acme", "first"] = (proxy_nodes.leader(shared), "ready")
    return servers


# As HAProxy itself says, so that whatever restarted it is put right as well. It calls a server stopped (0) in maintenance,
# or when its checks fail.
def states():
    for line in talk("show servers state").splitlines()[2:]:
        if line.strip():
            _, backend, _, server, own, operation, admin = line.split()[:7]
            state = "maint" if int(admin) & MAINTENANCE else "drain" if int(admin) & DRAIN else "ready"
            yield backend, server, own, state, operation == "0"


def present():
    return {(backend, server): (own, state) for backend, server, own, state, _ in states()}


def changes(shared):
    now = present()
    for (backend, server), (node, state) in wanted(shared).items():
        own, before = now.get((backend, server), (None, "maint"))
        name = f"{backend}/{server}"
        if node and own != node:
            # Nobody is sent there between its old address and its new one.
            yield f"set server {name} state maint;set server {name} addr {node};set server {name} state {state}"
        elif before != state:
            yield f"set server {name} state {state}"


def apply(shared):
    for line in changes(shared):
        answer = talk(line).strip()
        log("nodes", "applied", command=line, answer=answer.replace("\n", " "))
    write(CONFIG, render(shared), 0o600)
    assign(shared)


# All rows of the map change at once (management guide, 9.3: prepare map). HAProxy has what the file says, as it read the
# file when it began. One command is shorter than its buffer of 16 KiB.
def assign(shared):
    text = proxy_sessions.rows(shared, {(backend, own) for backend, _, own, _, stopped in states() if stopped})
    if text == read(SESSIONS):
        return
    version = tell("prepare map " + SESSIONS, "New version created: ")
    lines = text.splitlines()
    for begin in range(0, len(lines), 300):
        tell(f"add map @{version} {SESSIONS} <<\n" + "\n".join(lines[begin : begin + 300]) + "\n")
    tell(f"commit map @{version} {SESSIONS}")
    write(SESSIONS, text, 0o600)


# What follows that beginning in the answer; any other answer is a fault.
def tell(text, beginning=""):
    answer = talk(text).strip()
    if not answer.startswith(beginning) or not beginning and answer:
        raise RuntimeError(answer)
    return answer[len(beginning) :]


# How many connections were refused since the last look, by the frontends' own count since HAProxy began (its management
# guide, 9.1: dcon). One that was restarted begins at nought.
def refusals():
    rows = csv.DictReader(talk("show stat").removeprefix("# ").splitlines())
    total = sum(int(row["dcon"] or 0) for row in rows if row["svname"] == "FRONTEND")
    before = counted.get("total", total)
    counted["total"] = total
    return total - before if total >= before else total


# Checks are HAProxy's own.
def follow_health(shared):
    return 3600


# Connections that are open keep the certificate that they began with.
def certify(shared):
    pem = proxy_certificate.PEM
    text = "\n".join(line for line in read(pem).splitlines() if line.strip())
    for line in (f"set ssl cert {pem} <<\n{text}\n", f"commit ssl cert {pem}"):
        answer = talk(line)
        if "Success" not in answer and "Transaction" not in answer:
            raise RuntimeError(answer.strip())
