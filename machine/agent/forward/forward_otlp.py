# OTLP over HTTP, in its JSON encoding (OpenTelemetry, "OTLP Specification", OTLP/HTTP). The names of the attributes are those of
# OpenTelemetry's semantic conventions, where these have one.
import http.client, json, ssl, time
import cloud
from common import masked

SECONDS = 10
MOST_BYTES = 1 << 16
SEVERITIES = {"error": (17, "ERROR"), "info": (9, "INFO")}
# The receiver will never take these: the specification forbids another attempt.
REFUSED = (400, 413)
UNAUTHORIZED = (401, 403)


def attributes(values):
    return [{"key": key, "value": {"stringValue": value}} for key, value in values.items()]


def nanoseconds(seconds):
    return str(round(seconds * 1000000) * 1000)


def record(entry):
    number, text = SEVERITIES[entry["severity"]]
    return {
        "timeUnixNano": nanoseconds(entry["time"]),
        "observedTimeUnixNano": nanoseconds(time.time()),
        "severityNumber": number,
        "severityText": text,
        "body": {"stringValue": entry["line"]},
        "attributes": attributes({"ams.program": entry["program"], "log.record.uid": str(entry["number"])}),
    }


class Target:
    def __init__(self, form, source):
        self.form, self.secret, self.headers = form, source["secret"], None
        self.context = ssl.create_default_context(cadata=form.get("ca")) if form["tls"] else None
        self.resource = {
            **{"service.name": "ams-cluster", "service.namespace": source["cluster"], "ams.role": source["role"]},
            **{"service.instance.id": source["machine"], "host.id": source["machine"], "host.ip": source["address"]},
            "cloud.provider": form["provider"],
        }

    # Each request has a connection of its own.
    def close(self):
        pass

    def connection(self):
        at = (self.form["host"], self.form["port"])
        if self.context:
            return http.client.HTTPSConnection(*at, timeout=SECONDS, context=self.context)
        return http.client.HTTPConnection(*at, timeout=SECONDS)

    # How many of them the receiver refused.
    def send(self, entries):
        if self.headers is None:
            self.headers = cloud.secret(self.secret).get("logHeaders", {})
        scope = {"scope": {"name": "ams-cluster"}, "logRecords": [record(entry) for entry in entries]}
        body = {"resourceLogs": [{"resource": {"attributes": attributes(self.resource)}, "scopeLogs": [scope]}]}
        connection = self.connection()
        try:
            headers = {"User-Agent": "ams-cluster", **self.headers, "Content-Type": "application/json"}
            connection.request("POST", self.form["path"], json.dumps(body).encode(), headers)
            answer = connection.getresponse()
            text = answer.read(MOST_BYTES).decode(errors="replace")
        finally:
            connection.close()
        return self.refused(answer.status, text, len(entries))

    def refused(self, status, text, count):
        if status in REFUSED:
            return count
        if status in UNAUTHORIZED:
            # Somebody may have put other ones into the secret.
            self.headers = None
        if not 200 <= status < 300:
            raise RuntimeError(f"HTTP {status} from {self.form['host']}: {masked(text)[:300]}")
        try:
            return int(json.loads(text).get("partialSuccess", {}).get("rejectedLogRecords", 0))
        except (AttributeError, TypeError, ValueError):
            return 0
