"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.socketOf = exports.wordOf = exports.rows = exports.block = void 0;
exports.stream = stream;
const listeners_ts_1 = require("../../model/listeners.js");
const proxy_rules_ts_1 = require("./proxy-rules.js");
const block = (head, lines) => [`${head} {`, ...lines.map((line) => `    ${line}`), "}"];
exports.block = block;
const rows = (values) => ["default 0;", ...values.map((value) => `${value} 1;`)];
exports.rows = rows;
const wordOf = ({ defaultAction: action }) => action.kind === "forward" ? action.to : action.kind;
exports.wordOf = wordOf;
/** Where the http block reads what the stream block took in and counted; the machine's unit removes old ones. */
const socketOf = (port) => `unix:/run/ams-${port}.sock`;
exports.socketOf = socketOf;
/** Counts each client's connections before anything is read of them; those that many share may be trusted. */
const limitOf = ({ connectionsPerSource, trustedSources }) => [
    ...(0, exports.block)("geo $trusted", (0, exports.rows)(trustedSources)),
    ...(0, exports.block)("map $trusted $source", ["default $binary_remote_addr;", '1 "";']),
    "limit_conn_zone $source zone=sources:32m;",
    `limit_conn sources ${connectionsPerSource};`,
    "limit_conn_log_level info;",
    // What the machine counts (machine/agent/proxy/proxy_nginx.py), and the log of errors does not repeat.
    ...(0, exports.block)("map $limit_conn_status $refused", ["default 0;", "REJECTED 1;"]),
    'log_format refused "-";',
    "access_log /var/log/nginx/refused.log refused if=$refused;",
];
/** Everything comes in here. Without `reuseport` the packets of one publisher would reach several processes. */
function stream(cluster, balancer) {
    const web = (0, listeners_ts_1.httpListeners)(cluster).flatMap(({ port }) => (0, exports.block)("server", [
        `listen ${port} so_keepalive=on;`,
        // The http block's time-outs are shorter.
        `proxy_timeout ${proxy_rules_ts_1.tunnelSeconds + 60}s;`,
        "proxy_protocol on;",
        `proxy_pass ${(0, exports.socketOf)(port)};`,
    ]));
    const servers = (0, listeners_ts_1.streamListeners)(cluster).flatMap(({ protocol, port, defaultAction }) => (0, exports.block)("server", [
        `listen ${port}${protocol === "udp" ? " udp reuseport" : " so_keepalive=on"};`,
        ...(protocol === "udp"
            ? ["proxy_timeout 1m;"]
            : [`proxy_timeout ${proxy_rules_ts_1.tunnelSeconds}s;`, "proxy_socket_keepalive on;"]),
        `proxy_pass ${(0, exports.wordOf)({ defaultAction })};`,
    ]));
    return (0, exports.block)("stream", [
        "proxy_connect_timeout 3s;",
        "proxy_buffer_size 8k;",
        ...limitOf(balancer),
        "include ams-stream.conf;",
        ...web,
        ...servers,
    ]);
}
