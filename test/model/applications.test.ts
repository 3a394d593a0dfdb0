import assert from "node:assert/strict";
import type { RawConfig } from "../../config/raw.ts";
import { amsSettings } from "../../model/ams/ams-settings.ts";
import { applicationsDocument, storedDocument } from "../../model/applications/document.ts";
import { reservedSettings } from "../../model/applications/reserved.ts";
import { closed, wantedOf } from "../../model/applications/settings.ts";
import { cluster } from "../support/cluster.ts";
import { assertOnlyFault, faultsOf } from "../support/faults.ts";
import { raw } from "../support/raw.ts";

type Keys = Readonly<Record<string, unknown>>;

const one = (keys: Keys): Keys => ({ applications: { live: { publish: "open", ...keys } } });

const withOne = (keys: Keys, rest: Keys = {}): RawConfig => raw({ ...one(keys), ...rest });

/** What the document says of the application `live`. */
const liveOf = (keys: Keys) => applicationsDocument(cluster(one(keys))).applications["live"];

describe("The document of applications", () => {
  it("sets nothing where the stack names no application", () => {
    assert.equal(applicationsDocument(cluster()).mode, "off");
  });

  const keys: readonly [Keys, Keys][] = [
    [{ hls: false }, { hlsMuxingEnabled: false }],
    [{ lowLatencyHls: true }, { lLHLSEnabled: true, dashMuxingEnabled: true }],
    [{ lowLatencyHls: false }, { lLHLSEnabled: false }],
    [{ dash: true }, { dashMuxingEnabled: true }],
    [{ record: { mp4: true, webm: false } }, { mp4MuxingEnabled: true, webMMuxingEnabled: false }],
    [{ record: { keepHls: true, prefix: "a/b" } }, { deleteHLSFilesOnEnded: false, s3StreamsFolderPath: "a/b" }],
    [{ webhook: "https://example.com/hook" }, { listenerHookURL: "https://example.com/hook" }],
    [
      { publishers: 5, viewers: 7 },
      { ingestingStreamLimit: 5, webRTCViewerLimit: 7 },
    ],
    [{ maxHeight: 1080 }, { maxResolutionAccept: 1080 }],
    [{ allowed: ["203.0.113.0/24"] }, { remoteAllowedCIDR: "127.0.0.1,203.0.113.0/24" }],
    [
      { renditions: [{ height: 720, videoKbps: 2000 }] },
      { encoderSettings: [{ height: 720, videoBitrate: 2_000_000, audioBitrate: 96_000, forceEncode: false }] },
    ],
    [{ renditions: [] }, { encoderSettings: [] }],
    // By AMS's names in files, in AMS's types and by its names in REST.
    [{ settings: { dashTargetLatency: 4, gopSize: "50" } }, { targetLatency: "4", gopSize: 50 }],
    [{ settings: { generatePreview: "true", av1Enabled: true } }, { generatePreview: true, av1Enabled: true }],
  ];
  for (const [given, wanted] of keys) {
    it(`has what ${JSON.stringify(given)} means, and nothing else beside the controls`, () => {
      const before = liveOf({})?.settings;
      assert.deepEqual(liveOf(given)?.settings, { ...before, ...wanted });
    });
  }

  it("turns one control on for publishers and one for viewers, and takes back whatever closed the application", () => {
    const kinds = ["open", "jwt", "one-time-token"] as const;
    for (const publish of kinds) {
      for (const play of kinds) {
        const { settings, secrets } = wantedOf(
          cluster({ applications: { a: { publish, play } } }).applications?.["a"] ?? assert.fail(),
        );
        const on = Object.keys(settings).filter((name) => /Control|TimeToken/.test(name) && settings[name] === true);
        assert.equal(on.length, Number(publish !== "open") + Number(play !== "open"), on.join());
        assert.deepEqual(secrets, publish === "jwt" || play === "jwt" ? ["jwtStreamSecretKey"] : []);
        const taken = Object.keys(closed.settings).filter((name) => !(name in settings));
        assert.deepEqual(taken, []);
      }
    }
  });

  it("has another digest when something changes, and the same one again when it is taken back", () => {
    const [plain, other] = [storedDocument(cluster(one({}))), storedDocument(cluster(one({ hls: false })))];
    assert.notEqual(plain.sha256, other.sha256);
    assert.equal(storedDocument(cluster(one({}))).key, plain.key);
  });

  it("names no setting in its list of those that have another place that AMS never had", () => {
    const names = amsSettings()
      .settings.filter(({ scope }) => scope === "application")
      .map(({ name }) => name);
    assert.deepEqual(
      [...reservedSettings.keys()].filter((name) => !names.includes(name)),
      [],
    );
  });
});

describe("The renditions of an audience", () => {
  const applications = {
    small: { publish: "open", renditions: [{ height: 240, videoKbps: 300 }] },
    large: {
      publish: "open",
      renditions: [
        { height: 400, videoKbps: 900 },
        { height: 720, videoKbps: 2000 },
      ],
    },
  };
  const ladder = (audience: Keys): readonly number[] | undefined =>
    cluster({ applications, audience: { publishers: 1, viewers: 1, ...audience } }).audience?.ladder;

  it("are those of the costliest application, by the heights whose cost is known", () =>
    assert.deepEqual(ladder({}), [720, 480]));
  it("are its own where it names some", () => assert.deepEqual(ladder({ ladder: [360] }), [360]));
});

describe("Applications that are refused", () => {
  const refused: readonly [string, RawConfig, RegExp][] = [
    [
      "no word on publishers",
      raw({ applications: { live: {} } }),
      /^ams:applications\.live\.publish: not set; allowed: one of open, jwt/,
    ],
    [
      "a name that AMS refuses",
      raw({ applications: { "a b": { publish: "open" } } }),
      /^ams:applications\["a b"\]: got an invalid name; allowed: a name of 1 to 50/,
    ],
    ["AMS's own root", raw({ applications: { root: { publish: "open" } } }), /other than root/],
    [
      "names that differ by their case",
      raw({ applications: { demo1: { publish: "open" }, Demo1: { publish: "open" } } }),
      /^ams:applications\.Demo1: got "Demo1"; allowed: names that differ in more than capitalization.*config rm --path ams:applications\.Demo1$/,
    ],
    [
      "a webhook without TLS",
      withOne({ webhook: "http://example.com/" }),
      /webhook: got "http:\/\/example\.com\/"; allowed: an HTTPS URL/,
    ],
    [
      "the same height twice",
      withOne({
        renditions: [
          { height: 720, videoKbps: 1 + 99 },
          { height: 720, videoKbps: 200 },
        ],
      }),
      /each height only once/,
    ],
    [
      "low latency without DASH",
      withOne({ lowLatencyHls: true, dash: false }),
      /^ams:applications\.live\.dash: got false; allowed: true, because lowLatencyHls is true/,
    ],
    [
      "a setting with a typed key",
      withOne({ settings: { hlsMuxingEnabled: true } }),
      /settings\.hlsMuxingEnabled: got a setting that has its own configuration key; allowed: ams:applications\.NAME\.hls\. Remove/,
    ],
    ["a secret", withOne({ settings: { jwtSecretKey: "x" } }), /in plain text/],
    ["a program on the node", withOne({ settings: { muxerFinishScript: "/bin/x" } }), /AMS would run the value/],
    [
      "a mistyped setting",
      withOne({ settings: { gopSizes: 50 } }),
      /settings\.gopSizes: got a setting that AMS does not have; .*the closest match is gopSize\. Rename/,
    ],
    [
      "a setting of a newer release",
      withOne({ settings: { av1Enabled: true } }, { media: { version: "2.17.1" } }),
      /av1Enabled was added in 3\.0\.0/,
    ],
    [
      "a word for a number",
      withOne({ settings: { gopSize: "much" } }),
      /settings\.gopSize: got "much"; allowed: a whole number\. Set it with: pulumi config set --path ams:applications\.live\.settings\.gopSize 80$/,
    ],
    [
      "keys without jwt",
      raw(one({}), { secrets: { applicationKeys: JSON.stringify({ live: "k".repeat(32) }) } }),
      /^ams:applicationKeys: got a secret that no application uses/,
    ],
    [
      "a key that is too short",
      raw(one({ play: "jwt" }), { secrets: { applicationKeys: JSON.stringify({ live: "short" }) } }),
      /keys of 32 to 128/,
    ],
    [
      "a key of another application",
      raw(one({ play: "jwt" }), { secrets: { applicationKeys: JSON.stringify({ other: "k".repeat(32) }) } }),
      /^ams:applicationKeys\.other: not set; allowed: keys for applications whose publish or play is jwt \(live\)/,
    ],
  ];
  for (const [what, config, expected] of refused) {
    it(`have ${what}`, () => assertOnlyFault(faultsOf(config), expected));
  }

  it("show no value of a mistyped setting that may be a secret", () => {
    const [fault = "", ...more] = faultsOf(withOne({ settings: { generatePreviewToken: "hunter2hunter2" } }));
    assert.deepEqual(more, []);
    assert.match(fault, /the closest match is .*Remove it with/);
    assert.doesNotMatch(fault, /hunter2/);
  });

  it("are none with a key that nobody can read offline, and with a release newer than the table", () => {
    assert.deepEqual(faultsOf(raw(one({ play: "jwt" }), { secrets: { applicationKeys: undefined } })), []);
    assert.deepEqual(faultsOf(withOne({ settings: { brandNew: 1 } }, { media: { version: "99.0.0" } })), []);
  });
});
