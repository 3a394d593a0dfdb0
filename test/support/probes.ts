import ipaddr from "ipaddr.js";
import type { Cluster } from "../../config/types.ts";
import { type Action, type Condition, httpListeners, streamListeners } from "../../model/traffic/listeners.ts";

/** What somebody asks of the cluster's front; one list for the managed balancers of both clouds and for the proxies. */
export interface Probe {
  readonly protocol: "http" | "https" | "tcp" | "udp";
  readonly port: number;
  readonly path: string;
  readonly query: string;
  readonly from: string;
}

/** The target's name, `deny`, `closed` or such as `redirect 443`. */
export type Outcome = string;

/** A listener as the table has it, and as a reader of recorded resources sees it. */
export interface Table {
  readonly protocol: string;
  readonly port: number;
  readonly rules: readonly { readonly priority: number; readonly when: Condition; readonly action: Action }[];
  readonly defaultAction: Action | { readonly kind: "forward"; readonly to: string };
}

const paths = [
  "/",
  "/index.html",
  "/rest",
  "/rest/v2/version",
  "/restless/index.html",
  "/live/websocket",
  "/live/play.html",
  "/live/rest/v2/broadcasts/count",
  "/live/streams/stream1.m3u8",
  "/live/streams/ll-hls/stream1/part0001.m4s",
  "/live/whip/stream1",
  "/streams/stream1.m3u8",
];
const queries = ["", "target=origin", "target=edge", "target=elsewhere", "token=abc&target=edge"];

/** Every listener with each of the paths, parameters and clients; and one of each stream. */
export function probesOf(cluster: Cluster, clients: readonly string[]): readonly Probe[] {
  const web = httpListeners(cluster).flatMap(({ port, protocol }) =>
    paths.flatMap((path) => queries.flatMap((query) => clients.map((from) => ({ protocol, port, path, query, from })))),
  );
  const streams = streamListeners(cluster).flatMap(({ port, protocol }) =>
    clients.map((from) => ({ protocol, port, path: "", query: "", from })),
  );
  return [...web, ...streams];
}

export const nameOf = ({ protocol, port, path, query, from }: Probe): string =>
  `${protocol} ${port}${path}${query === "" ? "" : `?${query}`} from ${from}`;

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
  const { query, sources } = condition;
  const asked = new URLSearchParams(probe.query);
  return (
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

/** What the model says. */
export const expected = (cluster: Cluster, probe: Probe): Outcome =>
  outcome([...httpListeners(cluster), ...streamListeners(cluster)], probe);
