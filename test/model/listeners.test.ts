import assert from "node:assert/strict";
import type { Cluster } from "../../config/types.ts";
import { type Action, httpListeners, type Listener, streamListeners } from "../../model/traffic/listeners.ts";
import { targets } from "../../model/traffic/targets.ts";
import { urls } from "../../model/traffic/urls.ts";
import { cluster, withTls } from "../support/cluster.ts";

interface Request {
  readonly port: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly from?: string;
}

const matches = (pattern: string, path: string): boolean =>
  new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`).test(path);

/** What a balancer does with a request: the first matching rule by priority, else the default. */
function route(listeners: readonly Listener[], request: Request): Action | undefined {
  const listener = listeners.find(({ port }) => port === request.port);
  const rules = [...(listener?.rules ?? [])].sort((a, b) => a.priority - b.priority);
  const hit = rules.find(({ when }) => {
    const path = when.paths === undefined || when.paths.some((pattern) => matches(pattern, request.path));
    const query = when.query === undefined || request.query?.[when.query.key] === when.query.value;
    const source = when.sources === undefined || when.sources.includes(request.from ?? "anybody");
    return path && query && source;
  });
  return hit?.action ?? listener?.defaultAction;
}

const answer = (action: Action | undefined): string =>
  action === undefined
    ? "closed"
    : action.kind === "forward"
      ? action.to
      : action.kind === "redirect"
        ? `redirect ${action.port}`
        : "deny";

const admin = "203.0.113.7/32";

describe("httpListeners with a certificate", () => {
  const listeners = httpListeners(cluster({ ...withTls, access: { adminCidrs: [admin] } }));
  const rows: readonly [Request, string][] = [
    [{ port: 80, path: "/live/websocket" }, "redirect 443"],
    [{ port: 80, path: "/rest/v2/users/initial" }, "redirect 443"],
    [{ port: 5080, path: "/live/play.html" }, "redirect 5443"],
    [{ port: 443, path: "/live/websocket" }, "origin"],
    [{ port: 443, path: "/live/websocket", query: { target: "edge" } }, "edge"],
    [{ port: 443, path: "/live/websocket", query: { target: "origin" } }, "origin"],
    [{ port: 443, path: "/live/streams/stream1.m3u8" }, "edge"],
    [{ port: 443, path: "/live/streams/ll-hls/stream1/stream1__master.m3u8" }, "origin"],
    [{ port: 443, path: "/live/whip/stream1" }, "origin"],
    [{ port: 443, path: "/live/rest/v2/broadcasts/list/0/10" }, "origin"],
    [{ port: 443, path: "/" }, "deny"],
    [{ port: 443, path: "/", from: admin }, "panel"],
    [{ port: 443, path: "/rest/v2/users/initial" }, "deny"],
    [{ port: 443, path: "/rest/v2/users/initial", query: { target: "origin" } }, "deny"],
    [{ port: 443, path: "/rest/v2/users/initial", from: admin }, "panel"],
    [{ port: 5443, path: "/live/websocket" }, "edge"],
    [{ port: 5443, path: "/live/websocket", query: { target: "origin" } }, "origin"],
    [{ port: 5443, path: "/live/whip/stream1" }, "origin"],
    [{ port: 5443, path: "/live/streams/stream1.mp4" }, "origin"],
    [{ port: 5443, path: "/rest/v2/cluster/nodes/0/10" }, "deny"],
    [{ port: 5443, path: "/", from: admin }, "panel"],
    [{ port: 4444, path: "/" }, "deny"],
    [{ port: 4444, path: "/main.js" }, "deny"],
    [{ port: 4444, path: "/main.js", from: admin }, "panel"],
    [{ port: 8080, path: "/" }, "closed"],
  ];
  for (const [request, expected] of rows) {
    const query = request.query === undefined ? "" : `?target=${request.query["target"]}`;
    it(`answers ${request.from ?? "anybody"} at ${request.port}${request.path}${query} with ${expected}`, () => {
      assert.equal(answer(route(listeners, request)), expected);
    });
  }

  it("serves both protocols with the same rules when plain HTTP is forwarded", () => {
    const both = httpListeners(cluster({ ...withTls, balancer: { http: "forward" } }));
    const rulesOf = (port: number) => both.find((listener) => listener.port === port)?.rules;
    assert.deepEqual(rulesOf(80), rulesOf(443));
    assert.deepEqual(rulesOf(5080), rulesOf(5443));
  });

  it("shows the panel to nobody over plain HTTP beside HTTPS", () => {
    const access = { adminCidrs: ["203.0.113.7/32"] };
    const both = httpListeners(cluster({ ...withTls, balancer: { http: "forward" }, access }));
    const ask = (port: number) => answer(route(both, { port, path: "/rest/v2/version", from: "203.0.113.7/32" }));
    assert.deepEqual([80, 443, 5080, 5443].map(ask), ["deny", "panel", "deny", "panel"]);
  });
});

describe("httpListeners without a certificate", () => {
  const listeners = httpListeners(cluster());
  it("serves plain HTTP only", () => {
    assert.deepEqual(
      listeners.map(({ protocol, port }) => `${protocol} ${port}`),
      ["http 80", "http 5080", "http 4444"],
    );
  });
  it("splits port 80 as it would split 443", () => {
    assert.equal(answer(route(listeners, { port: 80, path: "/live/streams/s.m3u8" })), "edge");
    assert.equal(answer(route(listeners, { port: 80, path: "/live/websocket", query: { target: "edge" } })), "edge");
  });
  it("block the panel if ams:access.adminCidrs is empty", () => {
    for (const port of [80, 5080, 4444]) assert.equal(answer(route(listeners, { port, path: "/" })), "deny");
  });
});

describe("rules", () => {
  const adminCidrs = Array.from({ length: 60 }, (_, index) => `203.0.${index}.1/32`);
  const listeners = httpListeners(cluster({ ...withTls, access: { adminCidrs } }));

  it("hold five values at most, as both clouds demand, and five wildcards, as AWS does", () => {
    const cdn = { domain: "cdn.example.com", exclusive: true };
    const exclusive = httpListeners(cluster({ ...withTls, access: { adminCidrs }, cdn }));
    const counted = [...listeners, ...exclusive].flatMap(({ rules }) => rules);
    assert.ok(counted.some(({ name }) => name === "deny-init"));
    for (const { when, name } of counted) {
      for (const patterns of [when.paths, when.pathRegexes]) {
        const texts = patterns ?? when.paths ?? [];
        const others = [when.query, when.fromCdn].filter((one) => one !== undefined);
        const count = texts.length + (when.sources?.length ?? 0) + others.length;
        assert.ok(count >= 1 && count <= 5, name);
      }
      // User guide, "Condition types for listener rules": in texts that are no regular expressions.
      const wildcards = when.pathRegexes === undefined ? (when.paths ?? []).join("").match(/[*?]/g) : [];
      assert.ok((wildcards?.length ?? 0) <= 5, `${name}: ${wildcards?.length} wildcards`);
      for (const text of when.pathRegexes ?? []) assert.ok(text.length <= 128, `${name}: ${text.length} characters`);
    }
  });

  it("have unique priorities and names in each listener, the deny rule after all admin rules", () => {
    for (const { rules } of listeners) {
      assert.equal(new Set(rules.map(({ priority }) => priority)).size, rules.length);
      assert.equal(new Set(rules.map(({ name }) => name)).size, rules.length);
    }
    for (const from of adminCidrs) assert.equal(answer(route(listeners, { port: 443, path: "/", from })), "panel");
  });

  it("are the same for everybody at both pairs of ports", () => {
    const [publish, play] = [443, 5443].map((port) => listeners.find((listener) => listener.port === port)?.rules);
    assert.ok(publish !== undefined && publish.length > 20);
    assert.deepEqual(play, publish);
  });
});

describe("streamListeners", () => {
  const named = (c: Cluster) => streamListeners(c).map(({ name }) => name);
  it("take RTMP and SRT for the origins unless switched off", () => {
    assert.deepEqual(named(cluster()), ["tcp-1935", "udp-4200"]);
    assert.deepEqual(named(cluster({ balancer: { srt: false } })), ["tcp-1935"]);
    assert.deepEqual(named(cluster({ balancer: { srt: false, rtmp: false } })), []);
    assert.ok(targets(cluster()).every(({ name, role }) => (name === "edge") === (role === "edge")));
  });
});

describe("urls", () => {
  it("name the port only where the scheme doesn't imply it", () => {
    assert.deepEqual(urls(cluster(withTls), "live.example.com", "rtmp.live.example.com"), {
      publish: "https://live.example.com/",
      play: "https://live.example.com:5443/",
      rtmp: "rtmp://rtmp.live.example.com:1935/",
      panel: "https://live.example.com:4444/",
    });
    assert.equal(urls(cluster(), "h", "s").play, "http://h:5080/");
  });
});
