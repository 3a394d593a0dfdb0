"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.ingest = exports.nodePort = void 0;
exports.gatePorts = gatePorts;
exports.targets = targets;
exports.streamTargets = streamTargets;
exports.nodePort = 5080;
/**
 * What AMS takes in beside HTTP, as it listens (red5.properties rtmp.port, server.srt_port; ServerSettings.java has the
 * defaults). A row is a listener of the network balancer and a target group where `enabled`, the firewall's rules for
 * them, and, enabled or not, a port that a closed gate refuses.
 */
exports.ingest = [
    {
        name: "rtmp",
        role: "origin",
        protocol: "tcp",
        port: 1935,
        stickySeconds: 0,
        enabled: ({ balancer }) => balancer.rtmp,
    },
    {
        name: "srt",
        role: "origin",
        protocol: "udp",
        port: 4200,
        stickySeconds: 0,
        enabled: ({ balancer }) => balancer.srt,
    },
];
/** Ports that a node opens to its members alone while its gate is closed; the first is AMS's HTTP. */
function gatePorts() {
    const ports = (wanted) => exports.ingest.filter(({ protocol }) => protocol === wanted).map(({ port }) => port);
    return { tcp: [exports.nodePort, ...ports("tcp")], udp: ports("udp") };
}
function targets(cluster) {
    const { balancer } = cluster;
    const http = { protocol: "http", port: exports.nodePort, stickySeconds: 0 };
    const edge = cluster.mode === "standalone" ? [] : [{ name: "edge", role: "edge", ...http }];
    const rows = [{ name: "origin", role: "origin", ...http }, ...edge];
    // Without admin ranges no rule leads there, and AWS never calls a machine healthy in a group that nothing uses.
    if (cluster.access.adminCidrs.length > 0)
        rows.push({ name: "panel", role: "origin", ...http, stickySeconds: balancer.panelStickinessSeconds });
    return [...rows, ...streamTargets(cluster)];
}
/** The targets behind the network balancer. */
function streamTargets(cluster) {
    return exports.ingest.filter(({ enabled }) => enabled(cluster)).map(({ enabled: _, ...target }) => target);
}
