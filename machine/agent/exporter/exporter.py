# Serves the machine's last figures to Prometheus (text format 0.0.4). Nothing is measured for it: a scrape reads the file
# that the machine's own agent writes once a minute. A client has a few seconds as a whole, few are served at once, and a
# request has little room, so that nobody who may ask can hold the machine.
import asyncio, json, time
from common import ROOT, STATE, address, facts, recall, say

FIGURES = STATE + "/figures"
BEGAN = time.time()
MOST_CLIENTS = 8
SECONDS = 5
MOST_BYTES = 8192
TYPE = "text/plain; version=0.0.4; charset=utf-8"


def number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def labelled(name, labels, value):
    pairs = ",".join(f"{key}={json.dumps(text)}" for key, text in labels.items())
    return f"{name}{{{pairs}}} {value}\n"


def gauge(name, meaning, labels, value):
    return f"# HELP {name} {meaning}\n# TYPE {name} gauge\n" + labelled(name, labels, value)


# Without figures, their age is that of this program. A clock that was put back makes none younger than nothing.
def page(known, form):
    labels = {key.lower(): text for key, text in known["metrics"]["dimensions"]["machine"].items()}
    state = recall(FIGURES, {})
    state = state if isinstance(state, dict) else {}
    at = state["time"] if number(state.get("time")) else BEGAN
    age = max(0, round(time.time() - at, 1))
    lines = gauge(form["age"], "seconds since the machine's last measurement", labels, age)
    values = state.get("values")
    if not isinstance(values, dict) or age > known["metrics"]["periodSeconds"] * form["staleAfterPeriods"]:
        return lines
    for name, (exported, per, meaning) in form["metrics"].items():
        if number(values.get(name)):
            lines += gauge(exported, meaning, labels, values[name] if per == 1 else values[name] / per)
    if isinstance(state.get("decides"), str):
        lines += gauge(form["decides"], "1 for the resource that determines the load", {**labels, "part": state["decides"]}, 1)
    return lines


def answer(head, known, form):
    words = head.split(b"\r\n", 1)[0].split(b" ")
    if len(words) != 3 or not words[2].startswith(b"HTTP/1."):
        return "400 Bad Request", ""
    if words[1].split(b"?", 1)[0] != form["path"].encode():
        return "404 Not Found", ""
    if words[0] != b"GET":
        return "405 Method Not Allowed", ""
    return "200 OK", page(known, form)


class Exporter:
    def __init__(self, known, form):
        self.known, self.form, self.clients = known, form, 0

    async def serve(self, reader, writer):
        if self.clients >= MOST_CLIENTS:
            return writer.transport.abort()
        self.clients += 1
        try:
            await asyncio.wait_for(self.converse(reader, writer), SECONDS)
        except (asyncio.TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
            pass
        finally:
            self.clients -= 1
            writer.transport.abort()

    async def converse(self, reader, writer):
        state, text = answer(await reader.readuntil(b"\r\n\r\n"), self.known, self.form)
        body = text.encode()
        head = [f"HTTP/1.1 {state}", f"Content-Type: {TYPE}", f"Content-Length: {len(body)}", "Connection: close"]
        writer.write("\r\n".join(head + ["", ""]).encode() + body)
        writer.write_eof()
        # Until the client has it all and says so by its own end; what it sends besides is thrown away.
        await writer.drain()
        while await reader.read(MOST_BYTES):
            pass


def main():
    with open(ROOT + "/etc/ams-cluster/exporter.json") as file:
        form = json.load(file)
    loop = asyncio.new_event_loop()
    exporter = Exporter(facts(), form)
    loop.run_until_complete(asyncio.start_server(exporter.serve, address(), form["port"], limit=MOST_BYTES))
    say(f"ams-cluster: metrics are at {address()}:{form['port']}{form['path']}")
    loop.run_forever()


if __name__ == "__main__":
    main()
