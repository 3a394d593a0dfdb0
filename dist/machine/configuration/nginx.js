"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.nginxRoutes = void 0;
exports.nginxConfig = nginxConfig;
const balancer_ts_1 = require("../../model/balancer.js");
const cluster_ts_1 = require("../../model/cluster.js");
const listeners_ts_1 = require("../../model/listeners.js");
const render_ts_1 = require("../user-data/render.js");
const nginx_stream_ts_1 = require("./nginx-stream.js");
const proxy_limits_ts_1 = require("./proxy-limits.js");
const proxy_rules_ts_1 = require("./proxy-rules.js");
/**
 * Nginx's configuration, in words that 1.22 (Debian 12) and 1.24 (Ubuntu 24.04) have. The nodes are in files beside it
 * (`ams-http.conf`, `ams-panel.conf`, `ams-cookies.conf`, `ams-stream.conf`), which the machine writes.
 */
const certificatePath = "/etc/ams-cluster/tls.pem";
/** Gives each condition that the listeners have a variable of its own, `1` where it holds. */
class Conditions {
    #known = new Map();
    /** Texts whose concatenation is all ones where the condition holds. */
    variables({ paths, query, sources }) {
        return [
            ...(sources === undefined ? [] : [this.#add((name) => (0, nginx_stream_ts_1.block)(`geo ${name}`, (0, nginx_stream_ts_1.rows)(sources)))]),
            ...(paths === undefined
                ? []
                : [this.#add((name) => (0, nginx_stream_ts_1.block)(`map $uri ${name}`, (0, nginx_stream_ts_1.rows)(paths.map((path) => `"~${(0, proxy_rules_ts_1.pathRegex)(path)}"`))))]),
            ...(query === undefined
                ? []
                : [this.#add((name) => (0, nginx_stream_ts_1.block)(`map $arg_${query.key} ${name}`, (0, nginx_stream_ts_1.rows)([query.value])))]),
        ];
    }
    #add(lines) {
        const key = lines("").join("\n");
        const [place] = [...this.#known.keys()].flatMap((known, index) => (known === key ? [index] : []));
        const name = `$is${(place ?? this.#known.size) + 1}`;
        this.#known.set(key, lines(name));
        return name;
    }
    get lines() {
        return [...this.#known.values()].flat();
    }
}
/** Where a listener's requests go: the first rule that matches has the first one in a row of noughts and ones. */
function decision(listener, conditions) {
    const rules = (0, proxy_rules_ts_1.mergedRules)(listener.rules);
    const variables = rules.map(({ when }) => conditions.variables(when));
    const cases = rules.map(({ action }, index) => {
        const digits = variables.map((one, at) => (at === index ? "1" : ".").repeat(one.length));
        return `"~^${digits.slice(0, index + 1).join("")}" ${(0, nginx_stream_ts_1.wordOf)({ defaultAction: action })};`;
    });
    return (0, nginx_stream_ts_1.block)(`map "${variables.flat().join("")}" $to_${listener.port}`, [`default ${(0, nginx_stream_ts_1.wordOf)(listener)};`, ...cases]);
}
const listen = (port, tls) => `listen ${port}${tls ? " ssl http2" : ""};`;
/** The served names have one server, and all others another one, which knows the authority's challenge alone. */
function servers(cluster, listener) {
    const { port, protocol, defaultAction } = listener;
    const { domain } = cluster;
    const tls = protocol === "https" ? " ssl http2" : "";
    const challenge = cluster.certificate.source === "issued" && port === 80
        ? (0, nginx_stream_ts_1.block)(`location ${proxy_rules_ts_1.challengePath}`, ["proxy_pass http://acme;"])
        : [];
    const name = domain === undefined ? `"~${(0, proxy_rules_ts_1.servedNames)(cluster)}"` : domain.name;
    return [
        ...(0, nginx_stream_ts_1.block)("server", [
            `listen ${(0, nginx_stream_ts_1.socketOf)(port)}${tls} proxy_protocol default_server;`,
            ...challenge,
            ...(0, nginx_stream_ts_1.block)("location /", ["return 421;"]),
        ]),
        ...(0, nginx_stream_ts_1.block)("server", [
            `listen ${(0, nginx_stream_ts_1.socketOf)(port)}${tls} proxy_protocol;`,
            `server_name ${name};`,
            ...challenge,
            ...(defaultAction.kind === "redirect"
                ? (0, nginx_stream_ts_1.block)("location /", [redirect(domain?.name, defaultAction.port)])
                : [`set $to $to_${port};`, "include ams-routes.conf;"]),
        ]),
    ];
}
function redirect(name, port) {
    if (name === undefined)
        throw new Error("no redirect without a domain");
    return `return 301 https://${name}${port === 443 ? "" : `:${port}`}$request_uri;`;
}
function statistics(cluster) {
    const { adminCidrs } = cluster.access;
    if (adminCidrs.length === 0)
        return [];
    return (0, nginx_stream_ts_1.block)("server", [
        listen(balancer_ts_1.statsPort, (0, cluster_ts_1.usesTls)(cluster)),
        ...adminCidrs.map((cidr) => `allow ${cidr};`),
        "deny all;",
        "auth_basic statistics;",
        "auth_basic_user_file ams-password;",
        ...(0, nginx_stream_ts_1.block)("location = /", ["stub_status;"]),
    ]);
}
/** Nginx starts only with a list of nodes, so that its answer alone says that it is at work. */
const health = (0, nginx_stream_ts_1.block)("server", [listen(balancer_ts_1.proxyHealthPort, false), ...(0, nginx_stream_ts_1.block)("location = /", ["return 200;"])]);
function http(cluster, { idleTimeoutSeconds, panelStickinessSeconds }) {
    const conditions = new Conditions();
    const listeners = (0, listeners_ts_1.httpListeners)(cluster);
    const decisions = listeners
        .filter(({ defaultAction }) => defaultAction.kind !== "redirect")
        .flatMap((listener) => decision(listener, conditions));
    const tls = [`ssl_certificate ${certificatePath};`, `ssl_certificate_key ${certificatePath};`];
    const cookie = `${proxy_rules_ts_1.stickyCookie}=$panel_node; Path=/; Max-Age=${panelStickinessSeconds}; HttpOnly`;
    return (0, nginx_stream_ts_1.block)("http", [
        ...(0, render_ts_1.source)("configuration/nginx-http.conf").trimEnd().split("\n"),
        // Of a TLS handshake, too (ngx_http_ssl_handshake), and again of a request's head.
        `client_header_timeout ${proxy_rules_ts_1.handshakeSeconds}s;`,
        `keepalive_timeout ${proxy_rules_ts_1.keepAliveSeconds}s;`,
        `proxy_read_timeout ${idleTimeoutSeconds}s;`,
        `proxy_send_timeout ${idleTimeoutSeconds}s;`,
        ...((0, cluster_ts_1.usesTls)(cluster) ? tls : []),
        ...conditions.lines,
        ...decisions,
        ...(0, nginx_stream_ts_1.block)(`map "$to $cookie_${proxy_rules_ts_1.stickyCookie.toLowerCase()}" $group`, ["default $to;", "include ams-panel.conf;"]),
        ...(0, nginx_stream_ts_1.block)("map $upstream_addr $panel_node", ["include ams-cookies.conf;"]),
        // Only a request that no cookie led there gets one.
        ...(0, nginx_stream_ts_1.block)("map $group $panel_cookie", [`panel "${cookie}";`]),
        "include ams-http.conf;",
        ...health,
        ...statistics(cluster),
        ...listeners.flatMap((listener) => servers(cluster, listener)),
    ]);
}
function nginxConfig(cluster, balancer) {
    const connections = (0, proxy_limits_ts_1.maxConnections)(balancer.machine);
    // A client's and a node's, and between the two blocks both ends of another one.
    const perProcess = Math.ceil((4 * connections) / (0, cluster_ts_1.vcpusOf)(balancer.machine));
    const lines = [
        "user www-data;",
        "worker_processes auto;",
        `worker_rlimit_nofile ${Math.min(1_048_576, 2 * perProcess)};`,
        "pid /run/nginx.pid;",
        "error_log /var/log/nginx/error.log warn;",
        "include /etc/nginx/modules-enabled/*.conf;",
        ...(0, nginx_stream_ts_1.block)("events", [`worker_connections ${perProcess};`]),
        ...http(cluster, balancer),
        ...(0, nginx_stream_ts_1.stream)(cluster, balancer),
    ];
    return `${lines.join("\n")}\n`;
}
/** What every server that serves has; `$to` says where to. */
const nginxRoutes = () => (0, render_ts_1.source)("configuration/nginx-routes.conf").replaceAll("UNSAFE", proxy_rules_ts_1.unsafePath).replaceAll("TUNNEL", `${proxy_rules_ts_1.tunnelSeconds}s`);
exports.nginxRoutes = nginxRoutes;
