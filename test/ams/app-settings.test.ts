import assert from "node:assert/strict";
import { live } from "../machine/documents.ts";
import { library, put, remove, run, standIn, unpack } from "../machine/rig.ts";
import { asked } from "./classes.ts";

type Settings = Readonly<Record<string, unknown>>;

const root = unpack("origin");
after(() => remove(root));

/** What AMS's own class makes of bodies, in their order: settings as its REST shows them, or undefined where it refuses one. */
function ofAms(bodies: readonly string[]): readonly (Settings | undefined)[] {
  put(`${root}/bodies`, `${bodies.join("\n")}\n`);
  const answers = asked("bodies", `${root}/bodies`);
  return bodies.map((_, index) => {
    const text = answers.get(`${index}`) ?? "";
    return text === "refused" ? undefined : JSON.parse(text);
  });
}

function python<Result>(folder: string, program: string, input: unknown): Result {
  const words = ["-c", `import json, sys\nsys.path.insert(0, "${folder}")\n${program}`];
  const done = run("python3", words, { AMS_CLUSTER_ROOT: root, AMS_TEST_STORE: root }, JSON.stringify(input));
  assert.equal(done.status, 0, done.all);
  return JSON.parse(done.out);
}

/** The same of the stand-in. */
const ofStandIn = (bodies: readonly string[]): readonly (Settings | null)[] =>
  python(
    standIn,
    `
import ams_settings
def one(body):
    try:
        return ams_settings.shown(ams_settings.read(json.loads(body)))
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
print(json.dumps([one(body) for body in json.load(sys.stdin)]))`,
    bodies,
  );

/** What a media machine posts for settings that it has read and those that it wants. */
const posted = (settings: Settings, wanted: Settings): Settings =>
  python(
    library(root),
    `
import wanted
print(json.dumps(wanted.merged(*json.load(sys.stdin))))`,
    [settings, wanted],
  );

const differing = (wanted: Settings, settings: Settings): readonly string[] =>
  python(
    library(root),
    `
import wanted
print(json.dumps(wanted.differences(*json.load(sys.stdin))))`,
    [wanted, settings],
  );

/** Each of the two is random, and another one each time. */
const random = ["clusterCommunicationKey", "subscriberAuthenticationKey"];
const renditions = { encoderSettings: live.settings["encoderSettings"] };

const bodies: Readonly<Record<string, string>> = {
  nothing: "{}",
  "another name": '{"noSuchSetting": 1}',
  "a number as a text": '{"ingestingStreamLimit": "5"}',
  "a text for a number": '{"ingestingStreamLimit": "five"}',
  "a switch for a number": '{"ingestingStreamLimit": true}',
  "a number for a text": '{"hlsTime": 2}',
  "an object for a text": '{"hlsTime": {}}',
  "a word for a switch": '{"hlsMuxingEnabled": "maybe"}',
  "a switch as a text": '{"hlsMuxingEnabled": "false"}',
  "a text for a list": '{"encoderSettings": "720"}',
  nulls: '{"hlsMuxingEnabled": null, "hlsTime": null, "ingestingStreamLimit": null}',
  renditions: JSON.stringify(renditions),
  "renditions after their text": JSON.stringify({ encoderSettingsString: "", ...renditions }),
  "renditions before their text": JSON.stringify({ ...renditions, encoderSettingsString: "" }),
  "renditions in the older form": '{"encoderSettingsString": "480,500000,32000"}',
  "a map": '{"customSettings": {"a": [1]}}',
  "a fraction": '{"abrUpScalePacketLostRatio": 0.3}',
};

describe("Ant Media Server's own class of an application's settings", () => {
  it("reads bodies as the stand-in does: defaults for what is absent, nothing of what it does not know", () => {
    const texts = Object.values(bodies);
    const [real, ours] = [ofAms(texts), ofStandIn(texts)];
    for (const [index, what] of Object.keys(bodies).entries()) {
      const [theirs, own] = [real[index], ours[index] ?? undefined];
      assert.equal(theirs === undefined, own === undefined, `${what} is refused by one alone`);
      if (theirs === undefined || own === undefined) continue;
      for (const key of Object.keys(own)) {
        if (random.includes(key)) assert.match(String(theirs[key]), /^[A-Za-z0-9]{32}$/);
        // Its text has no order of keys.
        else if (key !== "encoderSettingsString") assert.deepEqual(own[key], theirs[key], `${key} of ${what}`);
      }
    }
    const keys = random.map((key) => [real[0]?.[key], real[1]?.[key]]);
    for (const [one, other] of keys) assert.notEqual(one, other, "a default that is random");
  });

  it("has what the document names after a post of the whole, in whatever order, and all else as it was", () => {
    const [defaults = {}] = ofAms(['{"customSettings": {"mine": 1}, "encoderSettingsString": "480,500000,32000"}']);
    const wanted = { ...live.settings, jwtStreamSecretKey: "k".repeat(32), hlsTime: "4", maxResolutionAccept: 1080 };
    for (const order of [Object.entries(defaults), Object.entries(defaults).reverse()]) {
      const before = Object.fromEntries(order);
      assert.deepEqual(differing(wanted, before).length, 6);
      const [after = {}] = ofAms([JSON.stringify(posted(before, wanted))]);
      assert.deepEqual(differing(wanted, after), []);
      const rest = (settings: Settings) =>
        Object.entries(settings).filter(([key]) => !(key in wanted) && key !== "encoderSettingsString");
      assert.deepEqual(Object.fromEntries(rest(after)), Object.fromEntries(rest(before)));
    }
  });

  it("says values that differ in their form alone, which are no difference", () => {
    const wanted = { hlsTime: 4, ingestingStreamLimit: "7", abrUpScalePacketLostRatio: 0.3, recordingSubfolder: "" };
    const [found = {}] = ofAms([JSON.stringify({ ...wanted, recordingSubfolder: null })]);
    assert.deepEqual([found["hlsTime"], found["ingestingStreamLimit"], found["recordingSubfolder"]], ["4", 7, null]);
    assert.deepEqual(differing(wanted, found), []);
    const others = { hlsTime: 5, ingestingStreamLimit: 8, abrUpScalePacketLostRatio: 0.31, recordingSubfolder: "x" };
    assert.deepEqual(differing(others, found), Object.keys(others).sort());
    assert.deepEqual(differing({ hlsMuxingEnabled: 1, noSuchSetting: false }, found), [
      "hlsMuxingEnabled",
      "noSuchSetting",
    ]);
  });
});
