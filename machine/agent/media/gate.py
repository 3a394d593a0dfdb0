# The gate: while it is closed, only the machine itself and the other nodes reach AMS. Both clouds' balancers look at
# nothing but HTTP on port 5080, so that a node that isn't in the cluster must not answer there.
# Open connections stay: only a connection's first packet is refused, by its flags. The kernel's tracking of connections
# can't tell: it knows none of those that began while no rule asked for it, and calls their next packet new. For UDP it
# has to do. A node that leaves (`drain`) refuses no UDP: its health check takes SRT away too, and a tracking table of
# limited size would stand between its last viewers and their media.
import os, shutil, sys
from common import STATE, command, facts, write

TABLE = "ams_gate"


def rules(gate, form):
    tcp, udp, peers = (", ".join(map(str, gate[key])) for key in ("tcp", "udp", "peers"))
    no_udp = f"udp dport {{ {udp} }} ct state != {{ established, related }} drop" if form == "close" else ""
    return f"""add table inet {TABLE}
delete table inet {TABLE}
table inet {TABLE} {{
chain input {{
type filter hook input priority -10;
iif lo accept
ip saddr {{ {peers} }} accept
tcp dport {{ {tcp} }} tcp flags & (fin | syn | rst | ack) == syn reject with tcp reset
{no_udp}
}}
}}
"""


# For images without nft (Ubuntu 20.04).
def iptables(gate, form):
    refused = [("tcp", "--dport", str(port), "--syn") for port in gate["tcp"]]
    new = ("-m", "conntrack", "!", "--ctstate", "ESTABLISHED,RELATED")
    if form == "close":
        refused += [("udp", "--dport", str(port), *new) for port in gate["udp"]]
    drop()
    command("iptables", "-N", TABLE)
    for match in [("-i", "lo"), *(("-s", peer) for peer in gate["peers"])]:
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


def close(form="close"):
    gate = facts()["gate"]
    if os.path.exists(STATE + "/open"):
        os.remove(STATE + "/open")
    if shutil.which("nft"):
        command("nft", "-f", "-", text=rules(gate, form))
    else:
        iptables(gate, form)


def open_gate():
    if shutil.which("nft"):
        command("nft", "-f", "-", text=f"add table inet {TABLE}\ndelete table inet {TABLE}\n")
    else:
        drop()
    write(STATE + "/open", "")


# Closed at each boot, but not when only this service starts again: the node's clients are still there.
def init():
    if not os.path.exists(STATE + "/open"):
        close()


if __name__ == "__main__":
    {"close": close, "drain": lambda: close("drain"), "open": open_gate, "init": init}[sys.argv[1]]()
