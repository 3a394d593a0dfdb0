import assert from "node:assert/strict";
import {
  alone,
  applicationsOf,
  becomes,
  click,
  create,
  documentOf,
  drift,
  fault,
  keep,
  live,
  plain,
  publish,
  says,
  settingsOf,
  started,
  streamKey,
  version,
} from "./documents.ts";
import { tells, until } from "./rig.ts";
import { closeAll, node, secretOf, site } from "./site.ts";

const keys = { live: { jwtStreamSecretKey: streamKey } };
const { clusterKey } = secretOf("");
const posts = (events: readonly string[]) => events.filter((line) => /^ams (settings of|makes)/.test(line));

describe("the applications of the document", () => {
  afterEach(closeAll);

  for (const kind of ["aws", "alibaba"] as const) {
    it(`are put back key by key when somebody changes them, and other keys are left alone: ${kind}`, async () => {
      const at = await site(kind);
      keep(at, keys);
      publish(at, 1, documentOf("enforce", { live }));
      const one = await alone(at);
      await click(one, { dashMuxingEnabled: true, customSettings: { mine: 1 } });
      const before = await settingsOf(one);
      const agent = one.agent("applications");
      await becomes(one, { hlsMuxingEnabled: false, jwtStreamSecretKey: streamKey }, "live", agent.log);
      await says(one, agent, {});

      await click(one, { hlsMuxingEnabled: true, encoderSettings: [], publishJwtControlEnabled: false });
      await becomes(one, { hlsMuxingEnabled: false, publishJwtControlEnabled: true }, "live", agent.log);
      await tells(agent, /state=restores app=live keys=encoderSettings,hlsMuxingEnabled,publishJwtControlEnabled/);
      const after = await settingsOf(one);
      const [rendition] = after["encoderSettings"] as readonly Readonly<Record<string, unknown>>[];
      assert.deepEqual([rendition?.["height"], rendition?.["videoBitrate"]], [720, 2_000_000]);
      const ours = new Set([...Object.keys(live.settings), ...live.secrets, "encoderSettingsString", "updateTime"]);
      const rest = (settings: object) => Object.entries(settings).filter(([key]) => !ours.has(key));
      assert.deepEqual(rest(after), rest(before));
      const written = posts(one.events()).length;
      await tells(agent, /state=version version=\S+ mode=enforce/);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      assert.equal(posts(one.events()).length, written, "what is as it should be is not written");
    });
  }

  it("are not changed in report mode, and each difference is logged", async () => {
    const at = await site();
    keep(at, keys);
    publish(at, 1, documentOf("report", { live, second: plain }));
    const one = await alone(at);
    await create(one, "other");
    const before = posts(one.events()).length;
    const agent = one.agent("applications");
    await says(one, agent, {
      second: ["missing"],
      live: ["encoderSettings", "hlsMuxingEnabled", "jwtStreamSecretKey", "publishJwtControlEnabled"],
      other: ["open"],
    });
    assert.deepEqual([drift(one).drift, drift(one).mode, drift(one).version], [6, "report", version(1)]);
    await tells(agent, /state=differs app=live keys=encoderSettings,hlsMuxingEnabled/);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.equal(posts(one.events()).length, before);
    assert.equal(agent.log().match(/state=differs app=live/g)?.length, 1, "the same is said once");
  });

  it("are made with the cluster's key and what the image's have, and reach every node without a new machine", async () => {
    const at = await site();
    await at.databaseUp();
    const known = { recordingsBucket: "recordings", recordingsAccessKey: "key-of-it", recordingsPermission: "private" };
    const secret = { ...secretOf(at.url), ...known, recordingsSecretKey: "a+b/c=\\d" };
    at.cloud.secrets.set("aws:ams-test-media-1", JSON.stringify(secret));
    publish(at, 1, documentOf("enforce", { live: plain, second: plain }));
    const [one, two] = [await node(at, "10.0.0.11"), await node(at, "10.0.0.12")];
    for (const each of [one, two]) await started(each);
    const [first, other] = [one.agent("applications", two), two.agent("applications", one)];
    const recordings = { s3RecordingEnabled: true, s3BucketName: "recordings", s3Permission: "private" };
    const wanted = { clusterCommunicationKey: clusterKey, hlsTime: "4", ...recordings };
    for (const each of [one, two]) await becomes(each, wanted, "second", first.log);
    await says(one, first, {});
    await until("a look of the second", () => drift(two).version !== undefined, other.log);
    assert.equal(drift(two).applications, null, "the second looks at nothing");
    assert.equal(drift(two).version, version(1));

    publish(at, 2, documentOf("enforce", { live: plain, second: { ...plain, settings: { hlsTime: "6" } } }));
    for (const each of [one, two]) await becomes(each, { hlsTime: "6" }, "second", first.log);
    // Whoever changes something on the other node meets the first.
    await click(two, { hlsTime: "9" }, "second");
    for (const each of [one, two]) await becomes(each, { hlsTime: "6" }, "second", first.log);
    assert.deepEqual(posts(two.events()), ["ams settings of second written"], "the first node alone writes");
    assert.equal(one.events().filter((line) => line === "ams makes second").length, 1);

    // The first goes, and the second goes on.
    await one.powerOff();
    await until("the second as the first", () => drift(two).applications !== null, other.log);
    await click(two, { hlsTime: "9" }, "second");
    await becomes(two, { hlsTime: "6" }, "second", other.log);
  });

  it("are not created again by a node that does not have them yet, because doing so would delete their settings", async () => {
    const at = await site();
    await at.databaseUp();
    publish(at, 1, documentOf("enforce", { live: plain, second: plain }));
    const [one, two] = [await node(at, "10.0.0.11"), await node(at, "10.0.0.12")];
    for (const each of [one, two]) await started(each);
    one.fault("apart");
    await create(two, "second");
    const agent = one.agent("applications", two);
    await tells(agent, /step=application-second state=failed reason=".*not created: 10\.0\.0\.12 has it/);
    assert.ok(!one.events().includes("ams makes second"));
    one.well("apart");
    for (const each of [one, two]) await becomes(each, { hlsTime: "4" }, "second", agent.log);
  });

  it("accept neither publishers nor viewers while the document does not list them", async () => {
    const at = await site();
    keep(at, keys);
    publish(at, 1, documentOf("enforce", { live }));
    const one = await alone(at);
    await create(one, "other");
    const agent = one.agent("applications");
    await becomes(one, { acceptOnlyStreamsInDataStore: true, ingestingStreamLimit: 0 }, "other", agent.log);
    await tells(agent, /state=closes app=other/);
    const shut = await settingsOf(one, "other");
    assert.match(String(shut["jwtStreamSecretKey"]), /^[0-9a-f]{64}$/);
    assert.equal(shut["clusterCommunicationKey"], clusterKey);
    await says(one, agent, {});
    await click(one, { ingestingStreamLimit: 5 }, "other");
    await becomes(one, { ingestingStreamLimit: 0 }, "other", agent.log);

    publish(at, 2, documentOf("enforce", { live, other: plain }));
    await becomes(one, { ...plain.settings }, "other", agent.log);
    // One that leaves the document is closed, and stays.
    publish(at, 3, documentOf("enforce", { other: plain }));
    await becomes(one, { ingestingStreamLimit: 0 }, "live", agent.log);
    assert.deepEqual(await applicationsOf(one), ["live", "other"]);
  });

  it("are not made under a name that AMS breaks on", async () => {
    const at = await site();
    publish(at, 1, documentOf("enforce", { Live: plain, live: plain, "second-2": plain }));
    const one = await alone(at);
    const agent = one.agent("applications");
    await says(one, agent, { Live: ["missing"], "second-2": ["missing"] });
    await tells(agent, /step=application-Live state=failed reason=".*live exists, and its name differs only in case/);
    await tells(agent, /step=application-second-2 state=failed reason=".*the number at the end of its name/);
    assert.ok(!one.events().some((line) => line.startsWith("ams makes")));
  });

  it("keep other changes that are made between the agent's read and its write", async () => {
    const at = await site();
    publish(at, 1, documentOf("enforce", { live: plain }));
    const one = await alone(at);
    fault(one, "click", { name: "live", settings: { dashMuxingEnabled: true } });
    const agent = one.agent("applications");
    // The first to read is the program.
    await until("a write", () => posts(one.events()).length > 0, agent.log);
    await becomes(one, { hlsTime: "4", dashMuxingEnabled: true }, "live", agent.log);
    await says(one, agent, {});
    assert.equal((await settingsOf(one))["dashMuxingEnabled"], true);
  });

  it("are correct after the next run if a node fails immediately after a write", async () => {
    const at = await site();
    publish(at, 1, documentOf("enforce", { live: plain, second: plain }));
    const one = await alone(at);
    one.fault("mute");
    const agent = one.agent("applications");
    await until("a write", () => posts(one.events()).some((line) => line.endsWith("written")), agent.log);
    await agent.stop();
    one.well("mute");
    // What it made is there, with nothing but its defaults.
    await create(one, "second");
    const again = one.agent("applications");
    const wanted = { hlsTime: "4", clusterCommunicationKey: clusterKey };
    for (const name of ["live", "second"]) await becomes(one, wanted, name, again.log);
    await says(one, again, {});
  });

  it("that AMS does not take are said, with a reason and without an end of attempts", async () => {
    const at = await site();
    const settings = { hlsListSize: "3", playJwtControlEnabled: true };
    publish(at, 1, documentOf("enforce", { live: { settings: { hlsListSize: "3" }, secrets: [] } }));
    const one = await alone(at);
    const agent = one.agent("applications");
    await says(one, agent, { live: ["hlsListSize"] });
    await new Promise((resolve) => setTimeout(resolve, 2000));
    assert.ok(posts(one.events()).length < 5, "ever less often");
    await click(one, { playTokenControlEnabled: true });
    publish(at, 2, documentOf("enforce", { live: { settings, secrets: ["jwtStreamSecretKey"] } }));
    await tells(agent, /step=application-live state=failed reason=".*the secret has no applications\.live\.jwtStream/);
    keep(at, keys);
    await tells(agent, /step=application-live state=failed reason=".*AMS did not accept .*playJwtControlEnabled/);
    await click(one, { playTokenControlEnabled: false });
    await becomes(one, { playJwtControlEnabled: true }, "live", agent.log);
  });

  it("get a secret that is new without another document", async () => {
    const at = await site();
    keep(at, keys);
    publish(at, 1, documentOf("enforce", { live }));
    const one = await alone(at);
    const agent = one.agent("applications");
    await becomes(one, { jwtStreamSecretKey: streamKey }, "live", agent.log);
    const other = `another${streamKey}`;
    keep(at, { live: { jwtStreamSecretKey: other } });
    await becomes(one, { jwtStreamSecretKey: other }, "live", agent.log);
  });

  it("show their secrets in no log and no state", async () => {
    const at = await site();
    keep(at, { live: { jwtStreamSecretKey: `${streamKey}"+/` } });
    const bad = { ...live.settings, ingestingStreamLimit: `${streamKey}"+/` };
    publish(at, 1, documentOf("enforce", { live: { ...live, settings: bad } }));
    const one = await alone(at);
    await create(one, "other");
    const agent = one.agent("applications");
    await tells(agent, /step=application-live state=failed reason=.*HTTP 400/);
    await becomes(one, { ingestingStreamLimit: 0 }, "other", agent.log);
    const made = String((await settingsOf(one, "other"))["jwtStreamSecretKey"]);
    // AMS says the text that it does not take.
    const closing = { settings: {}, secrets: ["webRTCViewerLimit"] };
    publish(at, 2, { ...documentOf("enforce", { live }), closed: closing });
    await tells(agent, /step=application-other state=failed reason=.*HTTP 400/);
    const told = [...at.cloud.logs.values()].flat().join("\n") + agent.log() + JSON.stringify(drift(one));
    for (const secret of [streamKey, made, clusterKey, secretOf("").jwtKey]) {
      for (let from = 0; from + 8 <= secret.length; from += 4)
        assert.ok(!told.includes(secret.slice(from, from + 8)), told);
    }
  });
});
