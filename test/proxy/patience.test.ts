import assert from "node:assert/strict";
import { connect } from "node:net";
import { until } from "../machine/rig.ts";
import { loopback } from "../support/loopback.ts";
import { send, tcpStream, webSocket } from "./client.ts";
import { behind, kinds, type ProxyMachine, ready, type Site, startPair } from "./rig.ts";

/** Ten minutes of silence that end an HTTP connection, as one second. */
const hasty = (text: string): string =>
  text.replaceAll("600s", "1s").replace("keepalive_timeout 75s", "keepalive_timeout 1s");

for (const kind of kinds) {
  describe(`${kind} and silence`, () => {
    let site: Site;
    let proxy: ProxyMachine;
    before(async () => {
      site = await startPair();
      proxy = await site.proxy(behind(kind), undefined, { edit: hasty });
      await ready(proxy);
    });
    after(() => site.close());

    it("keeps a silent publisher and a silent WebSocket for longer than a silent HTTP connection", async () => {
      const stream = await tcpStream(proxy.address, 1935);
      const socket = await webSocket({ host: proxy.address, port: 80, path: "/live/websocket" });
      const idle = connect({ host: proxy.address, port: 80 });
      let closed = 0;
      idle.on("error", () => undefined).on("close", () => (closed += 1));
      idle.resume().write("GET /live/x HTTP/1.1\r\nHost: live.example.com\r\n\r\n");
      await until("the silent HTTP connection is closed", () => closed === 1, proxy.agent.log);
      // As many seconds again, three times.
      await new Promise((resolve) => setTimeout(resolve, 3000));
      for (const line of [stream, socket]) assert.ok(line.isOpen() && (await line.echoes()));
      for (const line of [stream, socket]) line.close();
    });

    it("uses a connection to a node again for the next client", async () => {
      const node = site.nodes.get(`${loopback}.2.1`);
      const ports = new Set<number | undefined>();
      node?.pages.set("/live/again", () => ({ body: "" }));
      for (let count = 0; count < 10; count += 1) {
        const { status } = await send({ host: proxy.address, port: 80, path: "/live/again" });
        assert.equal(status, 200);
      }
      for (const { url, port } of node?.seen ?? []) if (url === "/live/again") ports.add(port);
      assert.ok(ports.size < 5, `${ports.size} connections`);
    });
  });
}

describe("nginx and HLS", () => {
  let site: Site;
  let proxy: ProxyMachine;
  before(async () => {
    site = await startPair();
    proxy = await site.proxy(behind("nginx"));
    await ready(proxy);
  });
  after(() => site.close());

  const get = async (path: string, headers = {}): Promise<string> =>
    (await send({ host: proxy.address, port: 5080, path, headers })).body;
  /** A page that differs each time, with Tomcat's session. */
  const page = (path: string): void => {
    let count = 0;
    site.nodes.get(`${loopback}.3.1`)?.pages.set(path, () => {
      count += 1;
      return { body: `${path} ${count}`, headers: { "Set-Cookie": "JSESSIONID=1", "Cache-Control": "no-cache" } };
    });
  };

  it("asks the node once for what many viewers want at once", async () => {
    for (const path of ["/live/streams/a.m3u8", "/live/streams/a0001.ts"]) {
      page(path);
      const bodies = await Promise.all(Array.from({ length: 20 }, () => get(path)));
      assert.deepEqual(new Set(bodies), new Set([`${path} 1`]));
    }
    await until(
      "the playlist is a new one",
      () => false,
      () => "",
      1.2,
    ).catch(() => undefined);
    assert.equal(await get("/live/streams/a.m3u8"), "/live/streams/a.m3u8 2");
    assert.equal(await get("/live/streams/a0001.ts"), "/live/streams/a0001.ts 1");
  });

  it("shares nothing with or from a viewer who shows a token or a session, and nothing that is not HLS", async () => {
    const path = "/live/streams/b0001.ts";
    page(path);
    const shown = [{ Cookie: "JSESSIONID=2" }, { Authorization: "Bearer x" }, { ProxyAuthorization: "x" }];
    const bodies = [await get(`${path}?token=1`), await get(`${path}?token=1`)];
    for (const headers of shown) bodies.push(await get(path, headers));
    bodies.push(await get(path));
    for (const headers of shown) bodies.push(await get(path, headers));
    assert.equal(new Set(bodies).size, bodies.length);
    page("/live/rest/v2/x");
    assert.notEqual(await get("/live/rest/v2/x"), await get("/live/rest/v2/x"));
  });
});
