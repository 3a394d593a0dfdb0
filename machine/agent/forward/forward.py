# Forwards the machine's log lines to the operator's own receiver, beside the cloud's log. It stands apart from all other
# programs: they hand their lines over a socket of the service manager's, which is there before them and while this one
# starts. Lines wait in memory while the receiver is away; the oldest give way to new ones, are counted, and it is said.
import collections, importlib, json, os, signal, socket, threading, time
import cloud
from common import ROOT, address, facts, log, machine, masked, pause_after, sinks, told

PLACE = ROOT + "/run/ams-cluster-forward"
FORM = ROOT + "/etc/ams-cluster/forward.json"
MOST_BYTES = 4 << 20
MOST_PACKET = 1 << 16
# Of one request or one write.
MOST_AT_ONCE = 100
# A line that stands for many lost ones comes once in so long.
SAY_SECONDS = 60


class Buffer:
    def __init__(self):
        self.lines, self.bytes, self.number, self.lost = collections.deque(), 0, 0, 0
        self.change = threading.Condition()

    def put(self, entry):
        size = len(entry["line"]) + 100
        with self.change:
            self.number = self.number % (2 ** 31 - 1) + 1
            self.lost += entry["lost"]
            self.lines.append({**entry, "number": self.number, "size": size})
            self.bytes += size
            while self.bytes > MOST_BYTES:
                self.bytes -= self.lines.popleft()["size"]
                self.lost += 1
            self.change.notify()

    # The oldest ones; waits for the first.
    def take(self, wait=True):
        with self.change:
            while wait and not self.lines:
                self.change.wait()
            taken = [self.lines.popleft() for _ in range(min(len(self.lines), MOST_AT_ONCE))]
            self.bytes -= sum(entry["size"] for entry in taken)
            return taken

    def lose(self, count):
        with self.change:
            self.lost += count

    # How many have been lost since the last time.
    def take_lost(self):
        with self.change:
            lost, self.lost = self.lost, 0
            return lost


# The service manager's socket, or one of its own.
def door():
    if "LISTEN_FDS" in os.environ:
        return socket.socket(fileno=3)
    own = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    own.bind(PLACE)
    return own


def listen(at, buffer):
    while True:
        packet = json.loads(at.recv(MOST_PACKET).decode())
        line = " ".join(packet["line"].split())
        failed = " state=failed" in line or " ERROR " in line
        buffer.put({**packet, "line": line, "severity": "error" if failed else "info"})


class Forwarder:
    def __init__(self, target, buffer):
        self.target, self.buffer, self.held, self.said = target, buffer, [], 0

    # Until the receiver has them: there is no last attempt.
    def deliver(self):
        attempt, last, begin = 0, None, time.monotonic()
        while self.held:
            try:
                self.buffer.lose(self.target.send(self.held))
                self.held = []
            except Exception as error:
                self.target.close()
                attempt, reason = attempt + 1, masked(told(error))
                if reason != last:
                    last = reason
                    log("forward", "failed", reason=reason)
                time.sleep(pause_after(attempt, 1))
        if attempt:
            log("forward", "resumed", seconds=round(time.monotonic() - begin))

    def tell_lost(self):
        if time.monotonic() - self.said <= SAY_SECONDS:
            return
        lost = self.buffer.take_lost()
        if lost:
            self.said = time.monotonic()
            log("forward", "lost", lines=lost)

    def run(self):
        self.said = time.monotonic() - SAY_SECONDS - 1
        while True:
            self.held = self.buffer.take()
            self.deliver()
            self.tell_lost()

    # One attempt with what is left, within the unit's time to stop. A write that was cut in two can't be gone on with.
    def end(self):
        self.target.close()
        while self.held or self.buffer.lines:
            self.held = self.held or self.buffer.take(wait=False)
            self.target.send(self.held)
            self.held = []


def main():
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sinks.append(cloud.tell)
    with open(FORM) as file:
        form = json.load(file)
    known = facts()
    own = known["metrics"]["dimensions"]["machine"]
    source = {"cluster": own["Cluster"], "role": own["Role"], "machine": machine(), "address": address()}
    target = importlib.import_module("forward_" + form["protocol"]).Target(form, {**source, "secret": known["secretName"]})
    buffer = Buffer()
    forwarder = Forwarder(target, buffer)
    threading.Thread(target=listen, args=(door(), buffer), daemon=True).start()
    try:
        forwarder.run()
    except KeyboardInterrupt:
        forwarder.end()


if __name__ == "__main__":
    main()
