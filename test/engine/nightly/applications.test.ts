import assert from "node:assert/strict";
import { applicationsOf, becomes, click, create, drift, started } from "../../machine/documents.ts";
import { until } from "../../machine/rig.ts";
import { closeAll, type Node, type Site, site } from "../../machine/site.ts";
import { makers, tokensFor } from "../../machine/tokens.ts";
import type { Cloud } from "../../support/cloud/server.ts";
import { clouds } from "../../support/contract.ts";
import { quick, startOnEngine } from "../../support/on-engine.ts";
import { type StackUnderTest, succeeded } from "../../support/stack.ts";
import { carry, factsOf, machine, round, secretOf, templateOf } from "./machines.ts";

const regions = { aws: "ap-south-1", alibaba: "eu-central-1" } as const;

/** What of a run is the document's own: another version, another object and the pointer to it. */
const ofTheDocument = /^(create-replacement|replace|delete-replaced|update) \S+-agent-applications(-pointer)?$/;

/** The one rendition of `live`, as AMS's REST shows it. */
const rendition = (height: number) => ({
  encoderSettings: [{ height, videoBitrate: 2_000_000, audioBitrate: 96_000, forceEncode: false }],
});

/** What a node has been told to do to applications. */
const told = (node: Node): readonly string[] => node.events().filter((line) => /^ams (settings of|makes)/.test(line));

/** HTTP's status for a publisher by WHIP. */
async function publishes({ url }: Node, app: string, stream: string, token = ""): Promise<number> {
  const headers = { "Content-Type": "application/sdp", ...(token === "" ? {} : { Authorization: `Bearer ${token}` }) };
  return (await fetch(`${url}/${app}/whip/${stream}`, { method: "POST", headers, body: "v=0" })).status;
}

/** HTTP's status for a player of HLS; 404 for one who may play a stream that nobody publishes. */
const plays = async ({ url }: Node, app: string, stream: string, token = ""): Promise<number> =>
  (await fetch(`${url}/${app}/streams/${stream}.m3u8${token === "" ? "" : `?token=${token}`}`)).status;

/** An application that is new refuses everybody until it runs. */
async function answers(ask: () => Promise<number>, status: number): Promise<void> {
  const end = Date.now() + 30_000;
  while ((await ask()) !== status && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(await ask(), status);
}

for (const name of clouds) {
  describe(`The applications of a stack of ${name} and of its machines`, () => {
    const region = regions[name];
    let cloud: Cloud;
    let stack: StackUnderTest;
    let close: (() => void) | undefined;
    let at: Site;
    let one: Node;
    let two: Node;

    before(async () => {
      ({ cloud, stack, close } = await startOnEngine({ stack: name, ...quick }));
      for (const key of ["publish", "play"]) stack.set(`ams:applications.live.${key}`, "jwt");
      stack.set("ams:applications.live.renditions[0].height", "720");
      stack.set("ams:applications.live.renditions[0].videoKbps", "2000");
      stack.set("ams:applications.events.publish", "open");
      succeeded(await stack.up());
      at = await site(name, undefined, region);
      await at.databaseUp();
      carry(cloud, at, region);
      [one, two] = [await machine(cloud, at, "10.0.0.11"), await machine(cloud, at, "10.0.0.12")];
      for (const each of [one, two]) await started(each);
      await round(one, two);
      await round(two, one);
    });

    after(async () => {
      await closeAll();
      close?.();
    });

    const key = (): string => secretOf(cloud).applications["live"]?.["jwtStreamSecretKey"] ?? "";

    it("are there after one look of the first node, on both nodes, with the keys of the stack's secret", async () => {
      for (const each of [one, two]) {
        assert.deepEqual(await applicationsOf(each), ["events", "live"]);
        await becomes(each, { publishJwtControlEnabled: true, jwtStreamSecretKey: key() });
        await becomes(each, { publishJwtControlEnabled: false, playJwtControlEnabled: false }, "events");
        await becomes(each, rendition(720));
      }
      assert.deepEqual([drift(one).applications, drift(two).applications], [{}, null]);
      assert.equal(drift(one).version, drift(two).version);
      // Two looks and a failure are within two minutes.
      assert.ok(3 * factsOf(cloud).applicationsSeconds <= 120);
    });

    it("take publishers and players with the right token, and refuse them with any other", async () => {
      for (const [who, make] of Object.entries(await makers())) {
        for (const [what, { token, taken }] of Object.entries(tokensFor(make, key(), "s1", "publish")))
          assert.equal(await publishes(two, "live", "s1", token), taken ? 201 : 403, `to publish: ${what} of ${who}`);
        for (const [what, { token, taken }] of Object.entries(tokensFor(make, key(), "s1", "play")))
          assert.equal(await plays(two, "live", "s1", token), taken ? 404 : 403, `to play: ${what} of ${who}`);
      }
      assert.deepEqual([await publishes(one, "events", "s1"), await plays(one, "events", "s1")], [201, 404]);
    });

    it("take neither publishers nor players that the file does not name", async () => {
      await create(two, "other");
      await answers(() => publishes(one, "other", "s1"), 201);
      assert.equal(await plays(one, "other", "s1"), 404);
      await round(one, two);
      for (const each of [one, two]) {
        await becomes(each, { acceptOnlyStreamsInDataStore: true }, "other");
        const [make] = Object.values(await makers());
        const token = make?.(key(), "s1", "publish", 60);
        assert.deepEqual(
          [await publishes(each, "other", "s1"), await publishes(each, "other", "s1", token)],
          [403, 403],
        );
        assert.equal(await plays(each, "other", "s1"), 403);
      }
      assert.deepEqual(drift(one).applications, {});
    });

    it("get back what somebody clicks away, with one look", async () => {
      await click(two, { publishJwtControlEnabled: false, dashMuxingEnabled: true });
      await becomes(one, { publishJwtControlEnabled: false });
      assert.equal(await publishes(one, "live", "s1"), 201);
      await round(one, two);
      for (const each of [one, two]) {
        await becomes(each, { publishJwtControlEnabled: true, dashMuxingEnabled: true });
        assert.equal(await publishes(each, "live", "s1"), 403);
      }
    });

    it("get another rendition from the next update, which changes nothing of a machine", async () => {
      const [template, before] = [templateOf(cloud), drift(one).version ?? ""];
      stack.set("ams:applications.live.renditions[0].height", "480");
      const { steps } = succeeded(await stack.up());
      const others = steps.map(({ op, name: on }) => `${op} ${on}`).filter((step) => !ofTheDocument.test(step));
      assert.deepEqual(others, []);
      assert.equal(templateOf(cloud), template);
      carry(cloud, at, region);
      await round(one, two);
      await round(two, one);
      for (const each of [one, two]) {
        await becomes(each, rendition(480));
        assert.ok((drift(each).version ?? "") > before, "a higher version");
      }
    });

    it("are as they should be after a node that dies between its write and its look at it", async () => {
      const writes = (): number => told(one).length;
      await click(one, { playJwtControlEnabled: false, hlsMuxingEnabled: false });
      const before = writes();
      one.fault("mute");
      await round(one, two, () => writes() > before);
      await one.powerOff();
      const agent = two.agent("applications", one);
      await until(
        "the second as the first",
        () => Object.keys(drift(two).applications ?? { x: 1 }).length === 0,
        agent.log,
      );
      await becomes(two, { playJwtControlEnabled: true, publishJwtControlEnabled: true, hlsMuxingEnabled: false });
      await becomes(two, rendition(480));
      await agent.stop();
    });

    if (name === "aws")
      it("stand in a network that takes IPv6 and leaves it again, without a difference after it", async () => {
        stack.set("ams:balancer.ipv6", "true");
        const on = succeeded(await stack.up()).steps.map(({ op, name: of }) => `${op} ${of}`);
        for (const step of ["update ams-aws-network", "update ams-aws-web", "create ams-aws-network-public-ipv6"])
          assert.ok(on.includes(step), `${step} of ${on}`);
        assert.deepEqual(
          on.filter((step) => /^(delete|replace|create-replacement) /.test(step)),
          [],
        );
        assert.deepEqual(succeeded(await stack.up()).steps, []);
        stack.unset("ams:balancer.ipv6");
        const off = succeeded(await stack.up()).steps.map(({ op, name: of }) => `${op} ${of}`);
        assert.ok(off.includes("delete ams-aws-network-public-ipv6"), `${off}`);
        assert.ok(!off.some((step) => /replace/.test(step)), `${off}`);
        assert.deepEqual(succeeded(await stack.up()).steps, []);
      });

    it("are left as somebody clicks them in report mode, and said", async () => {
      stack.set("ams:applicationsMode", "report");
      succeeded(await stack.up());
      carry(cloud, at, region);
      await click(two, { publishJwtControlEnabled: false });
      await create(two, "another");
      const before = told(two);
      // The first has gone: nobody but the second looks once its record is as old as a dead node's.
      const agent = two.agent("applications", one);
      const found = { another: ["open"], live: ["publishJwtControlEnabled"] };
      await until(
        "its words",
        () => JSON.stringify(drift(two).applications) === JSON.stringify(found),
        () => `${JSON.stringify(drift(two))}\n${agent.log()}`,
      );
      await agent.stop();
      const { mode, drift: count } = drift(two);
      assert.deepEqual([mode, count], ["report", 2]);
      assert.deepEqual(told(two), before);
      for (const app of ["live", "another"]) await answers(() => publishes(two, app, "s1"), 201);
    });
  });
}
