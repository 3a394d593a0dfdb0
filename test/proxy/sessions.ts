import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { loopback } from "../support/loopback.ts";
import { send } from "./client.ts";
import { behind, kinds, type ProxyMachine, ready, type releases, type Site, startSite } from "./rig.ts";

const streams = Array.from({ length: 24 }, (_, index) => `stream${index}`);

/** Each stream's node, as a request through a proxy finds it. */
type Places = ReadonlyMap<string, string>;

const nodesOf = (places: Places): readonly string[] => [...new Set(places.values())].sort();

/** Whether the WHIP and WHEP sessions hold together behind the proxies of a Debian release. */
export function wholeSessions(release: (typeof releases)[number]): void {
  for (const kind of kinds) {
    describe(`WHIP and WHEP sessions behind Debian ${release}'s ${kind}`, () => {
      let site: Site;
      const proxies: ProxyMachine[] = [];
      const origin = (place: number): string => `${loopback}.2.${place}`;

      const ask = async (proxy: ProxyMachine, method: string, path: string, from?: string): Promise<string> => {
        const where = { host: proxy.address, port: 80, method, path, ...(from === undefined ? {} : { from }) };
        const { status, headers } = await send(where);
        assert.equal(status, 200, `${method} ${path}: ${status}`);
        return String(headers["x-node"]);
      };
      const all = async (proxy: ProxyMachine): Promise<Places> => {
        const found = new Map<string, string>();
        for (const stream of streams) found.set(stream, await ask(proxy, "POST", `/live/whip/${stream}`));
        return found;
      };
      const hold = async (begun: Places): Promise<void> => {
        for (const proxy of proxies) {
          const found: [string, string][] = [];
          for (const [stream, node] of begun) {
            // One after the other: a balancer that takes turns would show itself.
            const path = `/live/whip/${stream}/0f1e`;
            const nodes = [await ask(proxy, "PATCH", path), await ask(proxy, "DELETE", path)];
            found.push([stream, nodes.find((one) => one !== node) ?? node]);
          }
          assert.deepEqual(new Map(found), begun);
        }
      };
      /** What changes is applied in a moment. */
      const holdSoon = async (places: () => Promise<Places>): Promise<void> => {
        const end = Date.now() + 60_000;
        const isHeld = async (): Promise<boolean> => {
          const begun = await places();
          return hold(begun).then(
            () => true,
            (error) => {
              if (Date.now() > end) throw error;
              return false;
            },
          );
        };
        while (!(await isHeld())) await setTimeout(500);
      };
      /** Waits until each proxy sends new sessions to these origins, and both agree. */
      const settled = async (...places: readonly number[]): Promise<Places> => {
        const end = Date.now() + 60_000;
        for (;;) {
          const [first = new Map(), ...others] = await Promise.all(proxies.map(all));
          const differ = others.some((other) => !isDeepStrictEqual(other, first));
          if (!differ && isDeepStrictEqual(nodesOf(first), places.map(origin))) return first;
          if (Date.now() > end)
            throw new Error(`${nodesOf(first)}\n${proxies.map(({ agent }) => agent.log()).join("\n")}`);
          await setTimeout(500);
        }
      };
      const setState = (address: string, state: string): void =>
        site.list((list) => list.map((one) => (one.address === address ? { ...one, state } : one)));

      before(async () => {
        site = await startSite();
        // The first proxy gets to know the origins in another order than the second one.
        await site.join("origin", 3);
        for (const place of [1, 2, 3]) await site.join("edge", place);
        proxies.push(await site.proxy(behind(kind), 1, { release }));
        await ready(proxies[0] as ProxyMachine);
        for (const place of [1, 2]) await site.join("origin", place);
        await settled(1, 2, 3);
        proxies.push(await site.proxy(behind(kind), 2, { release }));
        await ready(proxies[1] as ProxyMachine);
      });
      after(() => site.close());

      it("reach the node of their POST by each proxy, and spread over three origins", async () => {
        await hold(await settled(1, 2, 3));
      });

      it("hash the stream's own part of the path, however it is written", async () => {
        const [proxy] = proxies as [ProxyMachine];
        for (const stream of streams.slice(0, 6)) {
          const home = await ask(proxy, "POST", `/live/whip/${stream}?token=a`);
          for (const path of [`//live/whip//${stream}/0f1e`, `/live/whip/%73${stream.slice(1)}/0f1e?x=1`])
            assert.equal(await ask(proxy, "DELETE", path), home, path);
        }
      });

      it("give viewers of one stream several edges, and each viewer one", async () => {
        const viewers = Array.from({ length: 12 }, (_, index) => `${loopback}.8.${index + 1}`);
        const [one, two] = proxies as [ProxyMachine, ProxyMachine];
        const edges = new Set<string>();
        for (const viewer of viewers) {
          const edge = await ask(one, "POST", "/live/whep/stream1", viewer);
          edges.add(edge);
          for (const method of ["PATCH", "DELETE"])
            assert.equal(await ask(two, method, "/live/whep/stream1/0f1e", viewer), edge);
        }
        assert.ok(edges.size > 1 && [...edges].every((edge) => edge.startsWith(`${loopback}.3.`)));
      });

      it("reach an origin that drains, which gets no new ones, over a reload as well", async () => {
        const begun = await settled(1, 2, 3);
        setState(origin(2), "Terminating:Wait");
        const later = await settled(1, 3);
        await hold(begun);
        for (const { root } of proxies) {
          const action = kind === "haproxy" ? "reload" : "reload-or-restart";
          const env = { ...process.env, AMS_CLUSTER_ROOT: root, PATH: `${root}/bin:${process.env["PATH"]}:/usr/sbin` };
          execFileSync(`${root}/bin/systemctl`, [action, kind], { env });
        }
        await setTimeout(1500);
        await hold(begun);
        for (const [stream, node] of begun) if (node !== origin(2)) assert.equal(later.get(stream), node);
      });

      it("stay where they are when an origin leaves, but for its own, and when one joins, but for those that it gets", async () => {
        const begun = await settled(1, 3);
        site.list((list) => list.filter(({ address }) => address !== origin(2)));
        await holdSoon(async () => begun);
        await site.join("origin", 4);
        const after = await settled(1, 3, 4);
        for (const [stream, node] of after) if (node !== origin(4)) assert.equal(begun.get(stream), node);
        await hold(after);
      });

      it("go to another origin while theirs is down", async () => {
        const begun = await settled(1, 3, 4);
        const down = site.nodes.get(origin(1));
        assert.ok(down !== undefined);
        down.healthy = false;
        await holdSoon(() => settled(3, 4));
        down.healthy = true;
        assert.deepEqual(await settled(1, 3, 4), begun);
      });
    });
  }
}
