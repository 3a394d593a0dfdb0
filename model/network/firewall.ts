import type { Cluster } from "../../config/types.ts";
import { groupsOf, type Role } from "../cluster.ts";
import { databaseMembers, restoreDrill } from "../groups/database.ts";
import { exporterPort, isScraped } from "../operation/exporter.ts";
import { forwardPort, receiverRange } from "../operation/forward.ts";
import { acmePort, proxyHealthPort, proxyOf, takesIpv6 } from "../traffic/balancer.ts";
import { challengeOf } from "../traffic/issued.ts";
import { httpListeners, panelPort } from "../traffic/listeners.ts";
import { proxyListeners } from "../traffic/proxy-listeners.ts";
import { ingest, keepsClient, listenOf, nodePort, streamTargets } from "../traffic/targets.ts";
import { mediaPorts, relayPorts, turnListeners, turnPort } from "../traffic/turn.ts";
import { ofDrill } from "./drill.ts";
import { type Flow, flow, type Member, type Peer } from "./flow.ts";

/**
 * Every allowed flow as a row; what no row names is closed. Ports and their sources: Ant Media's installation guide,
 * ServerSettings.java (5000 between nodes, not 5000-65000 as before 2.4.3) and AppSettings.java (WebRTC 50000-60000).
 */

/** The groups that this cluster has. */
export function membersOf(cluster: Cluster): readonly Member[] {
  const roles = groupsOf(cluster).map(({ role }) => role);
  const hasDatabase = databaseMembers(cluster) > 0 || cluster.database.kind === "managed";
  const proxies = proxyOf(cluster) === undefined ? [] : (["proxy"] as const);
  const turn = cluster.turn === undefined ? [] : (["turn"] as const);
  const drill = restoreDrill(cluster) === undefined ? [] : (["drill"] as const);
  return ["balancer", ...proxies, ...turn, ...roles, ...(hasDatabase ? (["database"] as const) : []), ...drill];
}

/** Who publishes and plays through the balancers. */
export const clientsOf = ({ balancer }: Cluster): Peer => (balancer.scheme === "internal" ? "private" : "internet");

/** Who exchanges WebRTC media with the nodes. */
export const mediaPeerOf = ({ network }: Cluster): Peer => (network.media === "private" ? "private" : "internet");

export const sshPort = 22;
export const clusterPort = 5000;
const mongoPort = 27017;
const apsaraPort = 3717;
export const databasePorts: readonly number[] = [mongoPort, apsaraPort];

/** ApsaraDB for MongoDB has a port of its own; everybody else has MongoDB's. */
export function databasePort(cluster: Cluster): number {
  return cluster.database.kind === "managed" && cluster.cloud === "alibaba" ? apsaraPort : mongoPort;
}

function intoManagedBalancer(cluster: Cluster): readonly Flow[] {
  const dual = takesIpv6(cluster) ? { ipv6: true } : {};
  const web = httpListeners(cluster).map(({ port }) =>
    port === panelPort
      ? flow("admin", "balancer", "tcp", port, "Management panel")
      : { ...flow(clientsOf(cluster), "balancer", "tcp", port, "Publishers and players"), ...dual },
  );
  const streams = streamTargets(cluster).flatMap((target) => {
    const { role, protocol, port } = target;
    const listen = listenOf(target);
    const what = `Ingest ${protocol}-${port}`;
    return [
      flow(clientsOf(cluster), "balancer", protocol, listen.port, `Ingest ${listen.protocol}-${listen.port}`),
      flow("balancer", role, protocol, port, `${what} through the network load balancer`),
      // The network balancers keep the publisher's own address, so the node sees the internet.
      ...(keepsClient(target)
        ? [flow(clientsOf(cluster), role, protocol, port, `${what} with client IP preservation`)]
        : []),
    ];
  });
  return [...web, ...streams];
}

/** Everything passes the proxies; the network balancers keep the client's own address, so they see the internet. */
function throughProxies(cluster: Cluster): readonly Flow[] {
  const front = proxyListeners(cluster).flatMap(({ admin, protocol, port, why }) => {
    const from = admin ? "admin" : clientsOf(cluster);
    return [
      flow(from, "balancer", protocol, port, why),
      flow("balancer", "proxy", protocol, port, `${why} through the network load balancer`),
      flow(from, "proxy", protocol, port, `${why} with client IP preservation`),
    ];
  });
  const streams = streamTargets(cluster).map(({ role, protocol, port }) =>
    flow("proxy", role, protocol, port, `Ingest ${protocol}-${port}`),
  );
  const renewal = flow("proxy", "proxy", "tcp", acmePort, "ACME challenges");
  return [
    ...front,
    flow("balancer", "proxy", "tcp", proxyHealthPort, "Health checks"),
    ...streams,
    ...(challengeOf(cluster) === "http" ? [renewal] : []),
    flow("proxy", "internet", "tcp", 80, "Operating system packages"),
    flow("proxy", "internet", "tcp", 443, "Cloud APIs and the certificate authority"),
    flow("proxy", "internet", "udp", 123, "Time"),
  ];
}

function ontoNodes(cluster: Cluster, roles: readonly Role[], front: "balancer" | "proxy"): readonly Flow[] {
  return roles.flatMap((role) => [
    flow(front, role, "tcp", nodePort, "HTTP, WebSocket and health checks"),
    flow(mediaPeerOf(cluster), role, "udp", mediaPorts, "WebRTC media, which bypasses the load balancers"),
    flow(role, "internet", "all", [0, 65535], "Media to clients, pulled streams and cloud APIs"),
  ]);
}

/**
 * TURN servers. The balancers share a security group, so that a port of the web is there already. What is relayed leaves by
 * the rows to the nodes alone: no other row of these machines lets UDP out, but for the time on Alibaba Cloud (AWS has its
 * time service at a link-local address, which no security group filters).
 */
function throughTurn(cluster: Cluster, roles: readonly Role[]): readonly Flow[] {
  if (cluster.turn === undefined) return [];
  const clients = clientsOf(cluster);
  return [
    ...turnListeners.map(({ protocol, port }) => flow(clients, "balancer", protocol, port, "TURN")),
    ...(["udp", "tcp"] as const).flatMap((protocol) => [
      flow("balancer", "turn", protocol, turnPort, "TURN through the network load balancer"),
      flow(clients, "turn", protocol, turnPort, "TURN with client IP preservation"),
    ]),
    flow("balancer", "turn", "tcp", proxyHealthPort, "Health checks"),
    ...roles.flatMap((role) => [
      flow("turn", role, "udp", mediaPorts, "Media relayed by TURN"),
      flow(role, "turn", "udp", relayPorts, "Media to TURN relay ports"),
    ]),
    flow("turn", "internet", "tcp", 80, "Operating system packages"),
    flow("turn", "internet", "tcp", 443, "Cloud APIs"),
    ...(cluster.cloud === "aws" ? [] : [flow("turn", "internet", "udp", 123, "Time")]),
  ];
}

/** Any node may be asked for a stream that another one holds. */
function betweenNodes(roles: readonly Role[]): readonly Flow[] {
  if (roles.length < 2) return [];
  return roles.flatMap((from) =>
    roles.flatMap((to) => [
      flow(from, to, "tcp", nodePort, "HLS, REST and applications between nodes"),
      flow(from, to, "tcp", clusterPort, "Streams between nodes"),
      ...ingest
        .filter(({ name, role }) => name === "rtmp" && role === to)
        .map(({ port }) => flow(from, to, "tcp", port, "RTMP streams between nodes")),
    ]),
  );
}

/** The managed services listen where the adapter says; an external database is the internet's. */
function ofDatabase(cluster: Cluster, roles: readonly Role[]): readonly Flow[] {
  const { kind } = cluster.database;
  const reached = databaseMembers(cluster) > 0 || kind === "managed";
  const inward = reached
    ? roles.map((role) => flow(role, "database", "tcp", databasePort(cluster), "Cluster state"))
    : [];
  if (databaseMembers(cluster) === 0) return inward;
  const replication = flow("database", "database", "tcp", mongoPort, "Replication between members");
  return [
    ...inward,
    ...(kind === "replica-set" ? [replication] : []),
    flow("database", "internet", "tcp", 80, "Operating system packages"),
    flow("database", "internet", "tcp", 443, "MongoDB packages and cloud APIs"),
    flow("database", "internet", "udp", 123, "Time"),
  ];
}

/** Members that are machines with our agent. */
const machinesOf = (cluster: Cluster): readonly Member[] =>
  membersOf(cluster).filter(
    (member) => !["balancer", "drill"].includes(member) && (member !== "database" || databaseMembers(cluster) > 0),
  );

/**
 * The owner's group gets SSH alone. The panel and the proxies' statistics are behind public addresses and rules of
 * layer 7, which know ranges: a security group says nothing about either.
 */
function administration(cluster: Cluster): readonly Flow[] {
  const { sshPublicKey, adminGroup } = cluster.access;
  if (sshPublicKey === undefined) return [];
  const machines = machinesOf(cluster);
  const peers = ["admin", ...(adminGroup === undefined ? [] : (["bastion"] as const))] as const;
  return peers.flatMap((from) => machines.map((to) => flow(from, to, "tcp", sshPort, "SSH for administrators")));
}

const monitoring = (cluster: Cluster): readonly Flow[] =>
  isScraped(cluster)
    ? machinesOf(cluster).map((to) => flow("monitor", to, "tcp", exporterPort, "Metrics for Prometheus"))
    : [];

/** A receiver with a name may be anywhere. */
function forwarding(cluster: Cluster): readonly Flow[] {
  const { forward } = cluster.logs;
  if (forward === undefined) return [];
  const to = receiverRange(forward) === undefined ? "internet" : "receiver";
  return machinesOf(cluster).map((from) => flow(from, to, "tcp", forwardPort(forward), "Forwarded log lines"));
}

/** All flows that the cluster needs; rows of `admin` apply to each admin range and vanish without one. */
export function flows(cluster: Cluster): readonly Flow[] {
  const roles = groupsOf(cluster).map(({ role }) => role);
  const front = proxyOf(cluster) === undefined ? "balancer" : "proxy";
  const rows = [
    ...(front === "balancer" ? intoManagedBalancer(cluster) : throughProxies(cluster)),
    ...ontoNodes(cluster, roles, front),
    ...throughTurn(cluster, roles),
    ...betweenNodes(roles),
    ...ofDatabase(cluster, roles),
    ...ofDrill(cluster),
    ...administration(cluster),
    ...monitoring(cluster),
    ...forwarding(cluster),
  ];
  // Two targets may have one port of the nodes: RTMP and RTMPS do. Two balancers may have one port: 443 of the web and of TURN.
  const once = rows.filter(({ key }, index) => rows.findIndex((row) => row.key === key) === index);
  return cluster.access.adminCidrs.length > 0 ? once : once.filter(({ from }) => from !== "admin");
}
