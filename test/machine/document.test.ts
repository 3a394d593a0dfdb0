import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { storedDocument } from "../../model/applications/document.ts";
import { cluster } from "../support/cluster.ts";
import {
  alone,
  becomes,
  click,
  create,
  documentOf,
  drift,
  keep,
  plain,
  publish,
  says,
  settingsOf,
  started,
  streamKey,
  version,
} from "./documents.ts";
import { hurry, put, type Service, tells, until } from "./rig.ts";
import { closeAll, type Node, node, type Site, site } from "./site.ts";

const hls = (seconds: string) => ({ ...plain, settings: { ...plain.settings, hlsTime: seconds } });
const enforced = (seconds: string) => documentOf("enforce", { live: hls(seconds) });
const kept = ({ root }: Node) => `${root}/var/lib/ams-cluster/applications.json`;

/** A node on the second version of a document, by which HLS has segments of four seconds. */
async function settled(at: Site): Promise<{ readonly one: Node; readonly agent: Service }> {
  publish(at, 2, enforced("4"));
  const one = await alone(at);
  const agent = one.agent("applications");
  await becomes(one, { hlsTime: "4" }, "live", agent.log);
  return { one, agent };
}

/** Somebody's change goes, and the last good document is what counts. */
async function holds(one: Node, agent: Service): Promise<void> {
  await click(one, { hlsTime: "9" });
  await becomes(one, { hlsTime: "4" }, "live", agent.log);
  assert.equal(drift(one).version, version(2));
}

const refused: Readonly<Record<string, readonly [publish: (at: Site) => void, reason: RegExp]>> = {
  "a lower version": [(at) => publish(at, 1, enforced("6")), /version \S+1, which is not above/],
  "a version that is none": [(at) => publish(at, 3, enforced("6"), { version: "zzz" }), /does not contain a version/],
  "the same version of another text": [(at) => publish(at, 2, enforced("6")), /version \S+2, which is not above/],
  "a text of another digest": [
    (at) => {
      publish(at, 3, enforced("6"));
      for (const [key, text] of at.cloud.objects)
        if (text.includes('"hlsTime": "6"')) at.cloud.objects.set(key, text.replace('"6"', '"7"'));
    },
    /has the SHA-256 [0-9a-f]{64}: rejected/,
  ],
  "a key outside of its folder": [
    (at) => publish(at, 3, enforced("6"), { key: "agent/x.json" }),
    /does not contain a version/,
  ],
  "half a document": [(at) => publish(at, 3, '{"mode": "enforce", "appl'), /the response is not JSON: \{.{1,2}mode/],
  "a document of another form": [(at) => publish(at, 3, { mode: "enforce", applications: [] }), /of this release/],
  "a pointer that is none": [
    (at) => {
      for (const key of at.cloud.objects.keys()) if (key.endsWith("current.json")) at.cloud.objects.set(key, "<html>");
    },
    /the response is not JSON: <html>/,
  ],
  "a document of another mode": [(at) => publish(at, 3, { ...enforced("6"), mode: "force" }), /of this release/],
  "a document without what closes others": [
    (at) => publish(at, 3, { mode: "enforce", applications: {} }),
    /of this release/,
  ],
  "a name that leads elsewhere": [
    (at) => publish(at, 3, documentOf("enforce", { "../../cluster": plain })),
    /of this release/,
  ],
};

describe("a pointer and its document", () => {
  let at: Site;
  let one: Node;
  let agent: Service;
  before(async () => {
    at = await site();
    ({ one, agent } = await settled(at));
  });
  after(closeAll);

  for (const [what, [change, reason]] of Object.entries(refused)) {
    it(`are rejected and logged as ${what}, and the last valid document remains in effect`, async () => {
      const before = agent.log().length;
      change(at);
      await until("its reason", () => reason.test(agent.log().slice(before)), agent.log, 30);
      assert.match(agent.log().slice(before), /step=document state=failed/);
      await holds(one, agent);
      assert.equal(JSON.parse(readFileSync(kept(one), "utf8")).pointer.version, version(2));
      publish(at, 2, enforced("4"));
      await holds(one, agent);
    });
  }

  it("count again with a higher version", async () => {
    publish(at, 4, enforced("8"));
    await becomes(one, { hlsTime: "8" }, "live", agent.log);
  });
});

describe("the document of the applications", () => {
  afterEach(closeAll);

  for (const kind of ["aws", "alibaba"] as const) {
    it(`remains in effect while the bucket is unavailable, even after a reboot, until there is a newer version: ${kind}`, async () => {
      const at = await site(kind);
      const { one, agent } = await settled(at);
      await tells(agent, /step=applications state=holds node=10\.0\.0\.11 version=\S+2 mode=enforce\n/);
      await until("its state", () => drift(one).unread === false, agent.log);
      at.cloud.bucketsAway = true;
      await tells(agent, /step=document state=failed reason=.*404/);
      await tells(agent, /step=applications state=unread node=10\.0\.0\.11 version=\S+2 mode=enforce reason=.*404/);
      await until("its state", () => drift(one).unread === true, agent.log);
      await holds(one, agent);
      await one.powerOff();
      await started(one);
      const again = one.agent("applications");
      await until("its version", () => drift(one).version === version(2), again.log);
      await holds(one, again);
      at.cloud.bucketsAway = false;
      publish(at, 1, enforced("6"));
      await tells(again, /state=failed reason=.*which is not above/);
      publish(at, 3, enforced("8"));
      await becomes(one, { hlsTime: "8" }, "live", again.log);
      await tells(again, /step=applications state=holds node=10\.0\.0\.11 version=\S+3 mode=enforce\n/);
    });
  }

  it("is reported as unread, repeatedly and with the reason, by a machine that has never been able to read it", async () => {
    const at = await site();
    at.cloud.bucketsAway = true;
    const one = await alone(at);
    hurry(one.root, { startSeconds: 0.5 });
    const agent = one.agent("applications");
    await until("two words", () => (agent.log().match(/state=unread node=\S+ reason=/g)?.length ?? 0) > 1, agent.log);
    assert.deepEqual([drift(one).unread, drift(one).version], [true, undefined]);
  });

  it("is none that an image has from another machine, nor a torn file", async () => {
    const at = await site();
    const { one, agent } = await settled(at);
    const text = readFileSync(kept(one), "utf8");
    await agent.stop();
    at.cloud.bucketsAway = true;
    for (const other of [
      text.replace("i-10.0.0.11", "i-other"),
      text.slice(0, -9),
      "\0".repeat(99),
      "[]",
      '{"machine": 1}',
    ]) {
      put(kept(one), other);
      put(`${one.root}/run/ams-cluster/drift`, "");
      const again = one.agent("applications");
      await tells(again, /step=document state=failed reason=.*404/);
      // What it had would be in its state after the same turn.
      await new Promise((resolve) => setTimeout(resolve, 700));
      await again.stop();
      assert.equal(drift(one).version, undefined);
    }
  });

  it("is the text that the stack puts into its bucket", async () => {
    const at = await site();
    const renditions = [{ height: 480, videoKbps: 900, audioKbps: 64 }];
    const applications = {
      live: { publish: "jwt", play: "open", renditions, hls: false, allowed: ["203.0.113.0/24"] },
      second: { publish: "open", play: "one-time-token", settings: { hlsTime: "4" } },
    };
    keep(at, { live: { jwtStreamSecretKey: streamKey } });
    publish(at, 1, storedDocument(cluster({ applications })).text);
    const one = await alone(at);
    await create(one, "other");
    const agent = one.agent("applications");
    const wanted = { publishJwtControlEnabled: true, jwtStreamSecretKey: streamKey, hlsMuxingEnabled: false };
    await becomes(one, { ...wanted, remoteAllowedCIDR: "127.0.0.1,203.0.113.0/24" }, "live", agent.log);
    await becomes(one, { playTokenControlEnabled: true, hlsTime: "4" }, "second", agent.log);
    await becomes(one, { ingestingStreamLimit: 0, webRTCViewerLimit: 0 }, "other", agent.log);
    await says(one, agent, {});
    const other = { publish: "open", play: "open" };
    publish(at, 2, storedDocument(cluster({ applications: { ...applications, other } })).text);
    const open = { acceptOnlyStreamsInDataStore: false, publishJwtControlEnabled: false, playJwtControlEnabled: false };
    await becomes(one, { ...open, ingestingStreamLimit: -1, webRTCViewerLimit: -1 }, "other", agent.log);
  });

  it("leaves everything alone in mode off", async () => {
    const at = await site();
    publish(at, 1, documentOf("off", {}));
    const one = await alone(at);
    const before = await settingsOf(one);
    const agent = one.agent("applications");
    await until("its version", () => drift(one).version === version(1), agent.log);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.deepEqual(await settingsOf(one), before);
    assert.deepEqual([drift(one).mode, drift(one).drift], ["off", null]);
    assert.ok(existsSync(kept(one)));
  });

  it("waits for AMS's applications: nobody is asked anything before they run", async () => {
    const at = await site();
    publish(at, 1, enforced("4"));
    const one = await node(at);
    // The first look does not wait for the next turn.
    hurry(one.root, { mode: "standalone", applicationsSeconds: 600 });
    one.fault("slow", "2");
    const agent = one.agent("applications");
    const service = one.start();
    await until("its version", () => drift(one).version === version(1), agent.log);
    await until("its application", () => one.events().some((line) => line.startsWith("ams key")), service.log);
    await becomes(one, { hlsTime: "4" }, "live", agent.log);
    assert.ok(!one.events().some((line) => line.includes("touched before its start")));
    assert.doesNotMatch(agent.log(), /state=failed/);
  });
});
