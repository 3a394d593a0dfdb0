# The one way in which our programs ask anything over HTTP: metadata, cloud APIs, AMS's REST, packages' keys. An answer has
# one deadline from the connection's begin to its last byte, and a size. Redirects are errors, which would take headers with
# tokens elsewhere. http.client looks at no proxy of the environment, and urllib does.
import http.client, io, json, socket, ssl, time, urllib.parse
from common import masked

MOST_BYTES = 1 << 20
# Of what a refusal says: AMS and the clouds' load balancers answer with pages of HTML.
MOST_REASON = 300
FORM = "application/x-www-form-urlencoded; charset=utf-8"
HEADERS = {"Connection": "close", "User-Agent": "ams-cluster"}
CONNECTIONS = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}


# What http.client wants of a socket. A socket's own time-out begins again with each packet.
class Line(io.RawIOBase):
    def __init__(self, end):
        super().__init__()
        self.end, self.size, self.socket = end, 0, None

    def ready(self):
        left = self.end - time.monotonic()
        if left <= 0:
            raise socket.timeout("the response was not complete in time")
        self.socket.settimeout(left)
        return self.socket

    # A name may have several addresses.
    def connect(self, host, port, context):
        errors = []
        for family, kind, _, _, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            self.socket = socket.socket(family, kind)
            try:
                self.ready().connect(place)
                if context:
                    self.socket = context.wrap_socket(self.socket, server_hostname=host)
                return
            except OSError as error:
                self.socket.close()
                errors.append(error)
        raise errors[0]

    def sendall(self, data):
        self.ready().sendall(data)

    def makefile(self, _):
        return io.BufferedReader(self)

    def readable(self):
        return True

    def readinto(self, buffer):
        got = self.ready().recv_into(buffer)
        self.size += got
        if self.size > MOST_BYTES:
            raise RuntimeError(f"the response is longer than {MOST_BYTES} bytes")
        return got

    # http.client is done with the connection before its answer is read.
    def close(self):
        pass

    def hang_up(self):
        if self.socket:
            self.socket.close()


# A body as text; OSError or RuntimeError without one, or "HTTP <status> from <host>: <reason>".
def call(url, body=None, headers=None, method=None, seconds=10):
    at = urllib.parse.urlsplit(url)
    if at.scheme not in CONNECTIONS:
        raise RuntimeError(f"{at.scheme} is neither http nor https")
    connection = CONNECTIONS[at.scheme](at.hostname, at.port)
    line = connection.sock = Line(time.monotonic() + seconds)
    try:
        line.connect(at.hostname, connection.port, ssl.create_default_context() if at.scheme == "https" else None)
        place = (at.path or "/") + ("?" + at.query if at.query else "")
        data = body.encode() if isinstance(body, str) else body
        connection.request(method or ("GET" if data is None else "POST"), place, data, {**HEADERS, **(headers or {})})
        answer = connection.getresponse()
        # Never as much at once as the answer's head promises.
        text = answer.read(MOST_BYTES).decode(errors="replace")
        if answer.length:
            raise RuntimeError(f"{at.netloc} closed the connection {answer.length} bytes before the end of its response")
    except http.client.HTTPException as error:
        raise RuntimeError(f"no HTTP response from {at.netloc}: {type(error).__name__}: {masked(str(error))[:MOST_REASON]}")
    finally:
        line.hang_up()
    if not 200 <= answer.status < 300:
        raise RuntimeError(f"HTTP {answer.status} from {at.netloc}: {masked(text)[:MOST_REASON]}")
    return text


# What should be JSON; a page of HTML in its place is an error of the answer and no fault of the program.
def parsed(text):
    try:
        return json.loads(text)
    except ValueError:
        raise RuntimeError(f"the response is not JSON: {masked(text)[:MOST_REASON]}")
