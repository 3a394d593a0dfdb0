import type { Cluster, ProxyBalancer } from "../../config/types.ts";
import { usesTls } from "../../model/cluster.ts";
import { proxyHealthPort, statsPort } from "../../model/traffic/balancer.ts";
import { httpListeners, streamListeners } from "../../model/traffic/listeners.ts";
import { maxConnections } from "./proxy-limits.ts";
import { certificatePath, handshakeSeconds, unsafePath } from "./proxy-rules.ts";

/** What HAProxy does with a connection and with a request before the listener table decides. */

export type Lines = readonly string[];

export const section = (head: string, lines: Lines): Lines => [head, ...lines.map((line) => `    ${line}`)];

/** A line has 64 words at most; lists of one name are one list. */
const rangesPerLine = 40;

export function rangeList(name: string, ranges: Lines): Lines {
  const count = Math.ceil(ranges.length / rangesPerLine);
  return Array.from({ length: count }, (_, index) => {
    return `acl ${name} src ${ranges.slice(index * rangesPerLine, (index + 1) * rangesPerLine).join(" ")}`;
  });
}

/**
 * What no client of AMS sends is refused before anything is decided. An HTTP/2 request's URL is absolute within HAProxy,
 * whatever the client wrote. Of the protocols that a connection may change to, WebSocket alone is passed on: within
 * another one a client could ask for anything.
 */
export const refused: Lines = [
  "http-request deny deny_status 400 if METH_CONNECT",
  "http-request deny deny_status 400 if { req.ver -m beg 1 } !{ url_beg / }",
  `http-request deny deny_status 400 if !{ path_beg / } or { path -m reg '${unsafePath}' }`,
  "http-request set-var(txn.path) path,url_dec,regsub(/+,/,g)",
  "http-request deny deny_status 400 unless { var(txn.path) -m found }",
  "http-request set-header Upgrade websocket if { req.hdr(Upgrade) -m str -i websocket }",
  "http-request del-header Upgrade unless { req.hdr(Upgrade) -m str -i websocket }",
  "http-request del-header HTTP2-Settings",
];

const bindTls = (port: number, alpn: string): string => `bind *:${port} ssl crt ${certificatePath}${alpn}`;

export const bind = (port: number, tls: boolean): string =>
  tls ? bindTls(port, " alpn h2,http/1.1") : `bind *:${port}`;

/** Where a frontend reads what the TLS frontend has decrypted: a socket without a file. */
export const decrypted = (port: number): string => `abns@ams-${port}`;

/**
 * TLS has a frontend of its own, because a handshake has the frontend's `timeout client`, and an upload or a player may
 * be silent for longer. Once a connection is passed on, `timeout tunnel` stands in that time-out's place (HAProxy's
 * configuration manual), and the next frontend has its own.
 */
export function tlsFrontend(cluster: Cluster, { machine }: ProxyBalancer, sources: Lines): Lines {
  const ports = httpListeners(cluster).flatMap(({ protocol, port }) => (protocol === "https" ? [port] : []));
  if (ports.length === 0) return [];
  const streamPorts = streamListeners(cluster).flatMap(({ protocol, port }) => (protocol === "tls" ? [port] : []));
  return [
    ...section("frontend tls", [
      "mode tcp",
      ...ports.map((port) => bind(port, true)),
      // What is no HTTP has no protocol to agree on.
      ...streamPorts.map((port) => bindTls(port, "")),
      `maxconn ${maxConnections(machine)}`,
      `timeout client ${handshakeSeconds}s`,
      ...sources,
      "use_backend decrypted-%[dst_port]",
    ]),
    ...[...ports, ...streamPorts].flatMap((port) =>
      section(`backend decrypted-${port}`, ["mode tcp", `server http ${decrypted(port)} send-proxy-v2 no-check`]),
    ),
  ];
}

/** Connections of each client's address, over all frontends. */
export const sourceTable = section("backend sources", ["stick-table type ip size 200k expire 1m store conn_cur"]);

/** Refuses a client's address with too many connections; those that many share may be trusted. */
export const limitOf = ({ connectionsPerSource, trustedSources }: ProxyBalancer): Lines => [
  ...rangeList("trusted", trustedSources),
  `tcp-request connection track-sc0 src table sources${trustedSources.length === 0 ? "" : " unless trusted"}`,
  `tcp-request connection reject if { sc0_conn_cur gt ${connectionsPerSource} }`,
];

export function statistics(cluster: Cluster): Lines {
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
export const health = section("frontend health", [`bind *:${proxyHealthPort}`, "monitor-uri /", "http-request deny"]);
