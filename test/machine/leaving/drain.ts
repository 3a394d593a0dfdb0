import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Kind } from "../cloud.ts";
import { type Group, startGroup } from "../group.ts";
import { hurriedDrain } from "../pauses.ts";
import { hurry, put, type Service, tells, until } from "../rig.ts";
import { closeAll, type Node, node, type Site, site } from "../site.ts";
import { isMember, isOpen, listed } from "../states.ts";

const serving = (of: Node, clients: object): void => put(`${of.ams}/clients.json`, JSON.stringify(clients));

export interface Cluster {
  readonly at: Site;
  readonly group: Group;
  readonly one: Node;
  readonly other: Node;
  readonly drain: Service;
}

/** Two members of which the first has its agent. */
export async function cluster(kind: Kind, facts: object = {}, others = {}): Promise<Cluster> {
  const at = await site(kind);
  await at.databaseUp();
  const group = startGroup(kind, at.cloud, others);
  const [one, other] = [await node(at, "10.0.0.11"), await node(at, "10.0.0.12")];
  hurry(one.root, { drain: { ...hurriedDrain, maxSeconds: 60, ...facts } });
  const services = [one.start(), other.start()];
  await until("two members", () => isMember(one)() && isMember(other)(), services[0]?.log);
  return { at, group, one, other, drain: one.agent("drain", other) };
}

export const completed = ({ group }: Cluster) => group.told.filter((line) => line.startsWith("complete drain"));
const waits = ({ drain }: Cluster, clients: string) =>
  until(
    `an agent that waits for ${clients}`,
    () => drain.log().includes(`state=waits clients="${clients}"`),
    drain.log,
  );

/** A machine that has to leave. */
export function leavesOn(kind: Kind): void {
  describe(`a machine that has to leave, on ${kind}`, () => {
    afterEach(closeAll);

    it("leaves the load balancer immediately, and leaves the group when its last client has disconnected", async () => {
      const all = await cluster(kind);
      const { at, group, one, drain } = all;
      serving(one, { localLiveStreams: 1, localHLSViewers: 2 });
      const before = one.events().length;
      group.letGo();
      await waits(all, "2 viewers and 1 publishers");
      await until("a draining gate", () => one.events().includes("gate draining"), drain.log);
      assert.ok(!isOpen(one));
      group.awaits("drain");
      await until("heartbeats", () => group.told.filter((line) => line === "heartbeat drain").length > 1, drain.log);
      assert.deepEqual(completed(all), []);

      serving(one, { localLiveStreams: 0, localWebRTCViewers: 1 });
      await new Promise((resolve) => setTimeout(resolve, 600));
      assert.deepEqual(completed(all), [], drain.log());

      serving(one, {});
      await until("a completed hook", () => completed(all).length > 0, drain.log);
      assert.deepEqual(completed(all), ["complete drain CONTINUE"]);
      await tells(drain, /step=drain state=over reason=idle/);
      await until("its word", () => /state=completed reason=idle/.test(drain.log()), drain.log);
      const status = () => readFileSync(`${one.root}/run/ams-cluster/status-drain`, "utf8");
      await until("its status", () => /state=completed reason=idle/.test(status()), status);
      assert.deepEqual(one.events().slice(before), [
        "gate draining",
        "gate draining",
        "ams shutdown-properly live",
        "systemctl stop antmedia",
      ]);
      assert.deepEqual(listed(at), ["10.0.0.12"], "its record has left the cluster's list");
    });

    it("is released at its deadline, and logs the number of remaining clients", async () => {
      const all = await cluster(kind, { maxSeconds: 2 });
      serving(all.one, { localLiveStreams: 1, localWebRTCViewers: 3 });
      all.group.awaits("drain");
      all.group.letGo();
      await until("a completed hook", () => completed(all).length > 0, all.drain.log);
      await tells(all.drain, /state=over reason="deadline reached with 3 viewers and 1 publishers"/);
    });

    it("stays while it can't count, and no longer than its time", async () => {
      const all = await cluster(kind, { maxSeconds: 3 });
      put(`${all.one.ams}/faults/no-count`, "");
      all.group.awaits("drain");
      all.group.letGo();
      await until("a completed hook", () => completed(all).length > 0, all.drain.log);
      const over =
        /step=count state=failed reason=.*HTTP 500.*state=over reason="deadline reached with an unknown number of clients"/s;
      await tells(all.drain, over);
    });

    it("retries when the cloud's API fails at the beginning or the end of the drain", async () => {
      const all = await cluster(kind);
      serving(all.one, { localLiveStreams: 1 });
      all.group.letGo();
      await waits(all, "0 viewers and 1 publishers");
      all.at.cloud.outages = 4;
      await until("a failure", () => /state=failed reason=.*HTTP 503/.test(all.drain.log()), all.drain.log);
      all.group.awaits("drain");
      await until("a heartbeat", () => all.group.told.includes("heartbeat drain"), all.drain.log);
      serving(all.one, {});
      await until("its end", () => /state=over/.test(all.drain.log()), all.drain.log);
      all.at.cloud.outages = 3;
      await until("a completed hook", () => completed(all).length > 0, all.drain.log);
      assert.deepEqual(completed(all), ["complete drain CONTINUE"]);
    });

    it("continues its drain after the agent is killed or the machine restarts", async () => {
      const all = await cluster(kind, { maxSeconds: 600 });
      const { one, other, group } = all;
      serving(one, { localLiveStreams: 1 });
      group.letGo();
      await waits(all, "0 viewers and 1 publishers");
      const state = () => JSON.parse(readFileSync(`${one.root}/var/lib/ams-cluster/drain.json`, "utf8"));
      const { began, until: end } = state();
      await all.drain.stop();
      const again = one.agent("drain", other);
      await until("an agent that waits again", () => again.log().includes("state=waits"), again.log);
      assert.deepEqual([state().began, state().until], [began, end]);
      assert.ok(!again.log().includes("state=began"));

      await one.powerOff();
      const before = one.events().length;
      group.awaits("drain");
      const main = one.start();
      const third = one.agent("drain", other);
      await until("a completed hook", () => completed(all).length > 0, third.log);
      await tells(third, /state=over reason=idle/);
      assert.ok(
        !one
          .events()
          .slice(before)
          .some((line) => /ams start|gate open/.test(line)),
        one.events().join("\n"),
      );
      assert.ok(main.log().includes("step=stay state=begin"));
    });

    it("drains faster when the cloud reclaims the spot machine", async () => {
      const all = await cluster(kind);
      serving(all.one, { localWebRTCViewers: 5 });
      // Of which the last 20 seconds are for leaving.
      const time = `${new Date(Date.now() + 24_000).toISOString().slice(0, 19)}Z`;
      if (kind === "aws")
        all.at.cloud.metadata.set("spot/instance-action", JSON.stringify({ action: "terminate", time }));
      else all.at.cloud.metadata.set("instance/spot/termination-time", time);
      await until("the end", () => /state=over/.test(all.drain.log()), all.drain.log);
      await tells(all.drain, /state=began reason="the cloud is reclaiming this spot machine" seconds=/);
      const state = JSON.parse(readFileSync(`${all.one.root}/var/lib/ams-cluster/drain.json`, "utf8"));
      assert.equal(state.until * 1000, Date.parse(time) - 20_000);
      await tells(all.drain, /state=over reason="deadline reached with 5 viewers and 0 publishers"/);
      assert.ok(all.one.events().includes("gate draining"));
    });

    it("tells the group of a new machine when it has been admitted, and only then", async () => {
      const at = await site(kind);
      const group = startGroup(kind, at.cloud);
      group.awaits("launch");
      const one = await node(at);
      const main = one.start();
      const drain = one.agent("drain");
      await until("an absent database", () => /step=database state=failed/.test(main.log()), main.log);
      assert.deepEqual(group.told, []);
      await at.databaseUp();
      await until("a completed hook", () => group.told.length > 0, drain.log);
      assert.deepEqual(group.told, ["complete launch CONTINUE"]);
      assert.ok(isOpen(one));
    });
  });
}
