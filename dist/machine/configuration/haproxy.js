"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.haproxyConfig = haproxyConfig;
const balancer_ts_1 = require("../../model/balancer.js");
const cluster_ts_1 = require("../../model/cluster.js");
const listeners_ts_1 = require("../../model/listeners.js");
const targets_ts_1 = require("../../model/targets.js");
const haproxy_front_ts_1 = require("./haproxy-front.js");
const proxy_limits_ts_1 = require("./proxy-limits.js");
const proxy_rules_ts_1 = require("./proxy-rules.js");
/**
 * HAProxy's configuration, in words that 2.6 (Debian 12) and 2.8 (Ubuntu 24.04) have. It is valid as it stands; the
 * machine puts the nodes that it knows in the server templates' place, and the password in the asterisk's.
 */
/** A client with TLS has two connections: its own, and the one from the TLS frontend to the one that reads requests. */
function global(cluster, { machine }) {
    return (0, haproxy_front_ts_1.section)("global", [
        "log stdout format raw daemon warning",
        "user haproxy",
        "group haproxy",
        "chroot /var/lib/haproxy",
        "stats socket /run/haproxy/admin.sock mode 600 level admin expose-fd listeners",
        `maxconn ${((0, cluster_ts_1.usesTls)(cluster) ? 2 : 1) * (0, proxy_limits_ts_1.maxConnections)(machine)}`,
        "ssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets",
        "ssl-default-bind-ciphers ECDHE+AESGCM:ECDHE+CHACHA20",
        // Browsers then open WebSockets by HTTP/1.1, as with the managed balancers.
        "h2-workaround-bogus-websocket-clients",
    ]);
}
function defaults({ idleTimeoutSeconds, health }) {
    return (0, haproxy_front_ts_1.section)("defaults", [
        "mode http",
        "log global",
        "option dontlognull",
        "option dontlog-normal",
        "option redispatch 1",
        "balance leastconn",
        "timeout connect 3s",
        `timeout http-request ${proxy_rules_ts_1.handshakeSeconds}s`,
        `timeout http-keep-alive ${proxy_rules_ts_1.keepAliveSeconds}s`,
        `timeout client ${idleTimeoutSeconds}s`,
        `timeout server ${idleTimeoutSeconds}s`,
        `timeout tunnel ${proxy_rules_ts_1.tunnelSeconds}s`,
        "timeout client-fin 30s",
        `timeout check ${health.timeoutSeconds}s`,
        `default-server check port ${targets_ts_1.nodePort} inter ${health.intervalSeconds}s rise ${health.healthyThreshold} fall ${health.unhealthyThreshold}`,
    ]);
}
/** A rule that decides unless an earlier one has; `place` is its own in the frontend. */
function decision({ paths, query, sources }, action, place) {
    const ranges = `from${place}`;
    const words = [
        ...(paths === undefined
            ? []
            : [`{ var(txn.path) -m reg ${paths.map((path) => `'${(0, proxy_rules_ts_1.pathRegex)(path)}'`).join(" ")} }`]),
        ...(query === undefined ? [] : [`{ urlp(${query.key}) -m str -i ${query.value} }`]),
        ...(sources === undefined ? [] : [ranges]),
    ];
    const list = sources === undefined ? [] : (0, haproxy_front_ts_1.rangeList)(ranges, sources);
    return [...list, `http-request ${decide(action)} if ${undecided} ${words.join(" ")}`];
}
const redirect = (name, port) => `http-request redirect code 301 location https://${name}${port === 443 ? "" : `:${port}`}%[pathq]`;
const undecided = "!{ var(txn.to) -m found }";
function decide(action) {
    switch (action.kind) {
        case "forward":
            return `set-var(txn.to) str(${action.to})`;
        case "deny":
            return "set-var(txn.to) str(deny)";
        case "redirect":
            throw new Error("no rule of the table redirects; listeners do by default");
        default:
            return (0, cluster_ts_1.assertNever)(action);
    }
}
/** The first rule that matches decides; the variable keeps its decision from the others. */
function routes({ domain }, { rules, defaultAction, protocol, port }) {
    if (defaultAction.kind === "redirect") {
        if (domain === undefined)
            throw new Error("no redirect without a domain");
        return [`${redirect(domain.name, defaultAction.port)} if ${undecided}`];
    }
    return [
        ...(0, proxy_rules_ts_1.mergedRules)(rules).flatMap(({ when, action }, place) => decision(when, action, place)),
        `http-request ${decide(defaultAction)} if ${undecided}`,
        "http-request deny if { var(txn.to) -m str deny }",
        "http-request set-header X-Forwarded-For %[src]",
        `http-request set-header X-Forwarded-Proto ${protocol}`,
        `http-request set-header X-Forwarded-Port ${port}`,
        "http-request del-header Forwarded",
    ];
}
function frontend(cluster, listener, sources) {
    const { name, port, protocol } = listener;
    const challenge = `http-request set-var(txn.to) str(acme) if { path_beg ${proxy_rules_ts_1.challengePath} }`;
    return (0, haproxy_front_ts_1.section)(`frontend ${name}`, [
        ...(protocol === "https" ? [`bind ${(0, haproxy_front_ts_1.decrypted)(port)} accept-proxy`] : [(0, haproxy_front_ts_1.bind)(port, false), ...sources]),
        ...haproxy_front_ts_1.refused,
        ...(cluster.certificate.source === "issued" && port === 80 ? [challenge] : []),
        `http-request return status 421 if ${undecided} !{ req.hdr(host),host_only,lower -m reg '${(0, proxy_rules_ts_1.servedNames)(cluster)}' }`,
        ...routes(cluster, listener),
        "use_backend %[var(txn.to)]",
    ]);
}
/** As the managed balancers: one plain question, and 200 is the answer. */
const healthCheck = [
    "option httpchk",
    `http-check send meth GET uri ${listeners_ts_1.healthPath} ver HTTP/1.1 hdr Host ams`,
    "http-check expect status 200",
];
/** Hours of silence: 3 s and 5 s, as in the documents, cut publishers off. */
const stream = ["mode tcp", `timeout client ${proxy_rules_ts_1.tunnelSeconds}s`, "option clitcpka"];
function backend(cluster, { name, role, protocol, port, stickySeconds }) {
    const group = (0, cluster_ts_1.groupsOf)(cluster).find((one) => one.role === role)?.group;
    if (group === undefined)
        return [];
    // The value follows from the node's address, so that it means the same to each of the proxies.
    const sticky = [
        `cookie ${proxy_rules_ts_1.stickyCookie} insert indirect nocache httponly dynamic maxlife ${stickySeconds}s`,
        `dynamic-cookie-key ${cluster.name}`,
    ];
    return (0, haproxy_front_ts_1.section)(`backend ${name}`, [
        ...(protocol === "tcp" ? ["mode tcp", `timeout server ${proxy_rules_ts_1.tunnelSeconds}s`, "option srvtcpka"] : []),
        ...healthCheck,
        ...(stickySeconds > 0 ? sticky : []),
        `server-template ${name}- ${(0, proxy_limits_ts_1.slotsOf)(group)} 0.0.0.0:${port} disabled`,
    ]);
}
function haproxyConfig(cluster, balancer) {
    const sources = (0, haproxy_front_ts_1.limitOf)(balancer);
    const lines = [
        ...global(cluster, balancer),
        ...defaults(balancer),
        ...haproxy_front_ts_1.sourceTable,
        ...haproxy_front_ts_1.health,
        ...(0, haproxy_front_ts_1.statistics)(cluster),
        ...(0, haproxy_front_ts_1.tlsFrontend)(cluster, balancer, sources),
        ...(0, listeners_ts_1.httpListeners)(cluster).flatMap((listener) => frontend(cluster, listener, sources)),
        ...(0, listeners_ts_1.streamListeners)(cluster).flatMap(({ name, port, defaultAction }) => (0, haproxy_front_ts_1.section)(`frontend ${name}`, [
            (0, haproxy_front_ts_1.bind)(port, false),
            ...stream,
            ...sources,
            ...(defaultAction.kind === "forward" ? [`default_backend ${defaultAction.to}`] : []),
        ])),
        ...(0, targets_ts_1.targets)(cluster)
            .filter(({ protocol }) => protocol !== "udp")
            .flatMap((target) => backend(cluster, target)),
        ...(cluster.certificate.source === "issued"
            ? (0, haproxy_front_ts_1.section)("backend acme", [`server first 0.0.0.0:${balancer_ts_1.acmePort} no-check disabled`])
            : []),
    ];
    return `${lines.join("\n")}\n`;
}
