import type { Cluster } from "../../config/types.ts";
import { type Role, usesTls } from "../cluster.ts";
import { guardedFiles, guardedInitFiles, initFiles, liveFiles, originFiles, recordings } from "./live-files.ts";
import { listenOf, streamTargets, type TargetName } from "./targets.ts";

/**
 * Who listens where and which group answers: one table for the managed balancers of both clouds and for the proxies.
 * Ports 80/443 publish and 5080/5443 play (seeds 000 and 001) by default alone. Both split by path and query in the same
 * way: AMS's JavaScript SDK adds `target=` by itself, HLS players add nothing, and AMS's WHIP page publishes on 5443.
 */

export type Action =
  | { readonly kind: "forward"; readonly to: TargetName }
  | { readonly kind: "redirect"; readonly port: number }
  | { readonly kind: "deny" };

/** All parts that are given must match; each list matches if one of its values does. */
export interface Condition {
  readonly paths?: readonly string[];
  /** The same and more as regular expressions, for a cloud that knows them; there they stand in the patterns' place. */
  readonly pathRegexes?: readonly string[];
  readonly query?: { readonly key: string; readonly value: string };
  readonly sources?: readonly string[];
  /** The CDN's secret header (model/traffic/cdn.ts). */
  readonly fromCdn?: true;
}

/**
 * What keeps the requests of one session on one node, where a balancer can: a stream's path for its publisher, and with it
 * the client's address for a viewer, so that a stream's viewers spread over the group.
 */
export type Affinity = "stream" | "viewer";

export interface Rule {
  readonly name: string;
  /** Lower goes first; fixed by the table, never by the place in a list. */
  readonly priority: number;
  readonly when: Condition;
  readonly action: Action;
  /** @default each request goes to any node of the group */
  readonly affinity?: Affinity;
}

export interface Listener {
  /** Part of the logical name, e.g. `https-443`. */
  readonly name: string;
  readonly protocol: "http" | "https" | "tcp" | "udp" | "tls";
  readonly port: number;
  readonly defaultAction: Action;
  readonly rules: readonly Rule[];
}

/** GET here needs no login and says whether Tomcat serves; AMS has it since 2.5 (Ant-Media-Server pull request 4513). */
export const healthPath = "/rest/v2/liveness";
export const panelPort = 4444;

/** Where publishers and players connect. */
export const webPorts = { publish: { http: 80, https: 443 }, play: { http: 5080, https: 5443 } } as const;
export const allWebPorts: readonly number[] = Object.values(webPorts).flatMap(({ http, https }) => [http, https]);

/** The panel's page and the server's own REST; an application's REST stands below /<app>/rest and has its own filter. */
const adminPaths = ["/", "/rest/*"];

/** What else Tomcat takes to them, and no administrator needs on a port that everybody may use. */
const deniedPaths = [...adminPaths, "/rest", "/index.html", "/index.html/*"];

/**
 * Spellings that Tomcat takes to the panel or its REST, or may: parameters, empty and dot segments, letters and slashes as
 * escapes. A managed balancer compares texts, so that these rules refuse them, to administrators as well.
 *
 * Wildcards, for Alibaba Cloud (its patterns hold letters, digits and `$-_.+/&~@:`, so no `;` and no `%`): what they can't
 * say is left to the node's own filter. Expressions, for AWS (no look-around, 128 characters, five in a rule; API
 * reference, PathPatternConditionConfig): each holds for a part and for the whole of a path.
 */
const oddPaths = ["//*", "/.*", "/*/..*"];
const oddPathRegexes = [
  "^/([/.;%].*|(rest|index[.]html);.*)$",
  "^.*/[.][.].*$",
  "^.*;[^/]*%.*$",
  "^.*%([46][1-9A-Fa-f]|[57][0-9Aa]|2[EFef]|5[Cc]|7[Ff]|[01][0-9A-Fa-f]).*$",
];

/** Both clouds take five values in one rule at most: two paths and three ranges, or five ranges alone. */
const valuesPerRule = 5;
/** As many chunks of three as there are priorities between the first admin rule and the deny rule. */
export const maxAdminCidrs = 3 * 20;

const forward = (to: TargetName): Action => ({ kind: "forward", to });
const deny: Action = { kind: "deny" };

function adminRules(adminCidrs: readonly string[], paths?: readonly string[]): readonly Rule[] {
  const sourcesPerRule = valuesPerRule - (paths?.length ?? 0);
  const count = Math.ceil(adminCidrs.length / sourcesPerRule);
  return Array.from({ length: count }, (_, index) => {
    const sources = adminCidrs.slice(index * sourcesPerRule, (index + 1) * sourcesPerRule);
    const when: Condition = paths === undefined ? { sources } : { paths, sources };
    return { name: `admin-${index + 1}`, priority: 10 + index, when, action: forward("panel") };
  });
}

/** The proxies judge the whole path themselves (machine/configuration/proxy-rules.ts). */
const oddRule: Rule = {
  name: "deny-odd-paths",
  priority: 5,
  when: { paths: oddPaths, pathRegexes: oddPathRegexes },
  action: deny,
};

/** The panel's paths answer admin ranges only, and never over plain HTTP where there is TLS: passwords pass there. */
function guard(cluster: Cluster, protocol: "http" | "https"): readonly Rule[] {
  const isOpen = protocol === "http" && usesTls(cluster);
  return [
    ...(cluster.balancer.kind === "managed" ? [oddRule] : []),
    ...(isOpen ? [] : adminRules(cluster.access.adminCidrs, adminPaths)),
    { name: "deny-panel", priority: 30, when: { paths: deniedPaths }, action: deny },
  ];
}

/** With a CDN that is the only way to playlists and segments; the CDN itself asks for these alone. */
function cdnRules({ cdn }: Cluster): readonly Rule[] {
  if (cdn?.exclusive !== true) return [];
  return [
    { name: "cdn", priority: 34, when: { fromCdn: true }, action: forward("edge") },
    { name: "deny-live", priority: 38, when: guardedFiles, action: deny },
    { name: "deny-init", priority: 39, when: guardedInitFiles, action: deny },
  ];
}

/**
 * What both pairs of ports have in common. WHIP and WHEP go by their path, whatever `target=` says: the later requests of
 * a session have the path of its first one, but not always its query (WhipEndpoint.java), and the node of the first one
 * alone knows the session. An edge answers 404 to LL-HLS,
 * DRM and recordings (Ant-Media-Server issues 6901, 7439, 3485). It fetches live playlists and segments from the stream's
 * origin (model/traffic/live-files.ts).
 */
const trafficRules: readonly Rule[] = [
  { name: "whip", priority: 35, when: { paths: ["/*/whip/*"] }, action: forward("origin"), affinity: "stream" },
  { name: "whep", priority: 36, when: { paths: ["/*/whep/*"] }, action: forward("edge"), affinity: "viewer" },
  { name: "origin-files", priority: 37, when: originFiles, action: forward("origin") },
  {
    name: "target-origin",
    priority: 40,
    when: { query: { key: "target", value: "origin" } },
    action: forward("origin"),
  },
  { name: "target-edge", priority: 41, when: { query: { key: "target", value: "edge" } }, action: forward("edge") },
  { name: "hls", priority: 50, when: liveFiles, action: forward("edge") },
  { name: "hls-init", priority: 51, when: initFiles, action: forward("edge") },
  { name: "recordings", priority: 52, when: recordings, action: forward("origin") },
];

interface Pair {
  readonly http: number;
  readonly https: number;
  readonly role: Role;
}

function pairListeners(cluster: Cluster, pair: Pair): readonly Listener[] {
  const serve = (protocol: "http" | "https", port: number): Listener => ({
    name: `${protocol}-${port}`,
    protocol,
    port,
    defaultAction: forward(pair.role),
    rules: [...guard(cluster, protocol), ...trafficRules, ...cdnRules(cluster)],
  });
  if (!usesTls(cluster)) return [serve("http", pair.http)];
  if (cluster.balancer.http === "forward") return [serve("http", pair.http), serve("https", pair.https)];
  const redirect: Listener = {
    name: `http-${pair.http}`,
    protocol: "http",
    port: pair.http,
    defaultAction: { kind: "redirect", port: pair.https },
    rules: [],
  };
  return [redirect, serve("https", pair.https)];
}

/** A lone machine plays what it publishes. */
function alone(action: Action): Action {
  return action.kind === "forward" && action.to === "edge" ? forward("origin") : action;
}

/** Listeners of the application (layer 7) balancer. */
export function httpListeners(cluster: Cluster): readonly Listener[] {
  const protocol = usesTls(cluster) ? "https" : "http";
  const listeners: readonly Listener[] = [
    ...pairListeners(cluster, { ...webPorts.publish, role: "origin" }),
    ...pairListeners(cluster, { ...webPorts.play, role: "edge" }),
    {
      name: `${protocol}-${panelPort}`,
      protocol,
      port: panelPort,
      defaultAction: deny,
      rules: adminRules(cluster.access.adminCidrs),
    },
  ];
  if (cluster.mode === "cluster") return listeners;
  return listeners.map((listener) => ({
    ...listener,
    defaultAction: alone(listener.defaultAction),
    rules: listener.rules.map((rule) => ({ ...rule, action: alone(rule.action) })),
  }));
}

/** Listeners of the network (layer 4) balancer: ingest only, to the origins. */
export function streamListeners(cluster: Cluster): readonly Listener[] {
  return streamTargets(cluster).map((target) => {
    const { protocol, port } = listenOf(target);
    return { name: `${protocol}-${port}`, protocol, port, defaultAction: forward(target.name), rules: [] };
  });
}
