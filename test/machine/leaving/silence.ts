import assert from "node:assert/strict";
import type { Kind } from "../cloud.ts";
import { startGroup } from "../group.ts";
import { viewer } from "../neighbour.ts";
import { hurriedDrain } from "../pauses.ts";
import { hurry, type Service, tells, until } from "../rig.ts";
import { closeAll, type Node, node, site } from "../site.ts";
import { isMember, isOpen } from "../states.ts";

const others = { "i-twin": "10.0.0.12" } as const;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A node whose heartbeats stop while its AMS serves. */
export function fallsSilentOn(kind: Kind): void {
  describe(`a node whose heartbeats stop while its AMS serves, on ${kind}`, () => {
    afterEach(closeAll);

    /** Members with a viewer at the first; its group has another machine, or none. */
    async function cluster(count: number, group: Readonly<Record<string, string>> = others) {
      const at = await site(kind);
      await at.databaseUp();
      const told = startGroup(kind, at.cloud, group);
      const nodes: Node[] = [];
      for (let index = 0; index < count; index += 1) nodes.push(await node(at, `10.0.0.1${index + 1}`));
      // Nodes that fall silent together are seen so one after the other.
      for (const each of nodes) hurry(each.root, { lostChecks: 6 });
      const services: Service[] = nodes.map((each) => each.start());
      const logs = () => services.map((each) => each.log()).join("\n");
      await until("members", () => nodes.every((each) => isMember(each)()), logs);
      const [one] = nodes;
      const [service] = services;
      assert.ok(one !== undefined && service !== undefined);
      return { at, told, nodes, one, service, watches: await viewer(one) };
    }
    const actsOf = (of: Node) => of.events().slice(of.events().indexOf("gate open") + 1);

    it("rejects new clients, serves existing clients without a time limit, and accepts new clients again when the heartbeats resume", async () => {
      const { told, one, service, watches } = await cluster(2);
      hurry(one.root, { drain: { ...hurriedDrain, maxSeconds: 60, sickSeconds: 0.5 } });
      one.agent("drain");
      one.fault("no-heartbeat");
      await tells(service, /step=watch state=silent/);
      await until("a gate closed to new clients", () => actsOf(one).at(-1) === "gate draining", service.log);
      await tells(service, /step=watch state=closed reason="this node alone is silent"/);
      // Neither the watch nor the patience with an ill AMS ends it.
      await pause(1500);
      assert.deepEqual(told.told, []);
      assert.ok(!watches.isCut());
      one.well("no-heartbeat");
      await until("an open gate", () => isOpen(one), service.log);
      assert.deepEqual(actsOf(one), ["gate draining", "gate open"]);
      assert.ok(!watches.isCut());
    });

    it("drains without a deadline if the group removes the machine while the heartbeats are missing", async () => {
      const { told, one, service, watches } = await cluster(2);
      hurry(one.root, { drain: { ...hurriedDrain, maxSeconds: 1 } });
      one.fault("no-heartbeat");
      await until("a gate closed to new clients", () => actsOf(one).at(-1) === "gate draining", service.log);
      const drain = one.agent("drain");
      told.awaits("drain");
      told.letGo();
      await tells(drain, /step=drain state=waits clients="1 viewers/);
      await pause(1500);
      assert.ok(!watches.isCut(), drain.log());
      watches.leave();
      await tells(drain, /step=drain state=over reason=idle/);
    });

    it("keeps its gate open if it is the last active node in its group", async () => {
      const { one, service, watches } = await cluster(2, {});
      one.fault("no-heartbeat");
      await tells(service, /step=watch state=stays reason="no other machine of this group is known to serve"/);
      await pause(1000);
      assert.deepEqual(actsOf(one), []);
      assert.ok(isOpen(one) && !watches.isCut());
    });

    it("takes no action while several nodes are silent", async () => {
      const { nodes, one, service, watches } = await cluster(3);
      const [, two] = nodes;
      assert.ok(two !== undefined);
      for (const each of [one, two]) each.fault("no-heartbeat");
      await tells(service, /step=watch state=stays reason="2 of 3 nodes are silent at the same time"/);
      await pause(1000);
      for (const each of [one, two]) assert.deepEqual(actsOf(each), []);
      assert.ok(!watches.isCut());
    });
  });
}
