# The gate: who reaches AMS. Both clouds' balancers look at nothing but HTTP on port 5080, so that a node that isn't in the
# cluster must not answer there. Its forms:
# - sealed: the machine itself alone. At each boot and each start of AMS, whoever starts it (antmedia.cfg): a request to an
#   application that has not started yet leaves it on default settings, another node's as well.
# - close: the other nodes too.
# - drain: as close, but UDP is left alone: the health check takes SRT away too, and a tracking table of limited size would
#   stand between the last viewers and their media.
# - open.
# Open connections stay in each of them: only a connection's first packet is refused, by its flags. The kernel's tracking of
# connections can't tell: it knows none of those that began while no rule asked for it, and calls their next packet new.
# For UDP it has to do.
import os, shutil, sys, time
from common import STATE, command, facts, read, write

TABLE = "ams_gate"
FORM = STATE + "/gate"


def form():
    return read(FORM)


def rules(gate, name):
    tcp, udp, peers = (", ".join(map(str, gate[key])) for key in ("tcp", "udp", "peers"))
    nodes = "" if name == "sealed" else f"ip saddr {{ {peers} }} accept"
    no_udp = "" if name == "drain" else f"udp dport {{ {udp} }} ct state != {{ established, related }} drop"
    return f"""add table inet {TABLE}
delete table inet {TABLE}
table inet {TABLE} {{
chain input {{
type filter hook input priority -10;
iif lo accept
{nodes}
tcp dport {{ {tcp} }} tcp flags & (fin | syn | rst | ack) == syn reject with tcp reset
{no_udp}
}}
}}
"""


# For images without nft (Ubuntu 20.04).
def iptables(gate, name):
    refused = [("tcp", "--dport", str(port), "--syn") for port in gate["tcp"]]
    new = ("-m", "conntrack", "!", "--ctstate", "ESTABLISHED,RELATED")
    if name != "drain":
        refused += [("udp", "--dport", str(port), *new) for port in gate["udp"]]
    nodes = [] if name == "sealed" else [("-s", peer) for peer in gate["peers"]]
    drop()
    command("iptables", "-N", TABLE)
    for match in [("-i", "lo"), *nodes]:
        command("iptables", "-A", TABLE, *match, "-j", "RETURN")
    for match in refused:
        command("iptables", "-A", TABLE, "-p", *match, "-j", "DROP")
    command("iptables", "-I", "INPUT", "-j", TABLE)


def drop():
    for words in (("-D", "INPUT", "-j", TABLE), ("-F", TABLE), ("-X", TABLE)):
        try:
            command("iptables", *words)
        except RuntimeError:
            pass


# What the file says is never more open than the gate is.
def turn(name):
    gate = facts()["gate"]
    if name != "open" and os.path.exists(FORM):
        os.remove(FORM)
    if shutil.which("nft"):
        table = f"add table inet {TABLE}\ndelete table inet {TABLE}\n"
        command("nft", "-f", "-", text=table if name == "open" else rules(gate, name))
    elif name == "open":
        drop()
    else:
        iptables(gate, name)
    write(FORM, name)


# Before each start of AMS: what was known of the one before is over. `starting` has the time since when it is not ready.
def seal():
    turn("sealed")
    for name in ("ready", "admitted", "silent"):
        if os.path.exists(f"{STATE}/{name}"):
            os.remove(f"{STATE}/{name}")
    if not os.path.exists(STATE + "/starting"):
        write(STATE + "/starting", str(time.monotonic()))


# At each boot, but not when only a program starts again: the node's clients are still there.
def init():
    if form() is None and not os.path.exists(STATE + "/admitted"):
        turn("sealed")


if __name__ == "__main__":
    word = sys.argv[1]
    {"seal": seal, "init": init}.get(word, lambda: turn(word))()
