import ipaddr from "ipaddr.js";
import type { Cluster } from "../../config/types.ts";
import { proxyOf } from "../../model/traffic/balancer.ts";
import { type Action, type Condition, httpListeners, streamListeners } from "../../model/traffic/listeners.ts";

/** What somebody asks of the cluster's front; one list for the managed balancers of both clouds and for the proxies. */
export interface Probe {
  readonly method: string;
  readonly protocol: "http" | "https" | "tcp" | "udp" | "tls";
  readonly port: number;
  readonly path: string;
  readonly query: string;
  readonly from: string;
  /** The host name that it asks for. @default the cluster's own */
  readonly name?: string;
  /** The CDN's header: with the secret's value, or with another one. @default none */
  readonly cdn?: "right" | "wrong";
}

/** The target's name, `deny`, `closed`, `misdirected` or such as `redirect 443`. */
export type Outcome = string;

/** A listener as the table has it, and as a reader of recorded resources sees it. */
export interface Table {
  readonly protocol: string;
  readonly port: number;
  readonly rules: readonly { readonly priority: number; readonly when: Condition; readonly action: Action }[];
  readonly defaultAction: Action | { readonly kind: "forward"; readonly to: string };
}

const paths = ["/", "/index.html", "/rest", "/rest/v2/version", "/restless/index.html", "/streams/stream1.m3u8"];
const queries = ["", "target=origin", "target=edge", "target=elsewhere", "token=abc&target=edge"];

/** Which group answers, whatever the front: `default` is origins on 80 and 443, and edges on 5080 and 5443. */
export const answers: readonly (readonly [method: string, target: string, group: "default" | "origin" | "edge"])[] = [
  ["GET", "/live/play.html", "default"],
  ["GET", "/live/play.html?target=elsewhere", "default"],
  ["GET", "/live/websocket", "default"],
  ["GET", "/live/websocket?target=origin", "origin"],
  ["GET", "/live/websocket?token=abc&target=edge", "edge"],
  ["GET", "/live/rest/v2/broadcasts/count", "default"],
  ["POST", "/live/rest/v2/broadcasts/create", "default"],
  ["GET", "/live/previews/stream1.png", "default"],
  ["POST", "/live/whip/stream1", "origin"],
  ["POST", "/live/whip/stream1?target=edge", "origin"],
  ["PATCH", "/live/whip/stream1/0f1e", "origin"],
  ["DELETE", "/live/whip/stream1/0f1e", "origin"],
  ["POST", "/live/whep/stream1", "edge"],
  ["POST", "/live/whep/stream1?target=origin", "edge"],
  ["PATCH", "/live/whep/stream1/0f1e", "edge"],
  ["DELETE", "/live/whep/stream1/0f1e", "edge"],
  ["GET", "/live/streams/stream1.m3u8", "edge"],
  ["HEAD", "/live/streams/stream1_adaptive.m3u8", "edge"],
  ["GET", "/live/streams/stream1.m3u8?target=origin", "origin"],
  ["GET", "/live/streams/stream1.m3u8?token=abc&target=edge", "edge"],
  ["GET", "/live/streams/room/stream1_240p300kbps000000001.ts", "edge"],
  ["GET", "/live/streams/stream1000000001.fmp4", "edge"],
  ["GET", "/live/streams/stream1_1764460800000_init.mp4", "edge"],
  ["GET", "/live/streams/stream1/stream1.mpd", "edge"],
  ["GET", "/live/streams/stream1/init-stream0.m4s", "edge"],
  ["GET", "/live/streams/stream1.mp4", "origin"],
  ["GET", "/live/streams/stream1.mp4?target=edge", "edge"],
  ["GET", "/live/streams/stream1.webm", "origin"],
  ["GET", "/live/streams/ll-hls/stream1/stream1__master.m3u8", "origin"],
  ["GET", "/live/streams/room/ll-hls/stream1/part0001.m4s?target=edge", "origin"],
  ["GET", "/live/streams/drm/stream1/master.mpd", "origin"],
  ["GET", "/live/streams/room/drm/stream1/master.m3u8?target=edge", "origin"],
];

/** Spellings that Tomcat takes to a live file, and which of them a balancer that knows wildcards alone can tell. */
const spellings: readonly (readonly [target: string, wildcards: boolean])[] = [
  ["/live/streams;x=1/stream1.m3u8", true],
  ["/live/streams/stream1.m3u8;x=1", true],
  ["/live/streams/stream1000000001.m4s;jsessionid=1", true],
  ["/live/streams/stream1_1764460800000_init.mp4;x", true],
  ["/live/streams/stream1.m%33u8", false],
  ["/live/streams/stream1_1764460800000%5Finit.mp4", false],
];

const isLive = (path: string): boolean =>
  /^[/]live[/]streams[/](?!(room[/])?(ll-hls|drm)[/]).*([.](m3u8|mpd|ts|m4s|fmp4)|_init[.]mp4)$/.test(path);

/** The same probe from the CDN, and from others: with `exclusive` the CDN alone gets live files, always from the edges. */
export function exclusiveProbes(cluster: Cluster, from: string): readonly (readonly [Probe, Outcome])[] {
  const probes = answeredProbes(cluster, from);
  const odd = spellings.filter(([, wildcards]) => wildcards || !hasWildcardsAlone(cluster));
  return [
    ...probes.flatMap(([probe, group]): (readonly [Probe, Outcome])[] => {
      const live = isLive(probe.path);
      const others: readonly Probe[] = [probe, { ...probe, cdn: "wrong" }];
      return [
        ...others.map((one) => [one, live ? "deny" : group] as const),
        ...(live ? [[{ ...probe, cdn: "right" }, "edge"] as const] : []),
      ];
    }),
    ...probes.slice(0, 1).flatMap(([probe]) => odd.map(([path]) => [{ ...probe, path }, "deny"] as const)),
  ];
}

const hasWildcardsAlone = (cluster: Cluster): boolean => cluster.cloud === "alibaba" && proxyOf(cluster) === undefined;

const split = (target: string): Pick<Probe, "path" | "query"> => {
  const [path = "", query = ""] = target.split("?");
  return { path, query };
};

/** Each of the answers at each of the ports that have rules for everybody. */
export function answeredProbes(cluster: Cluster, from: string): readonly (readonly [Probe, Outcome])[] {
  const ports = new Map([
    [80, "origin"],
    [443, "origin"],
    [5080, "edge"],
    [5443, "edge"],
  ]);
  return httpListeners(cluster).flatMap(({ port, protocol, defaultAction }) => {
    const byDefault = ports.get(port);
    if (byDefault === undefined || defaultAction.kind === "redirect") return [];
    return answers.map(([method, target, group]) => {
      return [{ method, protocol, port, ...split(target), from }, group === "default" ? byDefault : group] as const;
    });
  });
}

/** Every listener with each of the paths, parameters and clients, each of the answers' paths, and one of each stream. */
export function probesOf(cluster: Cluster, clients: readonly string[]): readonly Probe[] {
  const [stranger = ""] = clients;
  const web = httpListeners(cluster).flatMap(({ port, protocol }): readonly Probe[] => [
    ...paths.flatMap((path) =>
      queries.flatMap((query) => clients.map((from) => ({ method: "GET", protocol, port, path, query, from }))),
    ),
    ...answers.map(([method, target]) => ({ method, protocol, port, ...split(target), from: stranger })),
    ...["/live/play.html", "/rest/v2/version"].map((path) => {
      return { method: "GET", protocol, port, path, query: "", from: stranger, name: "elsewhere.example" };
    }),
  ]);
  const streams = streamListeners(cluster).flatMap(({ port, protocol }) =>
    clients.map((from) => ({ method: "", protocol, port, path: "", query: "", from })),
  );
  return [...web, ...streams];
}

export const nameOf = ({ method, protocol, port, path, query, from, name = "", cdn }: Probe): string =>
  `${method} ${protocol} ${name}:${port}${path}${query === "" ? "" : `?${query}`} from ${from}${cdn === undefined ? "" : ` with the ${cdn} header`}`;

/** As both clouds' balancers compare: an asterisk for any characters, a question mark for one. */
const like = (pattern: string, path: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
  ).test(path);

/** Of a condition with both, the expressions count where the reader found them alone, as a cloud has one or the other. */
function pathHolds({ paths, pathRegexes }: Condition, path: string): boolean {
  if (paths !== undefined) return paths.some((pattern) => like(pattern, path));
  return pathRegexes === undefined || pathRegexes.some((text) => new RegExp(text).test(path));
}

function holds(condition: Condition, probe: Probe): boolean {
  const { query, sources, fromCdn } = condition;
  const asked = new URLSearchParams(probe.query);
  return (
    (fromCdn === undefined || probe.cdn === "right") &&
    pathHolds(condition, probe.path) &&
    (query === undefined || asked.get(query.key) === query.value) &&
    (sources === undefined || sources.some((cidr) => ipaddr.IPv4.parse(probe.from).match(ipaddr.IPv4.parseCIDR(cidr))))
  );
}

const toOutcome = (action: Table["defaultAction"]): Outcome => {
  if (action.kind === "forward") return action.to;
  return action.kind === "redirect" ? `redirect ${action.port}` : "deny";
};

/** What these listeners do with it: the first rule by priority that holds, or else the listener's own action. */
export function outcome(tables: readonly Table[], probe: Probe): Outcome {
  const listener = tables.find(({ port, protocol }) => port === probe.port && protocol === probe.protocol);
  if (listener === undefined) return "closed";
  const rules = [...listener.rules].sort((a, b) => a.priority - b.priority);
  return toOutcome(rules.find(({ when }) => holds(when, probe))?.action ?? listener.defaultAction);
}

/** What the model says. The proxies alone know which names are served. */
export const expected = (cluster: Cluster, probe: Probe): Outcome =>
  proxyOf(cluster) !== undefined && probe.name !== undefined
    ? "misdirected"
    : outcome([...httpListeners(cluster), ...streamListeners(cluster)], probe);
