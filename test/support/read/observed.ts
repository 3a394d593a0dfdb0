import { userData } from "../../../machine/index.ts";
import { type HealthCheck, proxyHealthPath, proxyHealthPort, proxyOf } from "../../../model/balancer.ts";
import { type Cluster, groupsOf, type Role } from "../../../model/cluster.ts";
import { ownDatabase } from "../../../model/database.ts";
import { type Grant, grants, type Member } from "../../../model/firewall.ts";
import { frontListeners } from "../../../model/front.ts";
import {
  type Action,
  type Condition,
  healthPath,
  httpListeners,
  nodePort,
  streamListeners,
  type TargetName,
  targets,
} from "../../../model/listeners.ts";
import { databaseHosts } from "../../../model/naming.ts";
import { databaseAddress, subnetsOf } from "../../../model/network.ts";
import type { NodeGroup } from "../../../model/node-group.ts";
import { type ObservedAlarm, observeAlarms } from "./alarms.ts";
import { type ObservedScaling, observeScaling } from "./scaling.ts";

/** What a cluster does, said without a cloud's words: the same for a model and for the resources made from it. */
export interface Observed {
  readonly groups: readonly ObservedGroup[];
  /** Absent where the cloud's own balancer is at work. */
  readonly proxies?: ObservedProxies;
  readonly alarms: readonly ObservedAlarm[];
  readonly logDays: number;
  readonly recordings: Cluster["recordings"]["store"];
  readonly listeners: readonly ObservedListener[];
  readonly targets: readonly ObservedTarget[];
  /** Sorted texts such as `in balancer tcp 443-443 0.0.0.0/0`. */
  readonly grants: readonly string[];
  /** The database's own machines, by address; empty where somebody else runs it. */
  readonly database: readonly ObservedMember[];
  /** Decoded, of the machines that there are; a reader throws if two of one kind differ. */
  readonly userData: Readonly<Partial<Record<Role | "database" | "proxy", string>>>;
}

export interface ObservedGroup {
  readonly role: Role;
  readonly min: number;
  readonly max: number;
  readonly cpuTargetPercent: number;
  readonly cooldownSeconds: number;
  readonly diskGiB: number;
  readonly scaling: ObservedScaling;
  /** Names of the targets that its machines join, sorted. */
  readonly targets: readonly string[];
}

/** The group of proxies, all of which run always. */
export interface ObservedProxies {
  readonly count: number;
  /** Ranges of the subnets that they stand in, in the order of the zones. */
  readonly subnets: readonly string[];
  /** Names of the sets that they join with the port on which they do, sorted: `tcp443 443`. */
  readonly joins: readonly string[];
}

export interface ObservedRule {
  readonly priority: number;
  readonly when: Condition;
  readonly action: Action;
}

export interface ObservedListener {
  readonly protocol: string;
  readonly port: number;
  /** By priority. */
  readonly rules: readonly ObservedRule[];
  /** In front of proxies it names a set of them, such as `tcp443`, in the place of a target. */
  readonly defaultAction: Action;
}

export interface ObservedTarget {
  readonly name: string;
  readonly protocol: string;
  readonly drainSeconds: number;
  readonly stickySeconds: number;
  readonly health: HealthCheck & { readonly path: string; readonly port: number };
}

export interface ObservedMember {
  /** Name in the private zone. */
  readonly host: string;
  readonly address: string;
  /** Range of its subnet, which stands in one zone. */
  readonly subnet: string;
  readonly diskGiB: number;
  readonly hasPublicAddress: boolean;
}

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

/** The cloud's own balancers have the whole table. */
function ofBalancers(cluster: Cluster): Pick<Observed, "listeners" | "targets"> {
  const { balancer } = cluster;
  return {
    listeners: [...httpListeners(cluster), ...streamListeners(cluster)].map(
      ({ protocol, port, rules, defaultAction }) => ({
        protocol,
        port,
        defaultAction,
        rules: rules.map(({ priority, when, action }) => ({ priority, when, action })),
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
  const front = frontListeners(cluster);
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
    subnet: subnets[member % subnets.length]?.cidr ?? "",
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
  return peer.kind === "member" ? peer.member : peer.id;
}

export function toGrantText(
  direction: string,
  of: string,
  protocol: string,
  [first, last]: readonly [number, number],
  peer: Member | string,
): string {
  return `${direction} ${of} ${protocol} ${first}-${last} ${peer}`;
}

/** The same observations in an order that doesn't depend on where they came from. */
export function sorted(observed: Observed): Observed {
  const by =
    <T>(key: (value: T) => string | number) =>
    (a: T, b: T): number =>
      key(a) < key(b) ? -1 : 1;
  return {
    ...observed,
    groups: observed.groups
      .map((group) => ({ ...group, targets: [...group.targets].sort() }))
      .sort(by((group) => group.role)),
    listeners: observed.listeners
      .map((listener) => ({ ...listener, rules: [...listener.rules].sort(by((rule) => rule.priority)) }))
      .sort(by((listener) => listener.port)),
    targets: [...observed.targets].sort(by((target) => target.name)),
    alarms: [...observed.alarms].sort(),
    grants: [...observed.grants].sort(),
    database: [...observed.database].sort(by((member) => member.host)),
  };
}
