# The gate: while it is closed, only the machine itself and the other nodes reach AMS. Both clouds' balancers look at
# nothing but HTTP on port 5080, so that a node that isn't in the cluster must not answer there.
# Open connections stay: a node that lost its membership ends them itself, or not at all.
import os, shutil, sys
from common import STATE, command, facts, write

TABLE = "ams_gate"


def rules(gate):
    tcp, udp, peers = (", ".join(map(str, gate[key])) for key in ("tcp", "udp", "peers"))
    return f"""add table inet {TABLE}
delete table inet {TABLE}
table inet {TABLE} {{
chain input {{
type filter hook input priority -10;
iif lo accept
ct state established,related accept
ip saddr {{ {peers} }} accept
tcp dport {{ {tcp} }} reject with tcp reset
udp dport {{ {udp} }} drop
}}
}}
"""


# For images without nft (Ubuntu 20.04).
def iptables(gate):
    ports = [("tcp", port) for port in gate["tcp"]] + [("udp", port) for port in gate["udp"]]
    passes = [("-i", "lo"), ("-m", "conntrack", "--ctstate", "ESTABLISHED,RELATED"), *(("-s", p) for p in gate["peers"])]
    drop()
    command("iptables", "-N", TABLE)
    for match in passes:
        command("iptables", "-A", TABLE, *match, "-j", "RETURN")
    for protocol, port in ports:
        command("iptables", "-A", TABLE, "-p", protocol, "--dport", str(port), "-j", "DROP")
    command("iptables", "-I", "INPUT", "-j", TABLE)


def drop():
    for words in (("-D", "INPUT", "-j", TABLE), ("-F", TABLE), ("-X", TABLE)):
        try:
            command("iptables", *words)
        except RuntimeError:
            pass


def close():
    gate = facts()["gate"]
    if os.path.exists(STATE + "/open"):
        os.remove(STATE + "/open")
    if shutil.which("nft"):
        command("nft", "-f", "-", text=rules(gate))
    else:
        iptables(gate)


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
    {"close": close, "open": open_gate, "init": init}[sys.argv[1]]()
