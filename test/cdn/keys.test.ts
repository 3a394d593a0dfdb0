import assert from "node:assert/strict";
import { parse } from "../../config/parse.ts";
import type { Cloud } from "../../config/types.ts";
import { cacheRules, playlistSeconds, recordingFolders } from "../../model/traffic/cdn.ts";
import { httpListeners } from "../../model/traffic/listeners.ts";
import { check, loadAdapter } from "../../providers/index.ts";
import { cluster } from "../support/cluster.ts";
import { stackFiles } from "../support/contract.ts";

const keys: Readonly<Record<Cloud, object>> = {
  aws: {},
  alibaba: { domain: "cdn.example.com", certificateId: "12345678-ap-southeast-1" },
};

/** Paths of the faults of a shipped stack file with a CDN and something else. */
async function faultsOf(cloud: Cloud, cdn: object, more: object = {}): Promise<readonly string[]> {
  const raw = {
    ...stackFiles[cloud],
    values: { ...stackFiles[cloud].values, cdn: { ...keys[cloud], ...cdn }, ...more },
  };
  await loadAdapter(raw);
  try {
    check(raw);
    return [];
  } catch (error) {
    return [...String(error).matchAll(/^ *(?:- )?(ams:\S+?):? /gm)].map(([, path = ""]) => path);
  }
}

const withCdn = (cdn: object, more: object = {}) =>
  cluster({
    certificate: { source: "existing", id: "x" },
    domain: { name: "live.example.com", zone: "example.com" },
    cdn,
    ...more,
  });

const live = (more: object) => ({ applications: { live: { publish: "open", ...more } } });

describe("A CDN's rules", () => {
  const secondsOf = (settings: object) =>
    playlistSeconds(withCdn({ domain: "cdn.example.com" }, live({ settings })).applications);

  it("keep playlists for at most half of the shortest segment, and segments for long", () => {
    assert.equal(playlistSeconds(), 1);
    assert.equal(secondsOf({ hlsTime: "2" }), 1);
    // An application of the panel's may have AMS's default.
    assert.equal(secondsOf({ hlsTime: "6" }), 1);
    const { cdn, applications } = withCdn({ segmentSeconds: 600 });
    assert.ok(cdn !== undefined);
    const rules = cacheRules(cdn, applications);
    assert.deepEqual(
      rules.map(({ extensions, seconds }) => [extensions, seconds]),
      [
        [["m3u8", "mpd"], 1],
        [["ts", "m4s", "fmp4"], 600],
      ],
    );
  });

  it("know the folders of the recordings' bucket", () => {
    const { applications } = withCdn({ segmentSeconds: 60 }, live({ record: { mp4: true, prefix: "shows/live" } }));
    assert.deepEqual(recordingFolders(applications), ["streams", "shows/live"]);
  });

  it("leave live paths to the CDN at both pairs of ports, where it is exclusive, before anything leads to the edges", () => {
    const rulesAt = (port: number, exclusive: boolean) =>
      httpListeners(withCdn({ exclusive })).find((listener) => listener.port === port)?.rules ?? [];
    for (const port of [443, 5443]) {
      assert.deepEqual(
        rulesAt(port, false).filter(({ name }) => /cdn|live|deny-init/.test(name)),
        [],
      );
      const rules = [...rulesAt(port, true)].sort((a, b) => a.priority - b.priority);
      const places = ["cdn", "deny-live", "deny-init"].map((name) => rules.findIndex((rule) => rule.name === name));
      const edge = rules.findIndex(({ name }) => /^(target-|hls)/.test(name));
      assert.ok(
        places.every((place, at) => place > (places[at - 1] ?? -1) && place < edge),
        `${port}: ${places}`,
      );
    }
  });
});

describe("A stack with a CDN", () => {
  for (const cloud of ["aws", "alibaba"] as const) {
    const refused = (cdn: object, more: object, ...paths: readonly string[]) =>
      it(`is refused on ${cloud} with ${JSON.stringify({ ...cdn, ...more })}`, async () => {
        assert.deepEqual(await faultsOf(cloud, cdn, more), paths);
      });

    it(`is taken on ${cloud}`, async () => {
      assert.deepEqual(await faultsOf(cloud, {}), []);
      assert.deepEqual(await faultsOf(cloud, { exclusive: true, segmentSeconds: 3600 }, live({ play: "open" })), []);
    });

    refused({}, live({ play: "one-time-token" }), "ams:applications.live.play");
    refused(
      {},
      {
        ...live({ settings: { timeTokenSubscriberOnly: true } }),
        media: { licence: "marketplace", version: "2.17.1" },
      },
      "ams:applications.live.settings.timeTokenSubscriberOnly",
    );
    refused({}, live({ settings: { hlsTime: "1" } }), "ams:applications.live.settings.hlsTime");
    refused({}, live({ settings: { dashSegDuration: "0.5" } }), "ams:applications.live.settings.dashSegDuration");
    refused({ domain: "live.example.com" }, {}, "ams:cdn.domain");
    refused({ domain: "rtmp.live.example.com" }, {}, "ams:cdn.domain");
    refused({ domain: "turn.live.example.com" }, {}, "ams:cdn.domain");
    const further = { name: "live.example.com", zone: "example.com", names: ["video.example.com"] };
    refused({ domain: "video.example.com" }, { domain: further }, "ams:cdn.domain");
    refused({ domain: "cdn.example.org" }, {}, "ams:cdn.domain");
    refused({ recordings: true }, {}, "ams:cdn.recordings");
  }

  it("is refused where there is no TLS or no bucket", () => {
    const pathsOf = (values: object) =>
      parse({ ...stackFiles.aws, values: { ...stackFiles.aws.values, ...values } }).faults;
    assert.deepEqual(
      pathsOf({ cdn: { segmentSeconds: 60 }, certificate: { source: "none" } }).map(({ path }) => path),
      ["ams:cdn"],
    );
    for (const kind of ["haproxy", "nginx"])
      assert.deepEqual(
        pathsOf({ cdn: { exclusive: true }, balancer: { kind }, certificate: { source: "issued" } }),
        [],
      );
    const closed = pathsOf({ cdn: { segmentSeconds: 60 }, balancer: { scheme: "internal" } }).map(({ path }) => path);
    assert.ok(closed.includes("ams:cdn"), closed.join(" "));
    const recordings = { cdn: { recordings: true }, recordings: { store: "bucket" } };
    assert.deepEqual(pathsOf(recordings), []);
    const hidden = { ...recordings, applications: { streams: { publish: "open" } } };
    assert.deepEqual(
      pathsOf(hidden).map(({ path }) => path),
      ["ams:applications.streams"],
    );
  });

  it("takes signed play tokens where the CDN can check them, without recordings", async () => {
    const signed = { ...live({ play: "jwt" }), recordings: { store: "bucket" } };
    assert.deepEqual(await faultsOf("aws", {}, signed), []);
    assert.deepEqual(await faultsOf("aws", { recordings: true }, signed), ["ams:cdn.recordings"]);
    assert.deepEqual(await faultsOf("alibaba", {}, signed), ["ams:applications.live.play"]);
    const fmp4 = (play: string) => live({ play, settings: { hlsSegmentType: "fmp4" } });
    assert.deepEqual(await faultsOf("aws", {}, fmp4("open")), []);
    assert.deepEqual(await faultsOf("aws", {}, fmp4("jwt")), ["ams:applications.live.settings.hlsSegmentType"]);
  });

  it("is refused on a cloud that can't have it, by the key", async () => {
    assert.deepEqual(await faultsOf("alibaba", { domain: undefined, certificateId: undefined }), [
      "ams:cdn.domain",
      "ams:cdn.certificateId",
    ]);
    assert.deepEqual(await faultsOf("alibaba", { recordings: true }, { recordings: { store: "bucket" } }), [
      "ams:cdn.recordings",
    ]);
    const elsewhere = "arn:aws:acm:ap-south-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";
    assert.deepEqual(await faultsOf("aws", { domain: "cdn.example.com", certificateId: elsewhere }), [
      "ams:cdn.certificateId",
    ]);
  });
});
