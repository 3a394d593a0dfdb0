import assert from "node:assert/strict";
import { Agent } from "node:http";
import { tells, until } from "../machine/rig.ts";
import { loopback } from "../support/loopback.ts";
import { send, tcpStream, webSocket } from "./client.ts";
import type { Node } from "./node.ts";
import { behind, kinds, type ProxyMachine, ready, type Site, startPair, startSite } from "./rig.ts";

/** Clients who ask without a pause, until they are told to stop. */
function load(proxy: ProxyMachine, port: number, count: number) {
  const agent = new Agent({ keepAlive: true });
  const failures: string[] = [];
  let answers = 0;
  let stopped = false;
  const client = async (): Promise<void> => {
    while (!stopped) {
      try {
        const { status, headers } = await send({ host: proxy.address, port, path: "/live/x", agent });
        if (status === 200) answers += 1;
        else failures.push(`${status} of ${headers["x-node"]}`);
      } catch (error) {
        failures.push(String(error));
      }
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  };
  const clients = Array.from({ length: count }, client);
  return {
    failures,
    answers: () => answers,
    stop: async () => {
      stopped = true;
      await Promise.all(clients);
      agent.destroy();
    },
  };
}

const http = ({ seen }: Node): number => seen.filter(({ kind }) => kind === "http").length;

for (const kind of kinds) {
  describe(`${kind} and the nodes that come and go`, () => {
    let site: Site;
    let proxy: ProxyMachine;
    beforeEach(async () => {
      site = await startPair();
      proxy = await site.proxy(behind(kind));
      await ready(proxy);
    });
    const running: { readonly stop: () => Promise<void> }[] = [];
    afterEach(async () => {
      for (const one of running.splice(0)) await one.stop();
      await site.close();
    });
    const begin = (count: number): ReturnType<typeof load> => {
      const requests = load(proxy, 80, count);
      running.push(requests);
      return requests;
    };

    const setState = (address: string, state: string): void =>
      site.list((list) => list.map((one) => (one.address === address ? { ...one, state } : one)));
    const shares = async (node: Node): Promise<void> => {
      const before = http(node);
      await until(`${node.address} is asked`, () => http(node) > before, proxy.agent.log);
    };

    /** Waits until a hundred answers in a row came from others. */
    const rests = async (node: Node, answers: () => number): Promise<void> => {
      let last = { seen: -1, answers: 0 };
      const alone = (): boolean => {
        if (http(node) !== last.seen) last = { seen: http(node), answers: answers() };
        return answers() > last.answers + 100;
      };
      await until(`${node.address} is left alone`, alone, proxy.agent.log);
    };

    it("takes a new node, drains a leaving one and forgets it under load: no request fails, no connection breaks", async () => {
      const [first] = [...site.nodes.values()];
      assert.ok(first !== undefined);
      const requests = begin(4);
      const stream = await tcpStream(proxy.address, 1935);
      const socket = await webSocket({ host: proxy.address, port: 80, path: "/live/websocket" });
      assert.equal(stream.node, first.address);
      const pending = await site.join("origin", 2, "Pending:Wait");
      await shares(first);
      assert.equal(pending.seen.length, 0);
      setState(pending.address, "InService");
      await shares(pending);
      setState(first.address, "Terminating:Wait");
      await until(
        "the leaving node drains",
        () => proxy.agent.log().includes(`${first.address}-drain`),
        proxy.agent.log,
      );
      await rests(first, requests.answers);
      const seen = first.seen.length;
      assert.equal((await tcpStream(proxy.address, 1935)).node, pending.address);
      assert.equal(first.seen.length, seen);
      for (const line of [stream, socket]) assert.ok(line.isOpen() && (await line.echoes()));
      site.list((list) => list.filter(({ address }) => address !== first.address));
      const gone = (): boolean => / origin=127\.\d+\.2\.2 edge/.test(proxy.agent.log().split("-drain").at(-1) ?? "");
      await until("the node is gone", gone, proxy.agent.log);
      await shares(pending);
      for (const line of [stream, socket]) assert.ok(line.isOpen() && (await line.echoes()));
      await requests.stop();
      assert.deepEqual(requests.failures, []);
      assert.ok(requests.answers() > 100);
      for (const line of [stream, socket]) line.close();
      if (kind === "haproxy") assert.deepEqual(proxy.units(), ["enable haproxy", "restart haproxy"]);
    });

    it("keeps a node out that does not answer, and one that no longer does until it does again", async () => {
      const [first] = [...site.nodes.values()];
      assert.ok(first !== undefined);
      const second = await site.join("origin", 2);
      second.healthy = false;
      const requests = begin(2);
      await shares(first);
      await new Promise((resolve) => setTimeout(resolve, 500));
      assert.equal(http(second), 0);
      second.healthy = true;
      await shares(second);
      first.healthy = false;
      await rests(first, requests.answers);
      first.healthy = true;
      await shares(first);
      await requests.stop();
      assert.deepEqual(requests.failures, []);
    });

    it("keeps a node out that no longer answers, whatever other nodes do with their health checks", async () => {
      const [first] = [...site.nodes.values()];
      assert.ok(first !== undefined);
      const others = [2, 3, 4].map((place) => site.join("origin", place));
      const [second, ...bad] = await Promise.all(others);
      assert.ok(second !== undefined);
      const requests = begin(2);
      for (const node of [first, second, ...bad]) await shares(node);
      // One byte at a time, and without an end.
      for (const node of bad) {
        node.answer = (response) => {
          const { socket } = response;
          assert.ok(socket !== null);
          if (node === bad[0]) socket.write("HTTP/1.1 200 OK\r\n");
          const timer = setInterval(() => socket.write("X"), 100);
          socket.once("close", () => clearInterval(timer));
        };
      }
      await new Promise((resolve) => setTimeout(resolve, 1000));
      second.healthy = false;
      await rests(second, requests.answers);
      second.healthy = true;
      await shares(second);
      await requests.stop();
      assert.deepEqual(requests.failures, []);
    });

    it("goes on with the last known list when the cloud can't say who is there, over a new start as well", async () => {
      site.cloud.outages = Number.MAX_SAFE_INTEGER;
      await until(
        "the cloud is asked in vain",
        () => /step=nodes state=throttled/.test(proxy.agent.log()),
        proxy.agent.log,
      );
      const asked = async (of: ProxyMachine, port: number): Promise<unknown> =>
        (await send({ host: of.address, port, path: "/live/x" })).headers["x-node"];
      assert.equal(await asked(proxy, 80), `${loopback}.2.1`);
      site.cloud.outages = 0;
      const [, edge] = [...site.nodes.values()];
      site.cloud.actions.delete("DescribeInstances");
      await proxy.agent.stop();
      const again = await site.proxy(proxy.cluster, undefined, { root: proxy.root });
      await ready(again);
      await tells(again.agent, /the last known list is kept/);
      assert.equal(await asked(again, 80), `${loopback}.2.1`);
      assert.equal(await asked(again, 5080), edge?.address);
    });

    it("does not say that it is at work before it knows a list", async () => {
      const other = await startSite();
      other.cloud.actions.delete("DescribeInstances");
      const blind = await other.proxy(behind(kind), 9);
      await until("it tries", () => blind.agent.starts() > 1, blind.agent.log);
      await assert.rejects(send({ host: blind.address, port: 6081, path: "/" }));
      await other.close();
    });
  });
}
