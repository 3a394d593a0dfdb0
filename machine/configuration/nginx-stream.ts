import type { Cluster, ProxyBalancer } from "../../config/types.ts";
import { httpListeners, type Listener, streamListeners } from "../../model/traffic/listeners.ts";
import { certificatePath, handshakeSeconds, tunnelSeconds } from "./proxy-rules.ts";

/** Nginx's block for connections, through which everything comes, and the words that both blocks are written with. */

export type Lines = readonly string[];

export const block = (head: string, lines: Lines): Lines => [`${head} {`, ...lines.map((line) => `    ${line}`), "}"];

export const rows = (values: Lines): Lines => ["default 0;", ...values.map((value) => `${value} 1;`)];

export const wordOf = ({ defaultAction: action }: Pick<Listener, "defaultAction">): string =>
  action.kind === "forward" ? action.to : action.kind;

/** Where the http block reads what the stream block took in and counted; the machine's unit removes old ones. */
export const socketOf = (port: number): string => `unix:/run/ams-${port}.sock`;

/** Counts each client's connections before anything is read of them; those that many share may be trusted. */
const limitOf = ({ connectionsPerSource, trustedSources }: ProxyBalancer): Lines => [
  ...block("geo $trusted", rows(trustedSources)),
  ...block("map $trusted $source", ["default $binary_remote_addr;", '1 "";']),
  "limit_conn_zone $source zone=sources:32m;",
  `limit_conn sources ${connectionsPerSource};`,
  "limit_conn_log_level info;",
  // What the machine counts (machine/agent/proxy/proxy_nginx.py), and the log of errors does not repeat.
  ...block("map $limit_conn_status $refused", ["default 0;", "REJECTED 1;"]),
  'log_format refused "-";',
  "access_log /var/log/nginx/refused.log refused if=$refused;",
];

/** Everything comes in here. Without `reuseport` the packets of one publisher would reach several processes. */
export function stream(cluster: Cluster, balancer: ProxyBalancer): Lines {
  const web = httpListeners(cluster).flatMap(({ port }) =>
    block("server", [
      `listen ${port} so_keepalive=on;`,
      // The http block's time-outs are shorter.
      `proxy_timeout ${tunnelSeconds + 60}s;`,
      "proxy_protocol on;",
      `proxy_pass ${socketOf(port)};`,
    ]),
  );
  const words = { udp: " udp reuseport", tcp: " so_keepalive=on", tls: " ssl so_keepalive=on" } as const;
  const tls = [
    `ssl_certificate ${certificatePath};`,
    `ssl_certificate_key ${certificatePath};`,
    "ssl_protocols TLSv1.2 TLSv1.3;",
    "ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;",
    `ssl_handshake_timeout ${handshakeSeconds}s;`,
  ];
  const servers = streamListeners(cluster).flatMap(({ protocol, port, defaultAction }) =>
    block("server", [
      `listen ${port}${words[protocol as keyof typeof words]};`,
      ...(protocol === "tls" ? tls : []),
      ...(protocol === "udp"
        ? ["proxy_timeout 1m;"]
        : [`proxy_timeout ${tunnelSeconds}s;`, "proxy_socket_keepalive on;"]),
      `proxy_pass ${wordOf({ defaultAction })};`,
    ]),
  );
  return block("stream", [
    "proxy_connect_timeout 3s;",
    "proxy_buffer_size 8k;",
    ...limitOf(balancer),
    "include ams-stream.conf;",
    ...web,
    ...servers,
  ]);
}
