"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.frontListeners = frontListeners;
const balancer_ts_1 = require("./balancer.js");
const listeners_ts_1 = require("./listeners.js");
/** Layer 4 only: TLS, rules and sessions are the proxies' own. The statistics page is there for admin ranges. */
function frontListeners(cluster) {
    const front = (protocol, port, why) => {
        const admin = port === listeners_ts_1.panelPort || port === balancer_ts_1.statsPort;
        return { name: `${protocol}-${port}`, target: `${protocol}${port}`, protocol, port, admin, why };
    };
    const stats = cluster.access.adminCidrs.length > 0 ? [front("tcp", balancer_ts_1.statsPort, "Statistics of the proxies")] : [];
    return [
        ...(0, listeners_ts_1.httpListeners)(cluster).map(({ port }) => front("tcp", port, port === listeners_ts_1.panelPort ? "Management panel" : "Publishers and players")),
        ...(0, listeners_ts_1.streamListeners)(cluster).map(({ protocol, port, name }) => front(protocol === "udp" ? "udp" : "tcp", port, `Ingest ${name}`)),
        ...stats,
    ];
}
