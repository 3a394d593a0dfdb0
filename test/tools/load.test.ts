import assert from "node:assert/strict";
import { commands } from "../../tools/cli/commands.ts";
import { UsageError } from "../../tools/cli/faults.ts";
import { readWords } from "../../tools/cli/run.ts";
import { login } from "../../tools/live/ams.ts";
import { percentile } from "../../tools/live/sums.ts";
import { consent } from "../../tools/load/consent.ts";
import { failuresOf, summaryOf } from "../../tools/load/page.ts";
import { type Load, runLoad } from "../../tools/load/run.ts";
import { watchHls, watchSocket } from "../../tools/load/viewers.ts";
import { admin, nodes, type Site, startSite, stranger } from "../live/site.ts";

const load: Load = {
  ...{ publishers: 2, viewers: 4, kinds: ["hls", "websocket"], seconds: 5, rampSeconds: 1, kbps: 200, app: "live" },
};

describe("the load test against a small cluster on loopback", () => {
  let site: Site;
  before(async () => {
    site = await startSite();
  });
  after(() => site.close());

  it("publishes, plays both ways, measures, and leaves nothing behind", async () => {
    const { panelUrl, panelUser } = site.deployment.outputs;
    const open = () =>
      login(site.wire(admin), panelUrl, panelUser, { kind: "password", password: site.state.password });
    const loaded = await runLoad(site.deployment, site.wire(admin), load, new AbortController().signal, open);
    assert.equal(failuresOf(loaded), 0, JSON.stringify(loaded));
    assert.equal(loaded.published.length, 2);
    const [hls, sockets] = (["hls", "websocket"] as const).map((kind) =>
      loaded.viewed.filter((one) => one.kind === kind),
    );
    assert.equal(hls?.length, 2);
    assert.equal(sockets?.length, 2);
    assert.ok(hls?.every(({ segments, bytes }) => segments > 1 && bytes > 1000));
    const counted = Object.entries(loaded.streamsPerNode ?? {});
    assert.ok(counted.every(([node]) => nodes.origin.some((origin) => origin === node)));
    assert.equal(
      counted.reduce((all, [, count]) => all + count, 0),
      2,
    );
    assert.ok((summaryOf(loaded.viewed).medianSeconds ?? -1) >= 0);
    await gone(site);
  });

  it("says what failed where edges do not get the streams", async () => {
    site.state.edgesReachOrigins = false;
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 2500);
    const loaded = await runLoad(site.deployment, site.wire(stranger), { ...load, publishers: 1 }, stop.signal);
    site.state.edgesReachOrigins = true;
    assert.match(loaded.published[0]?.failure ?? "", /HTTP 404/);
    assert.deepEqual(loaded.viewed, []);
    assert.equal(loaded.streamsPerNode, undefined);
    assert.ok(loaded.isStopped);
    await gone(site);
  });

  it("says by the servers' own words why a viewer gets nothing", async () => {
    const common = {
      wire: site.wire(stranger),
      streamId: "none",
      milliseconds: 500,
      signal: new AbortController().signal,
    };
    const socket = await watchSocket({ ...common, url: "https://live.example.com:5443/live/websocket?target=edge" });
    assert.equal(socket.failure, "no_stream_exist");
    const hls = await watchHls({ ...common, url: "https://live.example.com:5443/live/streams/none.m3u8" });
    assert.equal(hls.failure, "HTTP 404");
  });

  it("asks before it loads anything but this machine", async () => {
    const names = { addresses: async () => ["203.0.113.9"], aliases: async () => [] };
    const wire = { ...site.wire(admin), names };
    await consent(site.deployment, site.wire(admin), load, false);
    if (process.stdin.isTTY !== true)
      await assert.rejects(
        consent(site.deployment, wire, load, false),
        /the target is another machine\. Confirm the load with --yes/,
      );
    await consent(site.deployment, wire, load, true);
  });

  it("takes no more than its caps", async () => {
    for (const words of [
      ["--publishers", "51"],
      ["--viewers", "501"],
      ["--seconds", "601"],
      ["--by", "rtmp"],
    ]) {
      await assert.rejects(readWords(commands.load, ["--stack", "one", ...words]), UsageError, words.join(" "));
    }
  });

  it("takes the median and the 95th percentile by nearest rank", () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    assert.equal(percentile(hundred, 0.5), 50);
    assert.equal(percentile(hundred, 0.95), 95);
    assert.equal(percentile([7], 0.95), 7);
    assert.equal(percentile([], 0.5), undefined);
  });
});

/** The origins have heard that their publishers are away. */
async function gone({ store }: Site): Promise<void> {
  const end = Date.now() + 10_000;
  while ((await store.streamCount()) > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(await store.streamCount(), 0);
}
