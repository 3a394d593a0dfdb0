import type { Cluster, ProxyBalancer } from "../../config/types.ts";
import { assertNever, usesTls } from "../../model/cluster.ts";
import { acmePort } from "../../model/traffic/balancer.ts";
import { cdnHeader } from "../../model/traffic/cdn.ts";
import { challengeOf } from "../../model/traffic/issued.ts";
import {
  type Action,
  type Affinity,
  httpListeners,
  type Listener,
  streamListeners,
} from "../../model/traffic/listeners.ts";
import { nodePort, targets } from "../../model/traffic/targets.ts";
import { backend } from "./haproxy-backends.ts";
import {
  bind,
  decrypted,
  health,
  type Lines,
  limitOf,
  rangeList,
  refused,
  section,
  sourceTable,
  statistics,
  tlsFrontend,
} from "./haproxy-listeners.ts";
import { maxConnections } from "./proxy-limits.ts";
import {
  cdnKeys,
  challengePath,
  handshakeSeconds,
  keepAliveSeconds,
  type Merged,
  mergedRules,
  pathRegex,
  servedNames,
  tunnelSeconds,
} from "./proxy-rules.ts";

/**
 * HAProxy's configuration, in words that 2.6 (Debian 12) and 2.8 (Ubuntu 24.04) have. It is valid as it stands; the
 * machine puts the nodes that it knows in the server templates' place, and the password in the asterisk's.
 */

/** A client with TLS has two connections: its own, and the one from the TLS frontend to the one that reads requests. */
function global(cluster: Cluster, { machine }: ProxyBalancer): Lines {
  return section("global", [
    "log stdout format raw daemon warning",
    "user haproxy",
    "group haproxy",
    "chroot /var/lib/haproxy",
    "stats socket /run/haproxy/admin.sock mode 600 level admin expose-fd listeners",
    `maxconn ${(usesTls(cluster) ? 2 : 1) * maxConnections(machine)}`,
    "ssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets",
    "ssl-default-bind-ciphers ECDHE+AESGCM:ECDHE+CHACHA20",
    // Browsers then open WebSockets by HTTP/1.1, as with the managed balancers.
    "h2-workaround-bogus-websocket-clients",
  ]);
}

function defaults({ idleTimeoutSeconds, health }: ProxyBalancer): Lines {
  return section("defaults", [
    "mode http",
    "log global",
    "option dontlognull",
    "option dontlog-normal",
    "option redispatch 1",
    "balance leastconn",
    "timeout connect 3s",
    `timeout http-request ${handshakeSeconds}s`,
    `timeout http-keep-alive ${keepAliveSeconds}s`,
    `timeout client ${idleTimeoutSeconds}s`,
    `timeout server ${idleTimeoutSeconds}s`,
    `timeout tunnel ${tunnelSeconds}s`,
    "timeout client-fin 30s",
    `timeout check ${health.timeoutSeconds}s`,
    `default-server check port ${nodePort} inter ${health.intervalSeconds}s rise ${health.healthyThreshold} fall ${health.unhealthyThreshold}`,
  ]);
}

/** A rule that decides unless an earlier one has; `place` is its own in the frontend. */
function decision({ when: { paths, query, sources, fromCdn }, action, affinity }: Merged, place: number): Lines {
  const ranges = `from${place}`;
  const words = [
    ...(paths === undefined
      ? []
      : [`{ var(txn.path) -m reg ${paths.map((path) => `'${pathRegex(path)}'`).join(" ")} }`]),
    ...(query === undefined ? [] : [`{ urlp(${query.key}) -m str -i ${query.value} }`]),
    ...(sources === undefined ? [] : [ranges]),
    ...(fromCdn === undefined ? [] : [`{ req.fhdr(${cdnHeader}) -m str -f ${cdnKeys.haproxy} }`]),
  ];
  const list = sources === undefined ? [] : rangeList(ranges, sources);
  const lines = [...(affinity === undefined ? [] : [identities[affinity]]), decide(action)];
  return [...list, ...lines.map((line) => `http-request ${line} if ${undecided} ${words.join(" ")}`)];
}

/** The application, `whip` or `whep`, and the stream. */
const streamPath = "var(txn.path),field(2,/,3)";

const identities: Readonly<Record<Affinity, string>> = {
  stream: `set-var(txn.session) ${streamPath}`,
  viewer: `set-var-fmt(txn.session) "%[${streamPath}] %[src]"`,
};

const redirect = (name: string, port: number): string =>
  `http-request redirect code 301 location https://${name}${port === 443 ? "" : `:${port}`}%[pathq]`;

const undecided = "!{ var(txn.to) -m found }";

function decide(action: Action): string {
  switch (action.kind) {
    case "forward":
      return `set-var(txn.to) str(${action.to})`;
    case "deny":
      return "set-var(txn.to) str(deny)";
    case "redirect":
      throw new Error("no rule of the table redirects; listeners do by default");
    default:
      return assertNever(action);
  }
}

/** The first rule that matches decides; the variable keeps its decision from the others. */
function routes({ domain }: Cluster, { rules, defaultAction, protocol, port }: Listener): Lines {
  if (defaultAction.kind === "redirect") {
    if (domain === undefined) throw new Error("no redirect without a domain");
    // Any other name than those served has been refused by now.
    const name = domain.names.length === 0 ? domain.name : "%[req.hdr(host),host_only,lower]";
    return [`${redirect(name, defaultAction.port)} if ${undecided}`];
  }
  return [
    ...mergedRules(rules).flatMap(decision),
    `http-request ${decide(defaultAction)} if ${undecided}`,
    "http-request deny if { var(txn.to) -m str deny }",
    "http-request set-header X-Forwarded-For %[src]",
    `http-request set-header X-Forwarded-Proto ${protocol}`,
    `http-request set-header X-Forwarded-Port ${port}`,
    "http-request del-header Forwarded",
  ];
}

function frontend(cluster: Cluster, listener: Listener, sources: Lines): Lines {
  const { name, port, protocol } = listener;
  const challenge = `http-request set-var(txn.to) str(acme) if { path_beg ${challengePath} }`;
  return section(`frontend ${name}`, [
    ...(protocol === "https" ? [`bind ${decrypted(port)} accept-proxy`] : [bind(port, false), ...sources]),
    ...refused,
    ...(challengeOf(cluster) === "http" && port === 80 ? [challenge] : []),
    `http-request return status 421 if ${undecided} !{ req.hdr(host),host_only,lower -m reg '${servedNames(cluster)}' }`,
    ...routes(cluster, listener),
    "use_backend %[var(txn.to)]",
  ]);
}

/** Hours of silence: 3 s and 5 s, as in the documents, cut publishers off. */
const stream: Lines = ["mode tcp", `timeout client ${tunnelSeconds}s`, "option clitcpka"];

export function haproxyConfig(cluster: Cluster, balancer: ProxyBalancer): string {
  const sources = limitOf(balancer);
  const lines = [
    ...global(cluster, balancer),
    ...defaults(balancer),
    ...sourceTable,
    ...health,
    ...statistics(cluster),
    ...tlsFrontend(cluster, balancer, sources),
    ...httpListeners(cluster).flatMap((listener) => frontend(cluster, listener, sources)),
    ...streamListeners(cluster).flatMap(({ name, port, protocol, defaultAction }) =>
      section(`frontend ${name}`, [
        ...(protocol === "tls" ? [`bind ${decrypted(port)} accept-proxy`] : [bind(port, false), ...sources]),
        ...stream,
        ...(defaultAction.kind === "forward" ? [`default_backend ${defaultAction.to}`] : []),
      ]),
    ),
    ...targets(cluster)
      .filter(({ protocol }) => protocol !== "udp")
      .flatMap((target) => backend(cluster, target)),
    ...(challengeOf(cluster) === "http"
      ? section("backend acme", [`server first 0.0.0.0:${acmePort} no-check disabled`])
      : []),
  ];
  return `${lines.join("\n")}\n`;
}
