import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import type { Kind } from "../cloud.ts";
import { startGroup } from "../group.ts";
import { hurriedDrain } from "../pauses.ts";
import { hurry, until } from "../rig.ts";
import { closeAll, node, site } from "../site.ts";
import { isMember } from "../states.ts";

/** A machine whose AMS is gone, and one that has never served. */
export function isGoneOn(kind: Kind): void {
  describe(`a machine whose AMS is gone, on ${kind}`, () => {
    afterEach(closeAll);

    /** Two members; the first one's agent has a short patience. */
    async function cluster() {
      const at = await site(kind);
      await at.databaseUp();
      const group = startGroup(kind, at.cloud);
      const [one, other] = [await node(at, "10.0.0.11"), await node(at, "10.0.0.12")];
      hurry(one.root, { drain: { ...hurriedDrain, maxSeconds: 60, sickSeconds: 2 } });
      const services = [one.start(), other.start()];
      await until("two members", () => isMember(one)() && isMember(other)(), services[0]?.log);
      const agent = one.agent("drain", other);
      // An agent that never saw the open gate says nothing, however long the gate is closed.
      await until("a look at the open gate", () => existsSync(`${one.root}/var/lib/ams-cluster/served`), agent.log);
      return { group, one, agent };
    }

    it("is reported as unhealthy after a long absence from the cluster if it has served clients", async () => {
      const { group, one, agent } = await cluster();
      await new Promise((resolve) => setTimeout(resolve, 2500));
      assert.deepEqual(group.told, [], "it serves");
      one.fault("standalone");
      await until("a word to the group", () => group.told.includes("health Unhealthy"), agent.log);
      await until(
        "its reason",
        () => /state=unhealthy reason="AMS served clients and no longer responds"/.test(agent.log()),
        agent.log,
      );
    });

    it("is not reported as unhealthy if it soon rejoins the cluster", async () => {
      const { group, one, agent } = await cluster();
      hurry(one.root, { drain: { ...hurriedDrain, maxSeconds: 60, sickSeconds: 600 } });
      await agent.stop();
      const patient = one.agent("drain");
      one.fault("standalone");
      await until("a closed gate", () => one.events().at(-1) === "gate draining", patient.log);
      one.well("standalone");
      await until("a member again", isMember(one), patient.log);
      assert.deepEqual(group.told, []);
    });
  });

  describe(`a machine that has never served, on ${kind}`, () => {
    afterEach(closeAll);

    it("is left to the hook that waits for it", async () => {
      const at = await site(kind);
      const group = startGroup(kind, at.cloud);
      const one = await node(at);
      hurry(one.root, { drain: { ...hurriedDrain, maxSeconds: 60, sickSeconds: 0.5 } });
      const main = one.start();
      one.agent("drain");
      await until("an absent database", () => /step=database state=failed/.test(main.log()), main.log);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      assert.deepEqual(group.told, []);
    });
  });
}
