import assert from "node:assert/strict";
import { compare, type StackDiff } from "../../../tools/diff/compare.ts";
import { effectsOf } from "../../../tools/diff/effects/effects.ts";
import { reportOn } from "../../../tools/diff/page/report.ts";
import { terminalText } from "../../../tools/diff/page/terminal.ts";
import { type Tally, tallyOf } from "../../../tools/diff/page/words.ts";
import { planned } from "../../support/planned.ts";

type Stack = "aws" | "alibaba";
const stacks: readonly Stack[] = ["aws", "alibaba"];

const diff = async (stack: Stack, changes: readonly string[]): Promise<StackDiff> =>
  compare(await planned(stack), await planned(stack, changes));

const tally = (create: number, update: number, replace: number, removed: number): Tally => ({
  create,
  update,
  replace,
  delete: removed,
});

const image = { aws: "aws.images.media=ami-0123456789abcdef0", alibaba: "alibaba.images.media=m-gw8abcdefabcdefabcd0" };

/** Alibaba Cloud's groups start new machines from a new template and leave running ones alone; AWS's roll. */
const rolls = (role: string, why: string) => ({
  aws: `rolls the ${role}s by instance refresh, with at least 100 % in service, and drains each machine first: ${why}`,
  alibaba: `new ${role}s start from the changed template; running machines stay in service until scaling removes them, oldest first: ${why}`,
});

describe("The diff of the real stack files", () => {
  for (const stack of stacks) {
    it(`finds nothing on ${stack} where nothing changed, and says so`, async () => {
      const found = await diff(stack, []);
      assert.deepEqual(tallyOf(found), tally(0, 0, 0, 0));
      const report = { title: "", notes: [], stacks: [reportOn(found)] };
      const text = terminalText(report, { paint: (_, part) => part, width: 100 });
      assert.match(text, new RegExp(`^${stack}: no changes$`, "m"));
    });

    it(`updates template and group of the origins on ${stack} for a larger machine, and rolls no edge`, async () => {
      const found = await diff(stack, ["origin.machine=compute-8"]);
      assert.deepEqual(tallyOf(found), tally(0, 2, 0, 0));
      assert.deepEqual(effectsOf(found.resources), [rolls("origin", "machine size, user data")[stack]]);
    });

    it(`adds a zone on ${stack} and replaces nothing of the others`, async () => {
      const found = await diff(stack, ["network.zones[2]=c"]);
      assert.deepEqual(tallyOf(found), { aws: tally(8, 7, 0, 0), alibaba: tally(13, 6, 0, 0) }[stack]);
      const made = found.resources.filter(({ operation }) => operation === "create");
      assert.ok(made.every(({ name }) => name.endsWith("-c")));
    });

    it(`shows on ${stack} that a new image rolls both groups but does not change the database`, async () => {
      const found = await diff(stack, [image[stack]]);
      assert.deepEqual(tallyOf(found), tally(0, 4, 0, 0));
      assert.deepEqual(effectsOf(found.resources), [rolls("origin", "image")[stack], rolls("edge", "image")[stack]]);
    });

    it(`shows on ${stack} each port that an administrator's range opens, and no other`, async () => {
      const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGVCn5vhPSZ3i0Z6mVqyC2AbY8mvJfXz9oLr8t0wB8Qp me@example.com";
      const found = await diff(stack, ["access.adminCidrs[0]=203.0.113.0/24", `access.sshPublicKey=${key}`]);
      const rows = reportOn(found).firewall.map(({ action, direction, group, protocol, ports, peer }) =>
        [action, direction, group, protocol, ports, peer].join(" "),
      );
      assert.deepEqual(rows.sort(), [
        "opens in balancer tcp 4444 203.0.113.0/24",
        "opens in database tcp 22 203.0.113.0/24",
        "opens in edge tcp 22 203.0.113.0/24",
        "opens in origin tcp 22 203.0.113.0/24",
      ]);
    });

    it(`closes on ${stack} to everybody what no listener serves any more`, async () => {
      const found = await diff(stack, ["balancer.rtmp=false"]);
      assert.deepEqual(tallyOf(found), { aws: tally(0, 1, 0, 6), alibaba: tally(0, 0, 0, 8) }[stack]);
      const { firewall } = reportOn(found);
      assert.ok(firewall.length > 0 && firewall.every(({ action, ports }) => action === "closes" && ports === "1935"));
      const [opened] = reportOn(compare(await planned(stack, ["balancer.rtmp=false"]), await planned(stack))).firewall;
      assert.deepEqual([opened?.action, opened?.peer, opened?.isWorld], ["opens", "0.0.0.0/0", true]);
    });

    it(`stops and starts the database machine on ${stack} for a larger one, in place`, async () => {
      const found = await diff(stack, ["database.machine=general-8"]);
      assert.deepEqual(tallyOf(found), tally(0, 1, 0, 0));
      const machine = `ams-${stack}-database`;
      assert.deepEqual(effectsOf(found.resources), [`stops and starts the database machine ${machine}: machine size`]);
    });

    it(`names on ${stack} each member that a larger replica set would stop at once`, async () => {
      const set = ["database.kind=replica-set"];
      const found = compare(await planned(stack, set), await planned(stack, [...set, "database.machine=general-8"]));
      assert.deepEqual(
        effectsOf(found.resources),
        ["", "-2", "-3"].map(
          (member) => `stops and starts the database machine ams-${stack}-database${member}: machine size`,
        ),
      );
    });

    it(`grows one database machine on ${stack} into a replica set, and loses nothing`, async () => {
      const found = await diff(stack, ["database.kind=replica-set"]);
      // The URL in the machines' secret names all members.
      assert.deepEqual(tallyOf(found), { aws: tally(11, 1, 1, 0), alibaba: tally(15, 1, 0, 0) }[stack]);
      assert.deepEqual(effectsOf(found.resources), [
        ...{ aws: ["the running database machine keeps its previous launch template"], alibaba: [] }[stack],
        `creates the database machine ams-${stack}-database-2`,
        `creates the database machine ams-${stack}-database-3`,
        `changes secrets that machines read at boot; running machines keep the old values: ams-${stack}-secrets-media`,
      ]);
    });

    it(`says on ${stack} what becomes of the data when a managed database takes a machine's place, and back`, async () => {
      const managed = ["media.version=3.1.0", "database.kind=managed"];
      const [machine, service] = [await planned(stack), await planned(stack, managed)];
      const of = (found: StackDiff) =>
        effectsOf(found.resources).filter((text) =>
          /the (managed database|database machine|database volume)/.test(text),
        );
      const there = compare(machine, service);
      const database = `ams-${stack}-database`;
      const kept = {
        aws: ": a final snapshot preserves its data",
        alibaba: ": it remains in the cloud with its data, but the stack no longer manages it",
      }[stack];
      assert.deepEqual(of(there).sort(), [
        `creates the managed database ${database}, which is empty`,
        `deletes the database machine ${database}`,
        `deletes the database volume ${database}-data${kept}`,
      ]);
      const refused = there.resources.filter(({ isRefused }) => isRefused).map(({ name }) => name);
      assert.deepEqual(refused.sort(), [database, `${database}-data`, `ams-${stack}-secrets-database`]);
      const gone = { aws: ": a final snapshot preserves its data", alibaba: ", WITH ITS DATA" }[stack];
      assert.deepEqual(of(compare(service, machine)).sort(), [
        `creates the database machine ${database}`,
        `deletes the managed database ${database}${gone}`,
      ]);
    });

    it(`says how large a group gets on ${stack}`, async () => {
      const found = await diff(stack, ["edge.max=20"]);
      assert.deepEqual(tallyOf(found), tally(0, 1, 0, 0));
      assert.deepEqual(effectsOf(found.resources), ["edge group: 2 to 10 machines -> 2 to 20"]);
    });

    it(`shows on ${stack} that the engine refuses to replace protected secrets`, async () => {
      const found = await diff(stack, ["generation=2"]);
      const refused = found.resources.filter(({ isRefused }) => isRefused).map(({ name }) => name);
      assert.deepEqual(refused.sort(), [`ams-${stack}-secrets-database`, `ams-${stack}-secrets-media`]);
      const forced = found.resources.flatMap(({ changes }) => changes.filter(({ verdict }) => verdict === "replace"));
      assert.ok(forced.some(({ path }) => /name/i.test(path)));
    });

    it(`leaves no change on ${stack} of which it doesn't know what the provider does, for everyday changes`, async () => {
      const everyday = [
        "origin.machine=compute-8",
        "network.zones[2]=c",
        image[stack],
        "edge.max=20",
        "tags.team=live",
      ];
      const found = await diff(stack, [...everyday, "balancer.rtmp=false", "database.diskGiB=100"]);
      const unknown = found.resources.flatMap(({ type, changes }) =>
        changes.filter(({ verdict }) => verdict === "unknown").map(({ path }) => `${type} ${path}`),
      );
      assert.deepEqual(unknown, []);
    });
  }

  describe("where Alibaba Cloud rolls by instance refresh", () => {
    const ready = ["alibaba.zonePolicy=priority", "origin.minInServicePercent=100"];
    const refreshed = [...ready, "alibaba.upgrade=instance-refresh"];
    const between = async (before: readonly string[], after: readonly string[]): Promise<StackDiff> =>
      compare(await planned("alibaba", before), await planned("alibaba", after));
    const rolled = [rolls("origin", "image").aws, rolls("edge", "image").aws];

    it("says that a new image rolls both groups, as on AWS, each by a new task", async () => {
      const found = await between(refreshed, [...refreshed, image.alibaba]);
      assert.deepEqual(tallyOf(found), tally(0, 2, 2, 0));
      assert.deepEqual(effectsOf(found.resources), rolled);
      assert.ok(found.resources.every(({ type }) => !type.endsWith(":ScalingGroup")));
    });

    it("says so too where the first task comes with the first image that it rolls", async () => {
      const found = await between(ready, [...refreshed, image.alibaba]);
      assert.deepEqual(tallyOf(found), tally(2, 2, 0, 0));
      assert.deepEqual(effectsOf(found.resources), rolled);
    });

    it("names the share that an edge's roll keeps", async () => {
      const kept = [...refreshed, "edge.minInServicePercent=80"];
      const found = await between(kept, [...kept, "edge.machine=compute-8"]);
      assert.deepEqual(effectsOf(found.resources), [
        "rolls the edges by instance refresh, with at least 80 % in service, and drains each machine first: machine size, user data",
      ]);
    });

    it("warns of a task without a new template, for which the update may fail", async () => {
      const idle = (role: string) =>
        `starts an instance refresh of the ${role}s without a new template: the update fails unless a machine uses an older template`;
      assert.deepEqual(effectsOf((await between(ready, refreshed)).resources), [idle("origin"), idle("edge")]);
      const found = await between(refreshed, [...refreshed, "edge.minInServicePercent=80"]);
      assert.deepEqual(effectsOf(found.resources), [idle("edge")]);
      assert.deepEqual(effectsOf((await between(refreshed, ready)).resources), []);
    });

    it("says that another zone policy replaces the groups, with all their machines", async () => {
      assert.deepEqual(effectsOf((await between([], ready)).resources), [
        "replaces the origin group and all its machines",
        "replaces the edge group and all its machines",
      ]);
    });
  });

  it("moves the whole network on AWS for another range, and says that the database's machine goes", async () => {
    const found = await diff("aws", ["network.cidr=10.64.0.0/16"]);
    const byName = new Map(
      found.resources.map((change) => [`${change.type.split(":").at(-1)} ${change.name}`, change]),
    );
    const vpc = byName.get("Vpc ams-aws-network");
    assert.deepEqual(
      vpc?.changes.map(({ path, verdict }) => `${path} ${verdict}`),
      ["cidrBlock replace"],
    );
    assert.equal(byName.get("Subnet ams-aws-network-media-a")?.operation, "replace");
    assert.equal(byName.get("Instance ams-aws-database")?.isRefused, true);
    const gone =
      "replaces the database machine ams-aws-database: cluster state is unavailable until the new machine is ready";
    assert.ok(effectsOf(found.resources).includes(gone));
    assert.ok(tallyOf(found).replace > 50);
  });
});
