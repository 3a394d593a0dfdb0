import assert from "node:assert/strict";
import { createServer, type Server, type Socket } from "node:net";
import { behind } from "../proxy/rig.ts";
import { python } from "./python.ts";
import { remove, unpack } from "./rig.ts";

/** At all addresses: none that a test beside this one has. */
const port = 27080;
const good = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

/** What bad nodes answer, by the third part of their addresses: 127.20.<kind>.<place>. */
const bad: readonly ((socket: Socket) => void)[] = [
  // Never ends, and never stops.
  (socket) => {
    const more = (): void => {
      while (!socket.destroyed && socket.write(Buffer.alloc(1 << 16, "x")));
    };
    socket.on("drain", more);
    more();
  },
  (socket) => socket.end("HTTP/1.1 503 Service Unavailable\r\n\r\n"),
  (socket) => socket.end("\0\0\r\n"),
  (socket) => socket.end(`HTTP/1.1 302 Found\r\nLocation: http://127.20.9.1:${port}/\r\n\r\n`),
  (socket) => {
    const timer = setInterval(() => socket.write("H"), 100);
    socket.once("close", () => clearInterval(timer));
  },
  () => undefined,
];

/** Prints 1 for nodes that live, -1 for those that do not and 0 for those that have not said: of 25 nodes of each bad kind and of 1,850 good ones; a check may take a minute. */
const program = `
import json, time
from proxy_health import Checks
checks = Checks({"port": ${port}, "path": "/rest/v2/liveness", "timeoutSeconds": 60}, 60)
nodes = {kind: [f"127.20.{kind}.{place}" for place in range(25 if kind < 6 else 185)] for kind in range(16)}
checks.watch([node for them in nodes.values() for node in them])
# The last two bad kinds have their minute, and nobody else's.
end = time.monotonic() + 30
while time.monotonic() < end and len(checks.streaks) < 1950:
    time.sleep(0.05)
# Under load some are asked again before the last are asked once.
lives = lambda streak: (streak > 0) - (streak < 0)
print(json.dumps([sorted({lives(checks.streaks.get(node) or 0) for node in them}) for them in nodes.values()]))
`;

describe("health checks of 2,000 nodes", () => {
  let server: Server;
  before(async () => {
    server = createServer((socket) => {
      socket.on("error", () => undefined);
      const answer = bad[Number(socket.localAddress?.split(".")[2])] ?? (() => socket.end(good));
      socket.once("data", () => answer(socket));
    });
    await new Promise<void>((resolve) => server.listen({ port, host: "0.0.0.0", backlog: 4096 }, resolve));
  });
  after(() => new Promise((resolve) => server.close(resolve)));

  it("each have a time of their own: none waits for those that flood, trickle or say nothing", async () => {
    const root = unpack("proxy", behind("nginx"));
    const found = JSON.parse(await python(root, program));
    remove(root);
    const good = Array.from({ length: 10 }, () => [1]);
    assert.deepEqual(found, [[-1], [-1], [-1], [-1], [0], [0], ...good]);
  });
});
