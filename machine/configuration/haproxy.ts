import { acmePort, type ProxyBalancer, proxyHealthPort, statsPort } from "../../model/balancer.ts";
import { assertNever, type Cluster, groupsOf, usesTls } from "../../model/cluster.ts";
import {
  type Action,
  type Condition,
  healthPath,
  httpListeners,
  type Listener,
  streamListeners,
} from "../../model/listeners.ts";
import { nodePort, type Target, targets } from "../../model/targets.ts";
import { maxConnections, slotsOf } from "./proxy-limits.ts";
import {
  challengePath,
  handshakeSeconds,
  keepAliveSeconds,
  mergedRules,
  pathRegex,
  servedNames,
  stickyCookie,
  tunnelSeconds,
  unsafePath,
} from "./proxy-rules.ts";

/**
 * HAProxy's configuration, in words that 2.6 (Debian 12) and 2.8 (Ubuntu 24.04) have. It is valid as it stands; the
 * machine puts the nodes that it knows in the server templates' place, and the password in the asterisk's.
 */

const certificatePath = "/etc/ams-cluster/tls.pem";

type Lines = readonly string[];

const section = (head: string, lines: Lines): Lines => [head, ...lines.map((line) => `    ${line}`)];

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

/** A line has 64 words at most; lists of one name are one list. */
const rangesPerLine = 40;

function rangeList(name: string, ranges: Lines): Lines {
  const count = Math.ceil(ranges.length / rangesPerLine);
  return Array.from({ length: count }, (_, index) => {
    return `acl ${name} src ${ranges.slice(index * rangesPerLine, (index + 1) * rangesPerLine).join(" ")}`;
  });
}

/** A rule that decides unless an earlier one has; `place` is its own in the frontend. */
function decision({ paths, query, sources }: Condition, action: Action, place: number): Lines {
  const ranges = `from${place}`;
  const words = [
    ...(paths === undefined
      ? []
      : [`{ var(txn.path) -m reg ${paths.map((path) => `'${pathRegex(path)}'`).join(" ")} }`]),
    ...(query === undefined ? [] : [`{ urlp(${query.key}) -m str -i ${query.value} }`]),
    ...(sources === undefined ? [] : [ranges]),
  ];
  const list = sources === undefined ? [] : rangeList(ranges, sources);
  return [...list, `http-request ${decide(action)} if ${undecided} ${words.join(" ")}`];
}

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

/**
 * What no client of AMS sends is refused before anything is decided. An HTTP/2 request's URL is absolute within HAProxy,
 * whatever the client wrote. Of the protocols that a connection may change to, WebSocket alone is passed on: within
 * another one a client could ask for anything.
 */
const refused: Lines = [
  "http-request deny deny_status 400 if METH_CONNECT",
  "http-request deny deny_status 400 if { req.ver -m beg 1 } !{ url_beg / }",
  `http-request deny deny_status 400 if !{ path_beg / } or { path -m reg '${unsafePath}' }`,
  "http-request set-var(txn.path) path,url_dec,regsub(/+,/,g)",
  "http-request deny deny_status 400 unless { var(txn.path) -m found }",
  "http-request set-header Upgrade websocket if { req.hdr(Upgrade) -m str -i websocket }",
  "http-request del-header Upgrade unless { req.hdr(Upgrade) -m str -i websocket }",
  "http-request del-header HTTP2-Settings",
];

/** The first rule that matches decides; the variable keeps its decision from the others. */
function routes({ domain }: Cluster, { rules, defaultAction, protocol, port }: Listener): Lines {
  if (defaultAction.kind === "redirect") {
    if (domain === undefined) throw new Error("no redirect without a domain");
    return [`${redirect(domain.name, defaultAction.port)} if ${undecided}`];
  }
  return [
    ...mergedRules(rules).flatMap(({ when, action }, place) => decision(when, action, place)),
    `http-request ${decide(defaultAction)} if ${undecided}`,
    "http-request deny if { var(txn.to) -m str deny }",
    "http-request set-header X-Forwarded-For %[src]",
    `http-request set-header X-Forwarded-Proto ${protocol}`,
    `http-request set-header X-Forwarded-Port ${port}`,
    "http-request del-header Forwarded",
  ];
}

const bind = (port: number, tls: boolean): string =>
  `bind *:${port}${tls ? ` ssl crt ${certificatePath} alpn h2,http/1.1` : ""}`;

/** Where a frontend reads what the TLS frontend has decrypted: a socket without a file. */
const decrypted = (port: number): string => `abns@ams-${port}`;

/**
 * TLS has a frontend of its own, because a handshake has the frontend's `timeout client`, and an upload or a player may
 * be silent for longer. Once a connection is passed on, `timeout tunnel` stands in that time-out's place (HAProxy's
 * configuration manual), and the next frontend has its own.
 */
function tlsFrontend(cluster: Cluster, { machine }: ProxyBalancer, sources: Lines): Lines {
  const ports = httpListeners(cluster).flatMap(({ protocol, port }) => (protocol === "https" ? [port] : []));
  if (ports.length === 0) return [];
  return [
    ...section("frontend tls", [
      "mode tcp",
      ...ports.map((port) => bind(port, true)),
      `maxconn ${maxConnections(machine)}`,
      `timeout client ${handshakeSeconds}s`,
      ...sources,
      "use_backend decrypted-%[dst_port]",
    ]),
    ...ports.flatMap((port) =>
      section(`backend decrypted-${port}`, ["mode tcp", `server http ${decrypted(port)} send-proxy-v2 no-check`]),
    ),
  ];
}

function frontend(cluster: Cluster, listener: Listener, sources: Lines): Lines {
  const { name, port, protocol } = listener;
  const challenge = `http-request set-var(txn.to) str(acme) if { path_beg ${challengePath} }`;
  return section(`frontend ${name}`, [
    ...(protocol === "https" ? [`bind ${decrypted(port)} accept-proxy`] : [bind(port, false), ...sources]),
    ...refused,
    ...(cluster.certificate.source === "issued" && port === 80 ? [challenge] : []),
    `http-request return status 421 if ${undecided} !{ req.hdr(host),host_only,lower -m reg '${servedNames(cluster)}' }`,
    ...routes(cluster, listener),
    "use_backend %[var(txn.to)]",
  ]);
}

/** As the managed balancers: one plain question, and 200 is the answer. */
const healthCheck: Lines = [
  "option httpchk",
  `http-check send meth GET uri ${healthPath} ver HTTP/1.1 hdr Host ams`,
  "http-check expect status 200",
];

/** Hours of silence: 3 s and 5 s, as in the documents, cut publishers off. */
const stream: Lines = ["mode tcp", `timeout client ${tunnelSeconds}s`, "option clitcpka"];

function backend(cluster: Cluster, { name, role, protocol, port, stickySeconds }: Target): Lines {
  const group = groupsOf(cluster).find((one) => one.role === role)?.group;
  if (group === undefined) return [];
  // The value follows from the node's address, so that it means the same to each of the proxies.
  const sticky = [
    `cookie ${stickyCookie} insert indirect nocache httponly dynamic maxlife ${stickySeconds}s`,
    `dynamic-cookie-key ${cluster.name}`,
  ];
  return section(`backend ${name}`, [
    ...(protocol === "tcp" ? ["mode tcp", `timeout server ${tunnelSeconds}s`, "option srvtcpka"] : []),
    ...healthCheck,
    ...(stickySeconds > 0 ? sticky : []),
    `server-template ${name}- ${slotsOf(group)} 0.0.0.0:${port} disabled`,
  ]);
}

function statistics(cluster: Cluster): Lines {
  const { adminCidrs } = cluster.access;
  if (adminCidrs.length === 0) return [];
  return [
    ...section("userlist statistics", ["user admin password *"]),
    ...section("frontend statistics", [
      bind(statsPort, usesTls(cluster)),
      `timeout client ${handshakeSeconds}s`,
      ...rangeList("admin", adminCidrs),
      "http-request deny unless admin",
      "http-request auth realm statistics unless { http_auth(statistics) }",
      "stats enable",
      "stats hide-version",
      "stats uri /",
    ]),
  ];
}

/** HAProxy starts only with a list of nodes, so that an answer says that it is at work. */
const health = section("frontend health", [`bind *:${proxyHealthPort}`, "monitor-uri /", "http-request deny"]);

/** Connections of each client's address, over all frontends. */
const sourceTable = section("backend sources", ["stick-table type ip size 200k expire 1m store conn_cur"]);

/** Refuses a client's address with too many connections; those that many share may be trusted. */
const limitOf = ({ connectionsPerSource, trustedSources }: ProxyBalancer): Lines => [
  ...rangeList("trusted", trustedSources),
  `tcp-request connection track-sc0 src table sources${trustedSources.length === 0 ? "" : " unless trusted"}`,
  `tcp-request connection reject if { sc0_conn_cur gt ${connectionsPerSource} }`,
];

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
    ...streamListeners(cluster).flatMap(({ name, port, defaultAction }) =>
      section(`frontend ${name}`, [
        bind(port, false),
        ...stream,
        ...sources,
        ...(defaultAction.kind === "forward" ? [`default_backend ${defaultAction.to}`] : []),
      ]),
    ),
    ...targets(cluster)
      .filter(({ protocol }) => protocol !== "udp")
      .flatMap((target) => backend(cluster, target)),
    ...(cluster.certificate.source === "issued"
      ? section("backend acme", [`server first 0.0.0.0:${acmePort} no-check disabled`])
      : []),
  ];
  return `${lines.join("\n")}\n`;
}
