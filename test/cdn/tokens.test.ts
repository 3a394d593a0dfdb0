import assert from "node:assert/strict";
import { request as ask, createServer, type Server } from "node:http";
import { streamToken } from "../../tools/applications/token.ts";
import { signed } from "../../tools/live/jwt.ts";
import { streamKey } from "../machine/documents.ts";
import { makers, tokensFor } from "../machine/tokens.ts";
import { type Cache, host, startCache } from "./cache.ts";
import { type Answer, answersInNjs, handlerOf, type ViewerRequest } from "./edge-function.ts";
import { type EdgeRules, edgeRules } from "./rules.ts";
import { type Edge, segmentName, startEdge } from "./stream.ts";

const port = { cache: 18_082, viewers: 18_083 } as const;
const keys = { live: streamKey };
const soon = (): number => Math.floor(Date.now() / 1000) + 60;
const tokenOf = (stream: string, expires = soon()): string => streamToken(streamKey, { stream, type: "play", expires });

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());

/** The stream of a file that this test's edge knows, and whether a token is for it. */
function admits(path: string, token: string): boolean {
  const [, stream] = /^\/live\/streams\/(stream1)(?:\d{9}\.ts|\.m3u8)$/.exec(path) ?? [];
  const [head = "", claims = "", mark] = token.split(".");
  if (stream === undefined || mark === undefined) return false;
  const { streamId, type, exp } = claimsOf(`${head}.${claims}.`);
  return (
    signed(streamKey, claimsOf(token)) === token && streamId === stream && type === "play" && exp > Date.now() / 1000
  );
}

/** The program before the cache, as CloudFront runs it for each viewer's request. */
async function startViewers(handler: (request: ViewerRequest) => Promise<Answer>): Promise<Server> {
  const server = createServer((incoming, response) => {
    const url = new URL(incoming.url ?? "", "http://viewer");
    const querystring = Object.fromEntries([...url.searchParams].map(([name, value]) => [name, { value }]));
    handler({ uri: url.pathname, querystring }).then((answer) => {
      if ("statusCode" in answer) return response.writeHead(answer.statusCode).end();
      const query = new URLSearchParams(Object.entries(answer.querystring).map(([name, { value }]) => [name, value]));
      const path = `${answer.uri}?${query}`;
      return ask({ host, port: port.cache, path }, (kept) => {
        response.writeHead(kept.statusCode ?? 0);
        kept.pipe(response);
      }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(port.viewers, host, resolve));
  return server;
}

describe("Play tokens at CloudFront, before a real cache", () => {
  let rules: EdgeRules;
  let edge: Edge;
  let cache: Cache;
  let viewers: Server;
  const base = `http://${host}:${port.viewers}/live/streams/`;
  const get = async (path: string) => {
    const answer = await fetch(new URL(path, base));
    return { status: answer.status, text: await answer.text() };
  };

  before(async () => {
    rules = await edgeRules("aws", { publish: "jwt", play: "jwt" });
    edge = await startEdge(admits);
    cache = await startCache(rules, port.cache, edge.port);
    viewers = await startViewers(handlerOf(rules.program ?? "", keys));
  });
  after(async () => {
    viewers?.close();
    viewers?.closeAllConnections();
    await cache?.close();
    await edge?.close();
  });

  it("let a viewer with a token play, by addresses relative to the playlist's, and show the edges another token", async () => {
    const token = tokenOf("stream1");
    const { status, text } = await get(`${token}/stream1.m3u8`);
    assert.equal(status, 200);
    const segment = text.split("\n").find((line) => line.includes(".ts")) ?? "";
    assert.match(segment, /^stream1\d{9}\.ts/);
    assert.equal((await get(`${token}/${segment}`)).status, 200);
    const shown = edge.requests.map(({ url }) => new URL(url ?? "", base).searchParams.get("token") ?? "");
    assert.equal(shown.length, 2);
    for (const one of shown) {
      assert.notEqual(one, token);
      assert.ok(claimsOf(one).exp <= soon());
    }
    assert.ok(!text.includes(token));
  });

  it("give what is in the cache to each good token, and ask no edge", async () => {
    const name = segmentName(7);
    assert.equal((await get(`${tokenOf("stream1")}/${name}`)).status, 200);
    const before = edge.requests.length;
    for (const exp of [soon() + 1, soon() + 2])
      assert.equal((await get(`${tokenOf("stream1", exp)}/${name}`)).status, 200);
    assert.equal(edge.requests.length, before);
  });

  it("refuse a segment that is in the cache without a token, with an expired, a foreign or a forged one", async () => {
    const name = segmentName(7);
    assert.equal((await get(`${tokenOf("stream1")}/${name}`)).status, 200);
    const before = edge.requests.length;
    const [make] = Object.values(await makers());
    assert.ok(make);
    for (const [what, { token, taken }] of Object.entries(tokensFor(make, streamKey, "stream1", "play")))
      assert.equal((await get(token === undefined ? name : `${token}/${name}`)).status, taken ? 200 : 403, what);
    const query = `?token=${tokenOf("stream1")}`;
    assert.equal((await get(`${name}${query}`)).status, 403);
    const { status } = await get(`${tokenOf("stream1", soon() - 61)}/${name}${query}`);
    assert.equal(status, 403);
    assert.equal(edge.requests.length, before);
  });

  it("refuse the token that a playlist shows", async () => {
    const { text } = await get(`${tokenOf("stream1")}/stream1.m3u8`);
    const [, shown = ""] = /token=(\S+)/.exec(text) ?? [];
    assert.ok(admits("/live/streams/stream1.m3u8", shown));
    assert.equal((await get(`${shown}/stream1.m3u8`)).status, 403);
  });

  it("leave other applications open, and send none of their parameters on", async () => {
    const answer = await handlerOf(
      rules.program ?? "",
      keys,
    )({
      uri: "/open/streams/s1.m3u8",
      querystring: { token: { value: tokenOf("s1") } },
    });
    assert.deepEqual(answer, { uri: "/open/streams/s1.m3u8", querystring: {} });
  });

  it("are refused by the same program in njs, and where the key is gone", async () => {
    const code = rules.program ?? "";
    const [make] = Object.values(await makers());
    assert.ok(make);
    const given = Object.values(tokensFor(make, streamKey, "s1", "play"));
    const all = given.map(
      ({ token }): ViewerRequest => ({
        uri: token === undefined ? "/live/streams/s1.m3u8" : `/live/streams/${token}/s1.m3u8`,
        querystring: {},
      }),
    );
    const wanted = given.map(({ taken }) => taken);
    const isTaken = (answer: Answer): boolean => !("statusCode" in answer);
    assert.deepEqual(answersInNjs(code, keys, all).map(isTaken), wanted);
    assert.deepEqual((await Promise.all(all.map(handlerOf(code, keys)))).map(isTaken), wanted);
    const without = await Promise.all(all.map(handlerOf(code, {})));
    assert.ok(!without.some(isTaken));
  });
});
