"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.health = exports.limitOf = exports.sourceTable = exports.decrypted = exports.bind = exports.refused = exports.section = void 0;
exports.rangeList = rangeList;
exports.tlsFrontend = tlsFrontend;
exports.statistics = statistics;
const balancer_ts_1 = require("../../model/balancer.js");
const cluster_ts_1 = require("../../model/cluster.js");
const listeners_ts_1 = require("../../model/listeners.js");
const proxy_limits_ts_1 = require("./proxy-limits.js");
const proxy_rules_ts_1 = require("./proxy-rules.js");
/** What HAProxy does with a connection and with a request before the listener table decides. */
const certificatePath = "/etc/ams-cluster/tls.pem";
const section = (head, lines) => [head, ...lines.map((line) => `    ${line}`)];
exports.section = section;
/** A line has 64 words at most; lists of one name are one list. */
const rangesPerLine = 40;
function rangeList(name, ranges) {
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
exports.refused = [
    "http-request deny deny_status 400 if METH_CONNECT",
    "http-request deny deny_status 400 if { req.ver -m beg 1 } !{ url_beg / }",
    `http-request deny deny_status 400 if !{ path_beg / } or { path -m reg '${proxy_rules_ts_1.unsafePath}' }`,
    "http-request set-var(txn.path) path,url_dec,regsub(/+,/,g)",
    "http-request deny deny_status 400 unless { var(txn.path) -m found }",
    "http-request set-header Upgrade websocket if { req.hdr(Upgrade) -m str -i websocket }",
    "http-request del-header Upgrade unless { req.hdr(Upgrade) -m str -i websocket }",
    "http-request del-header HTTP2-Settings",
];
const bind = (port, tls) => `bind *:${port}${tls ? ` ssl crt ${certificatePath} alpn h2,http/1.1` : ""}`;
exports.bind = bind;
/** Where a frontend reads what the TLS frontend has decrypted: a socket without a file. */
const decrypted = (port) => `abns@ams-${port}`;
exports.decrypted = decrypted;
/**
 * TLS has a frontend of its own, because a handshake has the frontend's `timeout client`, and an upload or a player may
 * be silent for longer. Once a connection is passed on, `timeout tunnel` stands in that time-out's place (HAProxy's
 * configuration manual), and the next frontend has its own.
 */
function tlsFrontend(cluster, { machine }, sources) {
    const ports = (0, listeners_ts_1.httpListeners)(cluster).flatMap(({ protocol, port }) => (protocol === "https" ? [port] : []));
    if (ports.length === 0)
        return [];
    return [
        ...(0, exports.section)("frontend tls", [
            "mode tcp",
            ...ports.map((port) => (0, exports.bind)(port, true)),
            `maxconn ${(0, proxy_limits_ts_1.maxConnections)(machine)}`,
            `timeout client ${proxy_rules_ts_1.handshakeSeconds}s`,
            ...sources,
            "use_backend decrypted-%[dst_port]",
        ]),
        ...ports.flatMap((port) => (0, exports.section)(`backend decrypted-${port}`, ["mode tcp", `server http ${(0, exports.decrypted)(port)} send-proxy-v2 no-check`])),
    ];
}
/** Connections of each client's address, over all frontends. */
exports.sourceTable = (0, exports.section)("backend sources", ["stick-table type ip size 200k expire 1m store conn_cur"]);
/** Refuses a client's address with too many connections; those that many share may be trusted. */
const limitOf = ({ connectionsPerSource, trustedSources }) => [
    ...rangeList("trusted", trustedSources),
    `tcp-request connection track-sc0 src table sources${trustedSources.length === 0 ? "" : " unless trusted"}`,
    `tcp-request connection reject if { sc0_conn_cur gt ${connectionsPerSource} }`,
];
exports.limitOf = limitOf;
function statistics(cluster) {
    const { adminCidrs } = cluster.access;
    if (adminCidrs.length === 0)
        return [];
    return [
        ...(0, exports.section)("userlist statistics", ["user admin password *"]),
        ...(0, exports.section)("frontend statistics", [
            (0, exports.bind)(balancer_ts_1.statsPort, (0, cluster_ts_1.usesTls)(cluster)),
            `timeout client ${proxy_rules_ts_1.handshakeSeconds}s`,
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
exports.health = (0, exports.section)("frontend health", [`bind *:${balancer_ts_1.proxyHealthPort}`, "monitor-uri /", "http-request deny"]);
