# Says over HTTP, for the balancer's checks, whether coturn answers: a Binding request over UDP (RFC 8489), and the answer to
# it.
import http.server, os, socket, struct, threading

COOKIE = 0x2112A442
BINDING, SUCCESS = 0x0001, 0x0101
SECONDS = 2


def answers(address, port):
    sent = os.urandom(12)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.settimeout(SECONDS)
        line.connect((address, port))
        try:
            line.send(struct.pack("!HHI", BINDING, 0, COOKIE) + sent)
            kind, _, cookie, got = struct.unpack("!HHI12s", line.recv(1500)[:20])
        except (OSError, struct.error):
            return False
    return (kind, cookie, got) == (SUCCESS, COOKIE, sent)


def serve(address, port, turn_port):
    class Answer(http.server.BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self):
            self.send_response(200 if answers(address, turn_port) else 503)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer((address, port), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
