# In the place of the cloud's module of this name, which is `cloud_logs` here: each line is handed to the forwarder before it
# goes to the cloud. The hand-over never waits: what the forwarder's socket does not take is lost, and the next line says so.
import json, os, socket, sys, threading, time
import cloud_logs
from common import ROOT

PLACE = ROOT + "/run/ams-cluster-forward"
PROGRAM = os.path.splitext(os.path.basename(sys.argv[0]))[0]
# What each syslog receiver takes is 2048 bytes, and 8192 what it should (RFC 5425, 4.3.1).
MOST_LETTERS = 7000
hand = threading.Lock()
lost = 0


def over(lines):
    global lost
    with hand, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as door:
        door.setblocking(False)
        for line in lines:
            packet = {"time": time.time(), "program": PROGRAM, "line": line[:MOST_LETTERS], "lost": lost}
            try:
                door.sendto(json.dumps(packet).encode(), PLACE)
                lost = 0
            except OSError:
                lost += 1


def tell(group, lines):
    try:
        over(lines)
    finally:
        cloud_logs.tell(group, lines)
