import assert from "node:assert/strict";
import { Agent, get, type IncomingHttpHeaders } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { clouds } from "../support/contract.ts";
import { type Cache, host, startCache } from "./cache.ts";
import { type EdgeRules, edgeRules } from "./rules.ts";
import { type Edge, newestIn, segmentMilliseconds, segmentName, startEdge } from "./stream.ts";

const players = 1000;
/** Each player asks for the playlist once for each segment (RFC 8216, 6.3.4). */
const rounds = 2;

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

for (const cloud of clouds)
  describe(`The CDN's rules on ${cloud}, in a real cache`, () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 32 });
    let rules: EdgeRules;
    let edge: Edge;
    let cache: Cache;
    const port = cloud === "aws" ? 18_080 : 18_081;

    const ask = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
      new Promise((resolve, reject) => {
        get({ host, port, path, agent, headers }, (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (part: string) => (text += part));
          response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, text }));
        }).on("error", reject);
      });

    before(async () => {
      rules = await edgeRules(cloud);
      edge = await startEdge();
      cache = await startCache(rules, port, edge.port);
    });
    after(async () => {
      agent.destroy();
      await cache?.close();
      await edge?.close();
    });

    it("let 1,000 players of a stream make less than 1 % of their requests at the edges, none a segment behind", async () => {
      const before = edge.requests.length;
      let requests = 0;
      let behind = 0;
      const player = async (number: number): Promise<void> => {
        await wait((number * segmentMilliseconds) / players);
        let last = Number.NaN;
        for (let round = 0; round < rounds; round += 1) {
          const begin = Date.now();
          const newest = edge.newest();
          // A parameter of its own, such as players add against caches.
          const { status, text } = await ask(`/live/streams/stream1.m3u8?_=${number}`);
          assert.equal(status, 200);
          const seen = newestIn(text);
          behind = Math.max(behind, newest - seen);
          const wanted = Number.isNaN(last)
            ? [seen]
            : Array.from({ length: seen - last }, (_, index) => last + 1 + index);
          for (const one of wanted) assert.equal((await ask(`/live/streams/${segmentName(one)}`)).status, 200);
          last = seen;
          requests += 1 + wanted.length;
          await wait(Math.max(0, segmentMilliseconds - (Date.now() - begin)));
        }
      };
      await Promise.all(Array.from({ length: players }, (_, number) => player(number)));
      const atEdges = edge.requests.length - before;
      assert.ok(requests >= 1.5 * players * rounds, `${requests} requests`);
      assert.ok(atEdges < requests / 100, `${atEdges} of ${requests} requests at the edges`);
      assert.ok(behind <= 1, `${behind} segments behind`);
    });

    it("give each page the same headers, and nobody the cookie of another", async () => {
      for (const origin of ["https://one.example", "https://two.example"]) {
        const { headers } = await ask("/live/streams/stream1.m3u8", { origin });
        assert.equal(headers["access-control-allow-origin"], "*");
        assert.equal(headers["set-cookie"], undefined);
      }
    });

    it("show the load balancer the secret header", () => {
      assert.deepEqual(rules.sent, ["X-Ams-Cdn"]);
      assert.ok(edge.requests.every(({ headers }) => headers["x-ams-cdn"] === "secret"));
    });

    it("refuse what is no live stream before anything is asked", async () => {
      const before = edge.requests.length;
      for (const path of [
        "/",
        "/rest/v2/version",
        "/live/rest/v2/broadcasts/list/0/9",
        "/live/websocket",
        "/live/play.html",
        "/live/streams/ll-hls/s/s__master.m3u8",
        "/live/streams/video.mp4",
      ])
        assert.equal((await ask(path)).status, 403, path);
      assert.equal(edge.requests.length, before);
    });

    it("take each live file that AMS writes, and ask an edge for it once", async () => {
      const mpegTs = ["s.m3u8", "s_adaptive.m3u8", "s_240p300kbps.m3u8", "s_240p300kbps000000001.ts"];
      const fmp4 = ["s_1764460800000_init.mp4", "s000000001.fmp4", "room/s_240p300kbps000000001.fmp4"];
      const dash = ["s/s.mpd", "s/init-stream0.m4s", "s/chunk-stream0-00001.m4s"];
      for (const file of [...mpegTs, ...fmp4, ...dash].map((name) => `/live/streams/${name}`)) {
        for (const _ of [1, 2]) assert.equal((await ask(file)).status, 200, file);
        const asked = edge.requests.filter(({ url }) => url?.startsWith(file)).length;
        // A playlist may have ended between the two.
        assert.ok(asked === 1 || (asked === 2 && /m3u8|mpd/.test(file)), `${asked} times ${file}`);
      }
    });

    it("keep no error for longer than a playlist", async () => {
      assert.equal((await ask("/live/streams/absent.m3u8")).status, 404);
      assert.ok(rules.errorSeconds <= segmentMilliseconds / 2000, `${rules.errorSeconds} s`);
    });
  });
