import assert from "node:assert/strict";
import { tokenApplications, tokenProgram } from "../../model/traffic/play-tokens.ts";
import { type Answer, handlerOf } from "../cdn/edge-function.ts";
import { streamKey } from "../machine/documents.ts";
import { put, remove, run, standIn, unpack } from "../machine/rig.ts";
import { makers, tokensFor } from "../machine/tokens.ts";
import { asked } from "./classes.ts";

const root = unpack("origin");
after(() => remove(root));

const settings = { playJwtControlEnabled: true, jwtStreamSecretKey: streamKey };

/** A player's request: the path of a file, and a token. */
type Request = readonly [path: string, token: string | undefined];

/** What AMS's own filter answers. */
function ofAms(requests: readonly Request[], known: object = settings): readonly (number | undefined)[] {
  put(`${root}/settings.json`, JSON.stringify(known));
  put(`${root}/requests`, requests.map(([path, token = ""]) => `${path}\t${token}\n`).join(""));
  const answers = asked("play", `${root}/settings.json`, `${root}/requests`);
  return requests.map((_, index) => Number(answers.get(`${index}`)));
}

/** What the stand-in answers, each time to a new session. */
function ofStandIn(requests: readonly Request[], known: object = settings): readonly number[] {
  const program = `
import json, sys
sys.path.insert(0, "${standIn}")
import ams_doors, ams_settings
known, requests = json.load(sys.stdin)
doors = lambda path, token: ams_doors.Doors().plays(known, ams_doors.stream_of(path.split("/")[-1]), token, "session")
known = {**ams_settings.DEFAULTS, **known}
print(json.dumps([200 if doors(*one) else 403 for one in requests]))`;
  const all = requests.map(([path, token]) => [path, token ?? null]);
  const done = run("python3", ["-c", program], { AMS_CLUSTER_ROOT: root }, JSON.stringify([known, all]));
  assert.equal(done.status, 0, done.all);
  return JSON.parse(done.out);
}

describe("Ant Media Server's own filter of players, with a token service after its guide", () => {
  it("takes the right tokens of the command and of the page's backend, and no others, as the stand-in does", async () => {
    const given = Object.entries(await makers()).flatMap(([who, make]) =>
      Object.entries(tokensFor(make, streamKey, "s1", "play")).map(([what, one]) => ({
        what: `${who}: ${what}`,
        ...one,
      })),
    );
    const requests = given.map(({ token }): Request => ["/live/streams/s1.m3u8", token]);
    const wanted = given.map(({ what, taken }) => [what, taken ? 200 : 403]);
    for (const answers of [ofAms(requests), ofStandIn(requests)])
      assert.deepEqual(
        given.map(({ what }, index) => [what, answers[index]]),
        wanted,
      );
  });

  it("finds the stream in each file of HLS, as the stand-in does", async () => {
    const [make] = Object.values(await makers());
    assert.ok(make);
    const token = make(streamKey, "my_s1", "play", 60);
    const files = {
      "my_s1.m3u8": 200,
      "my_s1_adaptive.m3u8": 200,
      "my_s1_720p2000kbps.m3u8": 200,
      "my_s1_720p.m3u8": 200,
      "my_s1000000001.ts": 200,
      "my_s1_480p900kbps000000012.ts": 200,
      // Fragmented MP4 does not play with tokens: AMS takes its first part for another stream.
      "my_s1_1764460800000_init.mp4": 403,
      "my_s12.m3u8": 403,
      "other000000001.ts": 403,
      "index.html": 403,
    };
    const requests = Object.keys(files).map((file): Request => [`/live/streams/${file}`, token]);
    for (const answers of [ofAms(requests), ofStandIn(requests)])
      assert.deepEqual(Object.fromEntries(Object.keys(files).map((file, index) => [file, answers[index]])), files);
  });

  it("asks nobody for a token whose application does not want one", () => {
    const request: Request = ["/live/streams/s1.m3u8", undefined];
    const open = { ...settings, playJwtControlEnabled: false };
    assert.deepEqual([ofAms([request], open), ofStandIn([request], open)], [[200], [200]]);
  });

  for (const suffix of ["%09d", "-%Y%m%d-%s"])
    it(`takes what the CDN shows it for each file that the CDN opens, with the suffix ${suffix}`, async () => {
      const format = { hlsSegmentFileSuffixFormat: suffix };
      const live = { publish: "jwt", play: "jwt", settings: format } as const;
      const handler = handlerOf(tokenProgram(tokenApplications({ live })), { live: streamKey });
      const [make] = Object.values(await makers());
      assert.ok(make);
      const end = suffix === "%09d" ? "000000001" : "-20261130-1764500000";
      const renditions = ["", "_720p", "_900kbps", "_480p900kbps"];
      // Of one stream, and of others whose names begin alike or look like a rendition's.
      const names = ["s1", "s12", "s1_720p", "my_s1", "1234", "s1_", "s1__2", "mystreams"];
      const files = names.flatMap((name) => [
        `${name}_adaptive.m3u8`,
        `${name}_init.mp4`,
        `${name}/${name}.mpd`,
        `${name}/chunk-0-1.m4s`,
        ...renditions.flatMap((rendition) => [`${name}${rendition}.m3u8`, `${name}${rendition}${end}.ts`]),
      ]);
      const asked = await Promise.all(
        [...new Set(files)].flatMap((file) =>
          names.map(async (name) => {
            const uri = `/live/streams/${make(streamKey, name, "play", 60)}/${file}`;
            return { name, file, answer: await handler({ uri, querystring: {} }) };
          }),
        ),
      );
      const opened = asked.filter(
        (one): one is typeof one & { answer: Exclude<Answer, { statusCode: number }> } => !("statusCode" in one.answer),
      );
      const taken = ofAms(
        opened.map(({ answer }): Request => [answer.uri, answer.querystring["token"]?.value]),
        { ...settings, ...format },
      );
      // In such names AMS finds another stream or none, and the CDN then gets nothing to keep.
      const strange = /__|mystreams/;
      const refused = opened.filter((_, index) => taken[index] !== 200).map(({ file }) => file);
      assert.deepEqual(
        refused.filter((file) => !strange.test(file)),
        [],
      );
      // No file is open to the tokens of two streams.
      assert.equal(new Set(opened.map(({ file }) => file)).size, opened.length);
      for (const file of [
        "s1.m3u8",
        "s1_adaptive.m3u8",
        "s1_720p.m3u8",
        `s1${end}.ts`,
        `my_s1_480p900kbps${end}.ts`,
        "s1/s1.mpd",
      ])
        assert.ok(
          opened.some((one) => one.file === file),
          file,
        );
    });

  it("finds an RTMP publisher's token where the page puts it: behind the stream's name", async () => {
    const [make] = Object.values(await makers());
    const token = make?.(streamKey, "s1", "publish", 60) ?? "";
    assert.deepEqual(Object.fromEntries(asked("rtmp", `s1?token=${token}`)), { token });
  });
});
