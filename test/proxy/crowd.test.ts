import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import { watch } from "../machine/published.ts";
import { until } from "../machine/rig.ts";
import { loopback } from "../support/loopback.ts";
import { selfSigned } from "../support/self-signed.ts";
import { send, tcpStream, webSocket } from "./client.ts";
import { behind, kinds, type ProxyMachine, ready, type Site, startPair } from "./rig.ts";

const certificate = selfSigned();
/** Room for the crowd, in the place of a machine's own. */
const roomy = (text: string): string =>
  text.replace(/maxconn \d+/g, "maxconn 9000").replace(/worker_connections \d+/, "worker_connections 9000");

/** Connections that say nothing, so many from each of 20 addresses; those that are still open are in the set. */
async function crowd(host: string, each: number): Promise<Set<Socket>> {
  const alive = new Set<Socket>();
  const opened = Array.from({ length: 20 * each }, (_, index) => {
    const socket = connect({ host, port: 443, localAddress: `${loopback}.10.${1 + (index % 20)}` });
    alive.add(socket);
    socket.resume().on("error", () => undefined);
    socket.on("close", () => alive.delete(socket));
    return new Promise<void>((resolve) => socket.once("connect", () => resolve()).once("close", () => resolve()));
  });
  await Promise.all(opened);
  return alive;
}

for (const kind of kinds) {
  describe(`a crowd before ${kind}`, () => {
    let site: Site;
    beforeEach(async () => {
      site = await startPair();
    });
    afterEach(() => site.close());
    const start = async (balancer: object): Promise<ProxyMachine> => {
      const proxy = await site.proxy(behind(kind, { balancer }, certificate), undefined, { certificate, edit: roomy });
      await ready(proxy);
      return proxy;
    };

    it("opens 2,000 idle connections from 20 addresses without affecting publishers or viewers", async () => {
      const { address: host } = await start({});
      const ask = { host, port: 443, path: "/live/websocket", scheme: "https", ca: certificate.pem } as const;
      const publisher = await tcpStream(host, 1935);
      const viewer = await webSocket(ask);
      const alive = await crowd(host, 100);
      assert.equal(alive.size, 2000);
      assert.ok((await publisher.echoes()) && (await viewer.echoes()));
      assert.equal((await send({ ...ask, path: "/live/streams/a.m3u8" })).status, 200);
      const [late, later] = [await tcpStream(host, 1935), await webSocket(ask)];
      assert.ok((await late.echoes()) && (await later.echoes()));
      for (const one of [publisher, viewer, late, later]) one.close();
      for (const socket of alive) socket.destroy();
    });

    it("can open only the configured number of connections from each untrusted address, and rejected connections are counted", async () => {
      const trustedSources = [`${loopback}.10.1/32`];
      const { address: host, agent, measure } = await start({ connectionsPerSource: 30, trustedSources });
      let refused = 0;
      const points = watch(site.cloud, (name, { value }) => (refused += name === "RefusedConnections" ? value : 0));
      const metrics = measure();
      await until("a first look", () => points.has("RefusedConnections"), metrics.log);
      const alive = await crowd(host, 50);
      await until("the others are refused", () => alive.size <= 19 * 30 + 50, agent.log, 5);
      assert.equal(alive.size, 19 * 30 + 50);
      await until(
        "their number",
        () => refused === 19 * 20,
        () => `${refused}: ${metrics.log()}`,
        10,
      );
      await metrics.stop();
      const ask = { host, port: 443, path: "/live/x", scheme: "https", ca: certificate.pem } as const;
      assert.equal((await send(ask)).status, 200, "others are let in");
      await assert.rejects(send({ ...ask, from: `${loopback}.10.2` }));
      for (const socket of alive) socket.destroy();
    });
  });
}
