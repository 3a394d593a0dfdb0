import type { Cluster, ProxyBalancer } from "../../config/types.ts";
import { usesTls } from "../../model/cluster.ts";
import { vcpusOf } from "../../model/groups/machine-size.ts";
import { proxyHealthPort, statsPort } from "../../model/traffic/balancer.ts";
import { cdnHeader } from "../../model/traffic/cdn.ts";
import { challengeOf } from "../../model/traffic/issued.ts";
import { type Condition, httpListeners, type Listener } from "../../model/traffic/listeners.ts";
import { source } from "../user-data/render.ts";
import { block, type Lines, rows, socketOf, stream, wordOf } from "./nginx-stream.ts";
import { maxConnections } from "./proxy-limits.ts";
import {
  cdnKeys,
  certificatePath,
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
 * Nginx's configuration, in words that 1.22 (Debian 12) and 1.24 (Ubuntu 24.04) have. The nodes are in files beside it
 * (`ams-http.conf`, `ams-panel.conf`, `ams-cookies.conf`, `ams-stream.conf`), which the machine writes.
 */

const headerVariable = `$http_${cdnHeader.toLowerCase().replaceAll("-", "_")}`;

/** Gives each condition that the listeners have a variable of its own, `1` where it holds. */
class Conditions {
  readonly #known = new Map<string, Lines>();

  /** Texts whose concatenation is all ones where the condition holds. */
  variables({ paths, query, sources, fromCdn }: Condition): readonly string[] {
    return [
      ...(sources === undefined ? [] : [this.#add((name) => block(`geo ${name}`, rows(sources)))]),
      ...(paths === undefined
        ? []
        : [this.#add((name) => block(`map $uri ${name}`, rows(paths.map((path) => `"~${pathRegex(path)}"`))))]),
      ...(query === undefined
        ? []
        : [this.#add((name) => block(`map $arg_${query.key} ${name}`, rows([query.value])))]),
      ...(fromCdn === undefined
        ? []
        : [this.#add((name) => block(`map ${headerVariable} ${name}`, ["default 0;", `include ${cdnKeys.nginx};`]))]),
    ];
  }

  #add(lines: (name: string) => Lines): string {
    const key = lines("").join("\n");
    const [place] = [...this.#known.keys()].flatMap((known, index) => (known === key ? [index] : []));
    const name = `$is${(place ?? this.#known.size) + 1}`;
    this.#known.set(key, lines(name));
    return name;
  }

  get lines(): Lines {
    return [...this.#known.values()].flat();
  }
}

/** Where a listener's requests go: the first rule that matches has the first one in a row of noughts and ones. */
function decision(listener: Listener, conditions: Conditions): Lines {
  const rules = mergedRules(listener.rules);
  const variables = rules.map(({ when }) => conditions.variables(when));
  const cases = rules.map(({ action, affinity }, index) => {
    const word = wordOf({ defaultAction: action });
    const digits = variables.map((one, at) => (at === index ? "1" : ".").repeat(one.length));
    return `"~^${digits.slice(0, index + 1).join("")}" ${affinity === undefined ? word : `"${word}-${affinity}$later"`};`;
  });
  return block(`map "${variables.flat().join("")}" $to_${listener.port}`, [`default ${wordOf(listener)};`, ...cases]);
}

const listen = (port: number, tls: boolean): string => `listen ${port}${tls ? " ssl http2" : ""};`;

/** The served names have one server, and all others another one, which knows the authority's challenge alone. */
function servers(cluster: Cluster, listener: Listener): Lines {
  const { port, protocol, defaultAction } = listener;
  const { domain } = cluster;
  const tls = protocol === "https" ? " ssl http2" : "";
  const challenge =
    challengeOf(cluster) === "http" && port === 80
      ? block(`location ${challengePath}`, ["proxy_pass http://acme;"])
      : [];
  const isOne = domain !== undefined && domain.names.length === 0;
  const name = isOne ? domain.name : `"~${servedNames(cluster)}"`;
  return [
    ...block("server", [
      `listen ${socketOf(port)}${tls} proxy_protocol default_server;`,
      ...challenge,
      ...block("location /", ["return 421;"]),
    ]),
    ...block("server", [
      `listen ${socketOf(port)}${tls} proxy_protocol;`,
      `server_name ${name};`,
      ...challenge,
      ...(defaultAction.kind === "redirect"
        ? block("location /", [redirect(isOne || domain === undefined ? domain?.name : "$host", defaultAction.port)])
        : [`set $to $to_${port};`, "include ams-routes.conf;"]),
    ]),
  ];
}

function redirect(name: string | undefined, port: number): string {
  if (name === undefined) throw new Error("no redirect without a domain");
  return `return 301 https://${name}${port === 443 ? "" : `:${port}`}$request_uri;`;
}

function statistics(cluster: Cluster): Lines {
  const { adminCidrs } = cluster.access;
  if (adminCidrs.length === 0) return [];
  return block("server", [
    listen(statsPort, usesTls(cluster)),
    ...adminCidrs.map((cidr) => `allow ${cidr};`),
    "deny all;",
    "auth_basic statistics;",
    "auth_basic_user_file ams-password;",
    ...block("location = /", ["stub_status;"]),
  ]);
}

/** Nginx starts only with a list of nodes, so that its answer alone says that it is at work. */
const health: Lines = block("server", [listen(proxyHealthPort, false), ...block("location = /", ["return 200;"])]);

function http(cluster: Cluster, { idleTimeoutSeconds, panelStickinessSeconds }: ProxyBalancer): Lines {
  const conditions = new Conditions();
  const listeners = httpListeners(cluster);
  const decisions = listeners
    .filter(({ defaultAction }) => defaultAction.kind !== "redirect")
    .flatMap((listener) => decision(listener, conditions));
  const tls = [`ssl_certificate ${certificatePath};`, `ssl_certificate_key ${certificatePath};`];
  const cookie = `${stickyCookie}=$panel_node; Path=/; Max-Age=${panelStickinessSeconds}; HttpOnly`;
  return block("http", [
    ...source("configuration/nginx-http.conf").trimEnd().split("\n"),
    // Of a TLS handshake, too (ngx_http_ssl_handshake), and again of a request's head.
    `client_header_timeout ${handshakeSeconds}s;`,
    `keepalive_timeout ${keepAliveSeconds}s;`,
    `proxy_read_timeout ${idleTimeoutSeconds}s;`,
    `proxy_send_timeout ${idleTimeoutSeconds}s;`,
    ...(usesTls(cluster) ? tls : []),
    ...conditions.lines,
    ...decisions,
    ...block(`map "$to $cookie_${stickyCookie.toLowerCase()}" $group`, ["default $to;", "include ams-panel.conf;"]),
    ...block("map $upstream_addr $panel_node", ["include ams-cookies.conf;"]),
    // Only a request that no cookie led there gets one.
    ...block("map $group $panel_cookie", [`panel "${cookie}";`]),
    "include ams-http.conf;",
    ...health,
    ...statistics(cluster),
    ...listeners.flatMap((listener) => servers(cluster, listener)),
  ]);
}

export function nginxConfig(cluster: Cluster, balancer: ProxyBalancer): string {
  const connections = maxConnections(balancer.machine);
  // A client's and a node's, and between the two blocks both ends of another one.
  const perProcess = Math.ceil((4 * connections) / vcpusOf(balancer.machine));
  const lines = [
    "user www-data;",
    "worker_processes auto;",
    `worker_rlimit_nofile ${Math.min(1_048_576, 2 * perProcess)};`,
    "pid /run/nginx.pid;",
    "error_log /var/log/nginx/error.log warn;",
    "include /etc/nginx/modules-enabled/*.conf;",
    ...block("events", [`worker_connections ${perProcess};`]),
    ...http(cluster, balancer),
    ...stream(cluster, balancer),
  ];
  return `${lines.join("\n")}\n`;
}

/** What every server that serves has; `$to` says where to. */
export const nginxRoutes = (): string =>
  source("configuration/nginx-routes.conf").replaceAll("UNSAFE", unsafePath).replaceAll("TUNNEL", `${tunnelSeconds}s`);
