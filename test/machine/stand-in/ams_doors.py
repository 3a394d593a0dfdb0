# Who may publish and play in an application (StreamService.verifySecurity, AcceptOnlyStreamsInDataStore, WhipEndpoint,
# TokenFilterManager). The token service itself is in no open source: a signed token's claims are those of Ant Media's guide
# "JWT Stream Security Filter", and a one-time token ends as in MapBasedDataStore.validateToken. test/ams/tokens.test.ts holds
# this file against AMS's own filter and its own check of signatures.
import base64, hashlib, hmac, json, os, re, secrets, time, urllib.parse
from ams_files import AMS, event

SEGMENT = re.compile(r"(.*?)(_([0-9]+p|[0-9]+kbps|[0-9]+p[0-9]+kbps))?[0-9]{9}\.(ts|fmp4)")
PLAYLIST = re.compile(r"(.*?)(_adaptive|_([0-9]+p|[0-9]+kbps|[0-9]+p[0-9]+kbps))?\.m3u8")


# The claims of a token that a key has signed and that has not ended, or None (JWTFilter.isJWTTokenValid).
def signed(token, key):
    try:
        head, body, mark = (token or "").split(".")
        decoded = lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        wanted = hmac.new(key.encode(), f"{head}.{body}".encode(), hashlib.sha256).digest()
        claims = json.loads(decoded(body))
        right = json.loads(decoded(head))["alg"] == "HS256" and hmac.compare_digest(wanted, decoded(mark))
        return claims if right and claims.get("exp", time.time() + 1) > time.time() else None
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


# TokenFilterManager.getStreamId, as far as players ask for HLS.
def stream_of(file):
    found = PLAYLIST.fullmatch(file) or SEGMENT.fullmatch(file)
    return found[1] if found else None


class Doors:
    def __init__(self):
        self.once, self.sessions = {}, {}

    # RestServiceBase.getToken.
    def create(self, stream, kind, expires):
        if kind not in ("publish", "play") or expires <= 0:
            return {"success": False, "message": "Define Stream ID, Token Type and Expire Date (unix time)"}
        token = {"tokenId": secrets.token_hex(12), "streamId": stream, "type": kind, "expireDate": expires}
        self.once[token["tokenId"]] = token
        return token

    def takes_once(self, token, stream, kind):
        known = self.once.get(token)
        right = known and known["type"] == kind and known["streamId"] == stream and time.time() < known["expireDate"]
        if right:
            del self.once[token]
        return bool(right)

    def takes_signed(self, settings, token, stream, kind):
        claims = signed(token, settings["jwtStreamSecretKey"])
        return claims is not None and claims.get("streamId") == stream and claims.get("type") == kind

    # The stand-in has no streams that somebody announced, and counts none that run.
    def publishes(self, settings, stream, token):
        if settings["acceptOnlyStreamsInDataStore"] or settings["ingestingStreamLimit"] == 0:
            return False
        if settings["publishTokenControlEnabled"] and not self.takes_once(token, stream, "publish"):
            return False
        return not settings["publishJwtControlEnabled"] or self.takes_signed(settings, token, stream, "publish")

    # The session that a token was good for needs none for the stream's next files (ITokenService.getAuthenticatedMap).
    def plays(self, settings, stream, token, session):
        once = settings["playTokenControlEnabled"]
        if not once and not settings["playJwtControlEnabled"]:
            return True
        if stream is None:
            return False
        if self.sessions.get(session) == stream:
            return True
        right = self.takes_once(token, stream, "play") if once else self.takes_signed(settings, token, stream, "play")
        if right:
            self.sessions[session] = stream
        return right


# WhipEndpoint.prepareResponse.
def publish(handler, one, stream, token):
    taken = one.doors.publishes(one.settings, stream, token)
    handler.answer(201 if taken else 403, "v=0" if taken else "unauthorized_access", "text/html")


# TokenFilterManager, before the files that Tomcat has.
def play(handler, one, file, token):
    known = re.search(r"JSESSIONID=(\w+)", handler.headers.get("Cookie", ""))
    session = known[1] if known else secrets.token_hex(16).upper()
    if not one.doors.plays(one.settings, stream_of(file), token, session):
        return handler.refuse(403, "Invalid JWT Token")
    path = f"{AMS}/webapps/{one.name}/streams/{file}"
    if not os.path.exists(path):
        return handler.refuse(404, file)
    handler.send_response(200)
    handler.send_header("Content-Length", str(os.path.getsize(path)))
    handler.send_header("Set-Cookie", f"JSESSIONID={session}; Path=/{one.name}; HttpOnly")
    handler.end_headers()
    with open(path, "rb") as served:
        handler.wfile.write(served.read())


# The cluster's streams, from a file that a test writes.
def streams():
    try:
        with open(AMS + "/streams.json") as file:
            return json.load(file)
    except OSError:
        return []


# AntMediaApplicationAdapter.stopStreaming, as far as it is open source: an RTMP publisher's own connection is closed.
def stop(stream):
    known = streams()
    ended = [one for one in known if one["streamId"] == stream and one["publishType"] == "RTMP"]
    event(f"{'ended' if ended else 'did not end'} {stream}")
    with open(AMS + "/streams.json", "w") as file:
        json.dump([one for one in known if one not in ended], file)
    return {"success": bool(ended), "message": None, "dataId": None, "errorId": 0}


# True for a request that somebody makes who publishes, plays or asks for a token.
def serve(handler, one, path, query, body):
    _, _, place, name, *_ = [*path.split("/"), "", ""]
    if place == "whip":
        header = handler.headers.get("Authorization", "")
        publish(handler, one, name, re.sub("^bearer ", "", header, flags=re.I))
    elif place == "rtmp":
        # What nginx's RTMP module asks for a publisher (on_publish): name and arguments of its stream.
        form = dict(urllib.parse.parse_qsl(body))
        publish(handler, one, form["name"], form.get("token"))
    elif place == "streams":
        play(handler, one, name, query.get("token"))
    elif re.fullmatch(r"/\w+/rest/v2/broadcasts/\w+/token", path):
        handler.answer(200, one.doors.create(path.split("/")[5], query.get("type"), int(query.get("expireDate", 0))))
    elif re.fullmatch(r"/\w+/rest/v2/broadcasts/list/\d+/\d+", path):
        begin, size = map(int, path.split("/")[6:8])
        handler.answer(200, streams()[begin : begin + min(size, 50)])
    elif handler.command == "POST" and re.fullmatch(r"/\w+/rest/v2/broadcasts/[^/]+/stop", path):
        handler.answer(200, stop(urllib.parse.unquote(path.split("/")[5])))
    else:
        return False
    return True
