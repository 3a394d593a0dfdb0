# Nginx: files beside its configuration say the nodes, and a graceful reload takes them over: old processes keep their
# connections until the last is gone. It has no checks of its own, so this program asks the nodes.
import hashlib, os
import proxy_nodes
from common import ROOT, command, log, read, write
from proxy_health import Checks

FOLDER = ROOT + "/etc/nginx/"
OURS = ROOT + "/etc/ams-cluster/"
REFUSED = ROOT + "/var/log/nginx/refused.log"
# Those that are out.
down = set()


def upstream(name, lines):
    return f"upstream {name} {{\n" + "".join(f"    {line}\n" for line in lines) + "}\n"


def servers(shared, target, states=("ready",)):
    known = [one for one in shared["nodes"][target["role"]] if one]
    nodes = sorted(node for node, state in known if state in states and node not in down)
    patience = f"max_fails=2 fail_timeout={shared['health']['intervalSeconds']}s"
    # Nginx wants a server in each group; this one is never asked.
    return [f"server {node}:{target['port']} {patience};" for node in nodes] or ["server 127.0.0.1:9 down;"]


# A node's name in the panel's cookie: the same on every proxy.
def mark(node):
    return hashlib.sha256(node.encode()).hexdigest()[:16]


# A session stays on a node that drains, and leaves one that is out.
def sessions(shared):
    sticky = [target for target in shared["targets"] if target["sticky"]]
    return [(t, one[0]) for t in sticky for one in shared["nodes"][t["role"]] if one and one[0] not in down]


def texts(shared):
    http, stream = [], []
    for target in shared["targets"]:
        shares = [f"zone {target['name']} 512k;", "least_conn;", *servers(shared, target)]
        if target["protocol"] == "http":
            http.append(upstream(target["name"], [*shares, "keepalive 64;"]))
        else:
            stream.append(upstream(target["name"], shares))
    # Nginx hashes a server's address, so that all proxies agree. A session that has begun may be on a node that drains.
    for one in shared["sessions"]:
        target = next(target for target in shared["targets"] if target["name"] == one["target"])
        for end, states in (("", ("ready",)), ("-later", ("ready", "drain"))):
            name = f"{one['target']}-{one['affinity']}{end}"
            lines = [f"zone {name} 512k;", "hash $session consistent;", *servers(shared, target, states)]
            http.append(upstream(name, [*lines, "keepalive 16;"]))
    own = sessions(shared)
    for target, node in own:
        http.append(upstream(f"{target['name']}-{mark(node)}", [f"server {node}:{target['port']};", "keepalive 4;"]))
    if shared.get("challenge") == "http":
        http.append(upstream("acme", [f"server {proxy_nodes.leader(shared)}:{shared['acmePort']};"]))
    return {
        "ams-http.conf": "".join(http),
        "ams-stream.conf": "".join(stream),
        "ams-panel.conf": "".join(f'"{t["name"]} {mark(node)}" {t["name"]}-{mark(node)};\n' for t, node in own),
        # Where several were asked, the last one answered.
        "ams-cookies.conf": "".join(f'"~(?:^|[ ,]){node}:{t["port"]}$" {mark(node)};\n' for t, node in own),
    }


def put(shared):
    return any([write(FOLDER + name, text, 0o644) for name, text in texts(shared).items()])


def password(shared):
    salt = (read(ROOT + "/etc/machine-id") or "amsclusterproxy0")[:16]
    given = shared["secret"].get("statsPassword")
    return command("openssl", "passwd", "-6", "-salt", salt, "-stdin", text=given).strip() if given else "*"


# Rows of a map, which ignores case unless they are expressions. Without a key nobody is the CDN.
def cdn(shared):
    key = shared["secret"].get("cdnKey")
    return f'"~^{key}$" 1;\n' if key else ""


def reload():
    command("nginx", "-t", "-q", "-c", FOLDER + "nginx.conf")
    command("systemctl", "reload-or-restart", "nginx")


def start(shared):
    write(FOLDER + "ams-password", f"admin:{password(shared)}\n", 0o644)
    write(FOLDER + "ams-cdn.conf", cdn(shared), 0o600)
    for name in ("nginx.conf", "ams-routes.conf"):
        write(FOLDER + name, read(OURS + name), 0o644)
    put(shared)
    command("systemctl", "enable", "nginx")
    reload()


def apply(shared):
    if put(shared):
        reload()


def certify(shared):
    reload()


# How many connections were refused since the last look: Nginx writes a line for each. The lines are taken away at once,
# so that a flood fills no disk; one that comes in between is not counted.
def refusals():
    size = os.path.getsize(REFUSED) if os.path.exists(REFUSED) else 0
    if size:
        os.truncate(REFUSED, 0)
    return size // len("-\n")


# As the model says: so many answers in a row, or none.
def follow_health(shared):
    checks = shared.get("checks") or Checks(shared["health"], shared["healthSeconds"])
    shared["checks"] = checks
    nodes = {node for role in shared["slots"] for node in proxy_nodes.of(shared, role)}
    checks.watch(nodes)
    for node in sorted(nodes):
        streak = checks.streaks.get(node, 0)
        if streak <= -shared["health"]["unhealthyThreshold"] and node not in down:
            down.add(node)
            log("health", "down", node=node)
        elif streak >= shared["health"]["healthyThreshold"] and node in down:
            down.remove(node)
            log("health", "up", node=node)
    down.intersection_update(nodes)
    with shared["lock"]:
        apply(shared)
    return min(1, shared["healthSeconds"])
