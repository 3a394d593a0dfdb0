import type { Cluster } from "../../config/types.ts";
import { groupsOf } from "../cluster.ts";
import { databaseMembers } from "../groups/database.ts";
import { type FixedGroup, fixedGroups, mostOfFixed } from "../groups/fixed-group.ts";
import type { MachineUse } from "../groups/machine-use.ts";
import { elasticityOf } from "../groups/node-group.ts";
import type { PublicAddresses } from "../network/address-pool.ts";
import type { Member } from "../network/flow.ts";
import { grants } from "../network/grants.ts";
import { mostMachines } from "../network/subnet-room.ts";
import { provesTurn } from "../traffic/issued.ts";
import { type Action, httpListeners, type Listener, streamListeners } from "../traffic/listeners.ts";
import { proxyListeners } from "../traffic/proxy-listeners.ts";
import { streamTargets, type Target, targets } from "../traffic/targets.ts";
import { turnListeners } from "../traffic/turn.ts";
import { type QuotaKey, quotaOf } from "./quotas.ts";

/** What the cloud's instance type for a use counts as. */
export interface MachineFacts {
  readonly vcpus: number;
  readonly gpu: boolean;
}

/** Found in what the program registers alone, by `plan`: sizes of documents, whose limits no account can raise. */
const documentKeys = ["policyCharacters", "secretCharacters", "tags"] as const;
export type DocumentKey = (typeof documentKeys)[number];

/** What the stack needs of each quota at its largest. */
export type Needs = Readonly<Record<QuotaKey, number>>;
export type CountedNeeds = Omit<Needs, DocumentKey>;

/** Counted from the model alone, so that a deployment can tell before its first resource. */
export function needsOf(
  cluster: Cluster,
  factsOf: (use: MachineUse) => MachineFacts,
  { pools, sharedMbps }: PublicAddresses = { pools: [] },
): CountedNeeds {
  const balancers = balancerNeeds(cluster);
  const { entries, gateways, ...network } = networkNeeds(cluster, balancers);
  const pooled = pools.reduce((sum, { size }) => sum + size, entries);
  return {
    ...{ ...balancers, ...machineNeeds(cluster, factsOf), ...network },
    elasticAddresses: gateways + pooled,
    sharedAddresses: sharedMbps === undefined ? 0 : pooled,
    sharedMbps: sharedMbps ?? 0,
  };
}

/** Of listeners and targets a network balancer of its own has as many as the other one may have: the fuller one counts. */
function balancerNeeds(cluster: Cluster) {
  const needs = entranceNeeds(cluster);
  const groupOf = (role: FixedGroup["role"]) => fixedGroups(cluster).find((one) => one.role === role);
  const [turn, proxy] = [groupOf("turn"), groupOf("proxy")];
  if (turn === undefined) return needs;
  const ports = new Set(turnListeners.map(({ port }) => port)).size;
  const listeners = cluster.cloud === "aws" ? ports : turnListeners.length;
  // Listener and targets of the certificate's challenge.
  const [more, proxies] = proxy !== undefined && provesTurn(cluster) ? [1, mostOfFixed(proxy)] : [0, 0];
  return {
    ...needs,
    streamBalancers: needs.streamBalancers + 1,
    streamListeners: Math.max(needs.streamListeners, listeners + more),
    streamTargets: Math.max(needs.streamTargets, listeners * mostOfFixed(turn) + proxies),
  };
}

function entranceNeeds(cluster: Cluster) {
  const proxy = fixedGroups(cluster).find(({ role }) => role === "proxy");
  if (proxy !== undefined) {
    const listeners = proxyListeners(cluster).length;
    const streams = { streamBalancers: 1, streamListeners: listeners, streamTargets: listeners * mostOfFixed(proxy) };
    return { webBalancers: 0, webRules: 0, webListeners: 0, webTargets: 0, ...streams };
  }
  const streams = streamListeners(cluster).length;
  const listeners = httpListeners(cluster);
  return {
    webBalancers: 1,
    webRules: listeners.reduce((sum, listener) => sum + rulesOf(cluster, listener), 0),
    webListeners: listeners.length,
    webTargets: webTargets(cluster, listeners),
    streamBalancers: Math.min(1, streams),
    streamListeners: streams,
    streamTargets: streamTargets(cluster).reduce((sum, target) => sum + machinesOf(cluster, target), 0),
  };
}

/** ALB of Alibaba Cloud can only forward by default: what the table refuses or redirects by default is a rule there. */
function rulesOf({ cloud }: Cluster, { rules, defaultAction }: Listener): number {
  return rules.length + (cloud === "alibaba" && defaultAction.kind !== "forward" ? 1 : 0);
}

/** AWS counts a machine in each target group, Alibaba Cloud for each listener and rule that leads to it. */
function webTargets(cluster: Cluster, listeners: readonly Listener[]): number {
  const web = targets(cluster).filter(({ protocol }) => protocol === "http");
  if (cluster.cloud === "aws") return web.reduce((sum, target) => sum + machinesOf(cluster, target), 0);
  const behind = (action: Action): number => {
    const target = action.kind === "forward" ? web.find(({ name }) => name === action.to) : undefined;
    return target === undefined ? 0 : machinesOf(cluster, target);
  };
  const actions = listeners.flatMap(({ rules, defaultAction }) => [
    ...rules.map(({ action }) => action),
    defaultAction,
  ]);
  return actions.reduce((sum, action) => sum + behind(action), 0);
}

const machinesOf = (cluster: Cluster, { role }: Target): number =>
  groupsOf(cluster)
    .filter((one) => one.role === role)
    .reduce((sum, one) => sum + mostMachines(cluster, one), 0);

/** Groups at their most, with those of an upgrade and warm ones, and whatever else runs. */
function machineNeeds(cluster: Cluster, factsOf: (use: MachineUse) => MachineFacts) {
  const needs = { vcpus: 0, gpuVcpus: 0, spotVcpus: 0 };
  const add = (use: MachineUse, count: number, spot = 0): void => {
    if (count === 0) return;
    const { vcpus, gpu } = factsOf(use);
    needs[gpu ? "gpuVcpus" : "vcpus"] += (count - spot) * vcpus;
    needs.spotVcpus += spot * vcpus;
  };
  for (const one of groupsOf(cluster)) {
    const most = mostMachines(cluster, one);
    // Those above the group's least.
    add(one.role, most, Math.ceil(((most - one.group.min) * elasticityOf(cluster, one.role).spotPercent) / 100));
  }
  add("database", databaseMembers(cluster));
  for (const group of fixedGroups(cluster)) add(group.role, mostOfFixed(group));
  return needs;
}

function networkNeeds(cluster: Cluster, { webBalancers, streamBalancers }: ReturnType<typeof balancerNeeds>) {
  const { cloud, network, balancer } = cluster;
  const own = network.existing === undefined;
  const gateways = own ? { none: 0, one: 1, "per-zone": network.zones.length }[network.nat] : 0;
  const hasAddresses = cloud === "alibaba" && balancer.scheme === "internet";
  const entries = hasAddresses ? (webBalancers + streamBalancers) * network.zones.length : 0;
  return {
    ...groupNeeds(cluster),
    networks: own ? 1 : 0,
    // AWS counts them by zone, Alibaba Cloud by network.
    natGateways: cloud === "aws" ? Math.min(1, gateways) : gateways,
    gateways,
    entries,
  };
}

/**
 * Rules of the fuller direction of the fullest group, as AWS counts them. Alibaba Cloud counts those of all groups of an
 * interface in both directions; what its firewall adds is left to `plan`, as no account may have more there.
 */
function groupNeeds(cluster: Cluster) {
  const counts = new Map<string, number>();
  const groups = new Map<Member, number>();
  for (const { of, group, direction } of grants(cluster)) {
    const key = cluster.cloud === "aws" ? `${of} ${group} ${direction}` : of;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    groups.set(of, Math.max(groups.get(of) ?? 0, group + 1));
  }
  return { rulesOfGroup: Math.max(0, ...counts.values()), groupsOfInterface: Math.max(0, ...groups.values()) };
}

export type Limits = Readonly<Partial<Record<QuotaKey, number | undefined>>>;

/** What exceeds the quotas that the stack says its account has. */
export function quotaWarnings({ cloud }: Cluster, needs: CountedNeeds, limits: Limits): readonly string[] {
  const keys = Object.keys(needs) as readonly (keyof CountedNeeds)[];
  return keys.flatMap((key) => {
    const limit = limits[key];
    if (limit === undefined || needs[key] <= limit) return [];
    const lower = key === "sharedMbps" ? "ams:alibaba.sharedBandwidthMbps" : "the groups' maximum size";
    return [
      `ams:${cloud}.quotas.${key} ("${quotaOf(cloud, key)?.name}") is ${limit}, but the stack needs up to ${needs[key]}. Raise the quota, or lower ${lower}`,
    ];
  });
}

const addressKeys = ["elasticAddresses", "sharedAddresses", "sharedMbps"] as const satisfies readonly QuotaKey[];

/** What the addresses that machines bind need beyond this account's quotas, or a new one's; nothing without such addresses. */
export function addressWarnings({ cloud }: Cluster, needs: CountedNeeds, limits: Limits): readonly string[] {
  return addressKeys.flatMap((key) => {
    const { name, default: usual } = quotaOf(cloud, key) ?? {};
    const allowed = limits[key] ?? usual;
    if (allowed === undefined || needs[key] <= allowed) return [];
    const whose = limits[key] === undefined ? "a new account allows" : "this account allows";
    return [
      `quota "${name}": ${needs[key]} required, but ${whose} ${allowed}. Raise the quota before the first pulumi up`,
    ];
  });
}
