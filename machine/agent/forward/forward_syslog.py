# Syslog (RFC 5424) over TLS (RFC 5425), or over TCP with the same frames (RFC 6587, 3.4.1). The protocol has no answers: a line
# counts as delivered once the receiver's kernel has it, and what it has not is sent again on the next connection.
import datetime, fcntl, socket, ssl, struct, termios, time

SECONDS = 10
# A receiver that refuses the connection after TLS's handshake says so within this time.
REFUSAL_SECONDS = 1
# The facility of daemons.
FACILITY = 3
SEVERITIES = {"error": 3, "info": 6}


class Target:
    def __init__(self, form, source):
        self.host, self.port, self.source, self.line = form["host"], form["port"], source, None
        self.context = ssl.create_default_context(cadata=form.get("ca")) if form["tls"] else None

    def close(self):
        if self.line:
            self.line.close()
            self.line = None

    def connect(self):
        self.line = socket.create_connection((self.host, self.port), SECONDS)
        if self.context:
            self.line = self.context.wrap_socket(self.line, server_hostname=self.host)
        self.listen(REFUSAL_SECONDS)

    # A receiver says nothing, but for its end.
    def listen(self, seconds):
        try:
            self.line.settimeout(seconds)
            if not self.line.recv(1024):
                raise RuntimeError(f"{self.host} closed the connection")
        except (BlockingIOError, socket.timeout, ssl.SSLWantReadError):
            pass
        self.line.settimeout(SECONDS)

    def frame(self, entry):
        source = self.source
        when = datetime.datetime.fromtimestamp(entry["time"], datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        head = f"<{FACILITY * 8 + SEVERITIES[entry['severity']]}>1 {when} {source['machine'] or '-'} ams-cluster {entry['program']} -"
        data = f'[origin ip="{source["address"]}" software="ams-cluster"][meta sequenceId="{entry["number"]}"]'
        line = f"{head} {data} cluster={source['cluster']} role={source['role']} {entry['line']}".encode()
        return b"%d " % len(line) + line

    # What the receiver's kernel has not acknowledged (tcp(7), SIOCOUTQ).
    def waiting(self):
        return struct.unpack("i", fcntl.ioctl(self.line.fileno(), termios.TIOCOUTQ, b"\0" * 4))[0]

    # How many of them the receiver refused: none, as it can't.
    def send(self, entries):
        if self.line:
            self.listen(0)
        else:
            self.connect()
        self.line.sendall(b"".join(map(self.frame, entries)))
        end = time.monotonic() + SECONDS
        while self.waiting():
            if time.monotonic() > end:
                raise RuntimeError(f"{self.host} acknowledged nothing for {SECONDS} s")
            time.sleep(0.02)
        return 0
