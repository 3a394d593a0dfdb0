import type { Cluster, NodeGroup } from "../../../config/types.ts";
import { userData } from "../../../machine/index.ts";
import { groupsOf, type Role } from "../../../model/cluster.ts";
import { ownDatabase } from "../../../model/groups/database.ts";
import { databaseHosts } from "../../../model/naming.ts";
import { type Grant, grants } from "../../../model/network/grants.ts";
import { databaseAddress, memberZone, subnetsOf } from "../../../model/network/network.ts";
import { proxyHealthPath, proxyHealthPort, proxyOf } from "../../../model/traffic/balancer.ts";
import { type Condition, healthPath, httpListeners, streamListeners } from "../../../model/traffic/listeners.ts";
import { proxyListeners } from "../../../model/traffic/proxy-listeners.ts";
import { nodePort, type TargetName, targets } from "../../../model/traffic/targets.ts";
import { observeAlarms } from "./alarms.ts";
import { type Observed, type ObservedGroup, type ObservedMember, sorted, toGrantText } from "./observed.ts";
import { observeScaling } from "./scaling.ts";

/** What the model says, in the observations' form. */
export function observe(cluster: Cluster): Observed {
  const groups = groupsOf(cluster);
  const proxy = proxyOf(cluster);
  const database = databaseHosts(cluster).map((_, member) => memberOf(cluster, member));
  const machines = [
    ...groups.map(({ role }) => role),
    ...(database.length > 0 ? (["database"] as const) : []),
    ...(proxy === undefined ? [] : (["proxy"] as const)),
  ];
  return sorted({
    groups: groups.map(({ role, group }) => groupOf(cluster, role, group)),
    alarms: observeAlarms(cluster),
    logDays: cluster.logs.retentionDays,
    recordings: cluster.recordings.store,
    ...(proxy === undefined ? ofBalancers(cluster) : ofFront(cluster, proxy.count)),
    grants: grants(cluster).map(grantText),
    database,
    userData: Object.fromEntries(machines.map((role) => [role, userData(cluster, role)])),
  });
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
function ofFront(cluster: Cluster, count: number): Pick<Observed, "listeners" | "targets" | "proxies"> {
  const { balancer, network } = cluster;
  const front = proxyListeners(cluster);
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
    proxies: {
      count,
      subnets: subnetsOf(network, "balancer").map(({ cidr }) => cidr),
      joins: front.map(({ target, port }) => `${target} ${port}`).sort(),
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
  const { min, max, cpuTargetPercent, cooldownSeconds, diskGiB } = group;
  // Proxies find the nodes themselves.
  const joined = proxyOf(cluster) === undefined ? targets(cluster) : [];
  const names = joined.flatMap((target) => (target.role === role ? [target.name] : []));
  const scaling = observeScaling(cluster, role, group);
  return { role, min, max, cpuTargetPercent, cooldownSeconds, diskGiB, scaling, targets: names };
}

function grantText({ direction, of, peer, flow }: Grant): string {
  return toGrantText(direction, of, flow.protocol, flow.ports, peerText(peer));
}

function peerText(peer: Grant["peer"]): string {
  if (peer.kind === "range") return peer.cidr;
  return peer.kind === "member" ? peer.member : String(peer.id);
}
