import type { Cluster, NodeGroup } from "../../../config/types.ts";
import { userData } from "../../../machine/index.ts";
import { groupsOf, type Role } from "../../../model/cluster.ts";
import { ownDatabase } from "../../../model/groups/database.ts";
import { fixedGroups } from "../../../model/groups/fixed-group.ts";
import { databaseHosts } from "../../../model/naming.ts";
import { type Grant, grants } from "../../../model/network/grants.ts";
import { databaseAddress, memberZone, subnetsOf } from "../../../model/network/network.ts";
import { proxyHealthPath, proxyHealthPort, proxyOf } from "../../../model/traffic/balancer.ts";
import { provesTurn, turnChallenge } from "../../../model/traffic/issued.ts";
import { type Condition, healthPath, httpListeners, streamListeners } from "../../../model/traffic/listeners.ts";
import { proxyListeners } from "../../../model/traffic/proxy-listeners.ts";
import { nodePort, type TargetName, targets } from "../../../model/traffic/targets.ts";
import { turnPort } from "../../../model/traffic/turn.ts";
import { observeAlarms } from "./alarms.ts";
import { withoutLimits } from "./machines.ts";
import { type Observed, type ObservedGroup, type ObservedMember, sorted, toGrantText } from "./observed.ts";
import { observeScaling } from "./scaling.ts";

/** What the model says, in the observations' form. */
export function observe(cluster: Cluster): Observed {
  const groups = groupsOf(cluster);
  const database = databaseHosts(cluster).map((_, member) => memberOf(cluster, member));
  const machines = [
    ...groups.map(({ role }) => role),
    ...(database.length > 0 ? (["database"] as const) : []),
    ...fixedGroups(cluster).map(({ role }) => role),
  ];
  return sorted({
    groups: groups.map(({ role, group }) => groupOf(cluster, role, group)),
    alarms: observeAlarms(cluster),
    logDays: cluster.logs.retentionDays,
    recordings: cluster.recordings.store,
    ...entranceOf(cluster),
    grants: grants(cluster).map(grantText),
    database,
    userData: Object.fromEntries(machines.map((role) => [role, withoutLimits(userData(cluster, role))])),
  });
}

/** What the web and ingest come through, and beside it what TURN does. */
function entranceOf(cluster: Cluster): Pick<Observed, "listeners" | "targets" | "fixed"> {
  const proxy = proxyOf(cluster);
  const web = proxy === undefined ? { ...ofBalancers(cluster), fixed: {} } : ofFront(cluster, proxy.count);
  const turn = ofTurn(cluster);
  return {
    listeners: [...web.listeners, ...turn.listeners],
    targets: [...web.targets, ...turn.targets],
    fixed: { ...web.fixed, ...turn.fixed },
  };
}

/** Sets of TURN servers with what leads to each: AWS has one listener for both protocols of a port, Alibaba Cloud one for each. */
const turnSets = {
  aws: [
    { name: "turn", protocol: "tcp_udp", fronts: [["tcp_udp", turnPort]] },
    { name: "turn443", protocol: "tcp", fronts: [["tcp", 443]] },
  ],
  alibaba: [
    {
      name: "tcp",
      protocol: "tcp",
      fronts: [
        ["tcp", turnPort],
        ["tcp", 443],
      ],
    },
    { name: "udp", protocol: "udp", fronts: [["udp", turnPort]] },
  ],
} as const;

function ofTurn(cluster: Cluster): Pick<Observed, "listeners" | "targets" | "fixed"> {
  const { turn, balancer, network, cloud } = cluster;
  if (turn === undefined) return { listeners: [], targets: [], fixed: {} };
  const sets = turnSets[cloud];
  return {
    listeners: sets.flatMap(({ name, fronts }) =>
      fronts.map(([protocol, port]) => {
        return { protocol, port, rules: [], defaultAction: { kind: "forward" as const, to: name as TargetName } };
      }),
    ),
    targets: sets.map(({ name, protocol }) => ({
      name,
      protocol,
      stickySeconds: 0,
      drainSeconds: balancer.drainSeconds,
      health: { ...balancer.health, path: proxyHealthPath, port: proxyHealthPort },
    })),
    fixed: {
      turn: {
        count: turn.count,
        subnets: subnetsOf(network, "balancer").map(({ cidr }) => cidr),
        joins: sets.map(({ name }) => `${name} ${turnPort}`).sort(),
      },
    },
  };
}

/** Application Load Balancers of AWS match regular expressions, those of Alibaba Cloud wildcards alone. */
function whenOn({ cloud }: Cluster, { paths, pathRegexes, ...rest }: Condition): Condition {
  if (cloud === "aws" && pathRegexes !== undefined) return { ...rest, pathRegexes };
  return { ...rest, ...(paths === undefined ? {} : { paths }) };
}

/** The cloud's own balancers have the whole table. */
function ofBalancers(cluster: Cluster): Pick<Observed, "listeners" | "targets"> {
  const { balancer } = cluster;
  return {
    listeners: [...httpListeners(cluster), ...streamListeners(cluster)].map(
      ({ protocol, port, rules, defaultAction }) => ({
        protocol,
        port,
        defaultAction,
        rules: rules.map(({ priority, when, action }) => ({ priority, when: whenOn(cluster, when), action })),
      }),
    ),
    targets: targets(cluster).map(({ name, protocol, stickySeconds }) => ({
      name,
      protocol,
      stickySeconds,
      drainSeconds: balancer.drainSeconds,
      health: { ...balancer.health, path: healthPath, port: nodePort },
    })),
  };
}

/** In front of proxies each port leads to all of them. */
function ofFront(cluster: Cluster, count: number): Pick<Observed, "listeners" | "targets" | "fixed"> {
  const { balancer, network } = cluster;
  const front = [...proxyListeners(cluster), ...(provesTurn(cluster) ? [turnChallenge] : [])];
  return {
    listeners: front.map(({ protocol, port, target }) => {
      return { protocol, port, rules: [], defaultAction: { kind: "forward", to: target as TargetName } };
    }),
    targets: front.map(({ protocol, target }) => ({
      name: target,
      protocol,
      stickySeconds: 0,
      drainSeconds: balancer.drainSeconds,
      health: { ...balancer.health, path: proxyHealthPath, port: proxyHealthPort },
    })),
    fixed: {
      proxy: {
        count,
        subnets: subnetsOf(network, "balancer").map(({ cidr }) => cidr),
        joins: front.map(({ target, port }) => `${target} ${port}`).sort(),
      },
    },
  };
}

function memberOf(cluster: Cluster, member: number): ObservedMember {
  const subnets = subnetsOf(cluster.network, "database");
  return {
    host: databaseHosts(cluster)[member] ?? "",
    address: databaseAddress(cluster.network, member),
    subnet: subnets[memberZone(cluster.network, member)]?.cidr ?? "",
    diskGiB: ownDatabase(cluster)?.diskGiB ?? 0,
    hasPublicAddress: false,
  };
}

function groupOf(cluster: Cluster, role: Role, group: NodeGroup): ObservedGroup {
  const { min, max, cooldownSeconds, diskGiB, follow } = group;
  const percent = follow === "cpu" ? group.cpuTargetPercent : group.loadTargetPercent;
  // Proxies find the nodes themselves.
  const joined = proxyOf(cluster) === undefined ? targets(cluster) : [];
  const names = joined.flatMap((target) => (target.role === role ? [target.name] : []));
  const scaling = observeScaling(cluster, role, group);
  return { role, min, max, target: { follows: follow, percent }, cooldownSeconds, diskGiB, scaling, targets: names };
}

function grantText({ direction, of, peer, flow }: Grant): string {
  return toGrantText(direction, of, flow.protocol, flow.ports, peerText(peer));
}

function peerText(peer: Grant["peer"]): string {
  if (peer.kind === "range") return peer.cidr;
  return peer.kind === "member" ? peer.member : String(peer.id);
}
