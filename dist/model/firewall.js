"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.isMember = void 0;
exports.membersOf = membersOf;
exports.databasePort = databasePort;
exports.flows = flows;
const balancer_ts_1 = require("./balancer.js");
const cluster_ts_1 = require("./cluster.js");
const database_ts_1 = require("./database.js");
const front_ts_1 = require("./front.js");
const listeners_ts_1 = require("./listeners.js");
const targets_ts_1 = require("./targets.js");
/** The groups that this cluster has. */
function membersOf(cluster) {
    const roles = (0, cluster_ts_1.groupsOf)(cluster).map(({ role }) => role);
    const hasDatabase = (0, database_ts_1.databaseMembers)(cluster) > 0 || cluster.database.kind === "managed";
    const proxies = (0, balancer_ts_1.proxyOf)(cluster) === undefined ? [] : ["proxy"];
    return ["balancer", ...proxies, ...roles, ...(hasDatabase ? ["database"] : [])];
}
const isMember = (peer) => peer !== "internet" && peer !== "admin" && peer !== "bastion";
exports.isMember = isMember;
const webRtcPorts = [50000, 60000];
const clusterPort = 5000;
const mongoPort = 27017;
/** ApsaraDB for MongoDB has a port of its own; everybody else has MongoDB's. */
function databasePort(cluster) {
    return cluster.database.kind === "managed" && cluster.cloud === "alibaba" ? 3717 : mongoPort;
}
function flow(from, to, protocol, ports, why) {
    const [first, last] = typeof ports === "number" ? [ports, ports] : ports;
    const range = first === last ? `${first}` : `${first}-${last}`;
    const key = protocol === "all" ? `${from}-${to}-all` : `${from}-${to}-${protocol}-${range}`;
    return { key, from, to, protocol, ports: [first, last], why };
}
function intoManagedBalancer(cluster) {
    const web = (0, listeners_ts_1.httpListeners)(cluster).map(({ port }) => port === listeners_ts_1.panelPort
        ? flow("admin", "balancer", "tcp", port, "Management panel")
        : flow("internet", "balancer", "tcp", port, "Publishers and players"));
    const streams = (0, targets_ts_1.streamTargets)(cluster).flatMap(({ role, protocol, port }) => {
        const what = `Ingest ${protocol}-${port}`;
        return [
            flow("internet", "balancer", protocol, port, what),
            flow("balancer", role, protocol, port, `${what} through the network balancer`),
            // The network balancers keep the publisher's own address, so the node sees the internet.
            flow("internet", role, protocol, port, `${what}, address of the publisher kept`),
        ];
    });
    return [...web, ...streams];
}
/** Everything passes the proxies; the network balancers keep the client's own address, so they see the internet. */
function throughProxies(cluster) {
    const front = (0, front_ts_1.frontListeners)(cluster).flatMap(({ admin, protocol, port, why }) => {
        const from = admin ? "admin" : "internet";
        return [
            flow(from, "balancer", protocol, port, why),
            flow("balancer", "proxy", protocol, port, `${why} through the network balancer`),
            flow(from, "proxy", protocol, port, `${why}, address of the client kept`),
        ];
    });
    const streams = (0, targets_ts_1.streamTargets)(cluster).map(({ role, protocol, port }) => flow("proxy", role, protocol, port, `Ingest ${protocol}-${port}`));
    const renewal = flow("proxy", "proxy", "tcp", balancer_ts_1.acmePort, "Challenges of the certificate authority");
    return [
        ...front,
        flow("balancer", "proxy", "tcp", balancer_ts_1.proxyHealthPort, "Health checks"),
        ...streams,
        ...(cluster.certificate.source === "issued" ? [renewal] : []),
        flow("proxy", "internet", "tcp", 80, "Operating system packages"),
        flow("proxy", "internet", "tcp", 443, "Cloud APIs and the certificate authority"),
        flow("proxy", "internet", "udp", 123, "Time"),
    ];
}
function ontoNodes(roles, front) {
    return roles.flatMap((role) => [
        flow(front, role, "tcp", targets_ts_1.nodePort, "HTTP, WebSocket and health checks"),
        flow("internet", role, "udp", webRtcPorts, "WebRTC media, which passes no balancer"),
        flow(role, "internet", "all", [0, 65535], "Media to clients, pulled sources, cloud APIs"),
    ]);
}
/** Any node may be asked for a stream that another one holds. */
function betweenNodes(roles) {
    if (roles.length < 2)
        return [];
    return roles.flatMap((from) => roles.flatMap((to) => [
        flow(from, to, "tcp", targets_ts_1.nodePort, "HLS, REST and applications between nodes"),
        flow(from, to, "tcp", clusterPort, "Streams between nodes"),
        ...targets_ts_1.ingest
            .filter(({ name, role }) => name === "rtmp" && role === to)
            .map(({ port }) => flow(from, to, "tcp", port, "RTMP streams between nodes")),
    ]));
}
/** The managed services listen where the adapter says; an external database is the internet's. */
function ofDatabase(cluster, roles) {
    const { kind } = cluster.database;
    const reached = (0, database_ts_1.databaseMembers)(cluster) > 0 || kind === "managed";
    const inward = reached
        ? roles.map((role) => flow(role, "database", "tcp", databasePort(cluster), "Cluster state"))
        : [];
    if ((0, database_ts_1.databaseMembers)(cluster) === 0)
        return inward;
    const replication = flow("database", "database", "tcp", mongoPort, "Replication between members");
    return [
        ...inward,
        ...(kind === "replica-set" ? [replication] : []),
        flow("database", "internet", "tcp", 80, "Operating system packages"),
        flow("database", "internet", "tcp", 443, "MongoDB packages and cloud APIs"),
        flow("database", "internet", "udp", 123, "Time"),
    ];
}
/**
 * The owner's group gets SSH alone. The panel and the proxies' statistics are behind public addresses and rules of
 * layer 7, which know ranges: a security group says nothing about either.
 */
function administration(cluster) {
    const { sshPublicKey, adminGroup } = cluster.access;
    if (sshPublicKey === undefined)
        return [];
    const machines = membersOf(cluster).filter((member) => member !== "balancer" && (member !== "database" || (0, database_ts_1.databaseMembers)(cluster) > 0));
    const peers = ["admin", ...(adminGroup === undefined ? [] : ["bastion"])];
    return peers.flatMap((from) => machines.map((to) => flow(from, to, "tcp", 22, "SSH for administrators")));
}
/** All flows that the cluster needs; rows of `admin` apply to each admin range and vanish without one. */
function flows(cluster) {
    const roles = (0, cluster_ts_1.groupsOf)(cluster).map(({ role }) => role);
    const front = (0, balancer_ts_1.proxyOf)(cluster) === undefined ? "balancer" : "proxy";
    const rows = [
        ...(front === "balancer" ? intoManagedBalancer(cluster) : throughProxies(cluster)),
        ...ontoNodes(roles, front),
        ...betweenNodes(roles),
        ...ofDatabase(cluster, roles),
        ...administration(cluster),
    ];
    return cluster.access.adminCidrs.length > 0 ? rows : rows.filter(({ from }) => from !== "admin");
}
