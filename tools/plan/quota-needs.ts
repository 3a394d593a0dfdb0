import { proxyOf } from "../../model/balancer.ts";
import { type Cluster, groupsOf } from "../../model/cluster.ts";
import { databaseMembers } from "../../model/database.ts";
import { httpListeners } from "../../model/listeners.ts";
import { elasticityOf } from "../../model/node-group.ts";
import { type QuotaKey, quotaKeys, quotas } from "../../model/quotas.ts";
import { mostMachines } from "../../model/subnet-room.ts";
import { streamTargets, targets } from "../../model/targets.ts";
import { typeFacts as alibaba } from "../../providers/alibaba/known-types.ts";
import { typeFacts as aws } from "../../providers/aws/known-types.ts";
import { instanceTypeOf, type MachineUse, type Planned } from "../diagram/planned.ts";
import { Unknown, type Value } from "../record/value.ts";
import type { RecordedResource } from "../record.ts";

/** What the stack needs of each quota at its largest, counted from what the program registers. */
export type Needs = Readonly<Record<QuotaKey, number>>;

export function needsOf(planned: Planned): Needs {
  const { cluster, recording } = planned;
  const { resources } = recording;
  const count = (pattern: RegExp): number => resources.filter(({ type }) => pattern.test(type)).length;
  const machines = machinesOf(planned);
  const sum = (of: (one: Machines) => number): number => machines.reduce((all, one) => all + of(one), 0);
  const spotShare = elasticityOf(cluster, "edge").spotPercent / 100;
  const spotOf = ({ use, onTop }: Machines): number => (use === "edge" ? Math.ceil(onTop * spotShare) : 0);
  const groups = rulesByGroup(cluster, resources);
  const isStream = proxyOf(cluster) !== undefined;
  return {
    rulesOfGroup: Math.max(0, ...groups.values()),
    groupsOfInterface: groupsOfInterface(resources),
    webRules: count(/^(aws:lb\/listenerRule:ListenerRule|alicloud:alb\/rule:Rule)$/),
    webListeners: isStream ? 0 : httpListeners(cluster).length,
    webTargets: isStream ? 0 : webTargets(cluster),
    streamListeners: streamListenerCount(resources),
    streamTargets: isStream
      ? streamListenerCount(resources) * (machines.find(({ use }) => use === "proxy")?.count ?? 0)
      : atMost(cluster, streamTargets(cluster)).reduce((all, each) => all + each, 0),
    vcpus: sum((one) => (one.gpu ? 0 : (one.count - spotOf(one)) * one.vcpus)),
    gpuVcpus: sum((one) => (one.gpu ? one.count * one.vcpus : 0)),
    spotVcpus: sum((one) => spotOf(one) * one.vcpus),
    elasticAddresses: count(/^(aws:ec2\/eip:Eip|alicloud:ecs\/eipAddress:EipAddress)$/),
    policyCharacters: Math.max(0, ...resources.map(policyCharacters)),
    tags: Math.max(0, ...resources.map(({ inputs }) => Object.keys(inputs["tags"] ?? {}).length)),
  };
}

interface Machines {
  readonly use: MachineUse;
  readonly count: number;
  /** Those above the group's least. */
  readonly onTop: number;
  readonly vcpus: number;
  readonly gpu: boolean;
}

/** At the largest: groups at their most with those of an upgrade, and whatever else runs. */
function machinesOf(planned: Planned): readonly Machines[] {
  const { cluster } = planned;
  const { gpuOf } = cluster.cloud === "aws" ? aws : alibaba;
  const of = (use: MachineUse, count: number, onTop = 0): Machines => {
    const type = instanceTypeOf(planned, use);
    return { use, count, onTop, vcpus: vcpusOfType(type), gpu: gpuOf(type) !== "none" };
  };
  const groups = groupsOf(cluster).map((one) => {
    const most = mostMachines(cluster, one);
    return of(one.role, most, most - one.group.min);
  });
  const members = databaseMembers(cluster);
  const proxy = proxyOf(cluster);
  return [
    ...groups,
    ...(members === 0 ? [] : [of("database", members)]),
    // A rolling upgrade adds one.
    ...(proxy === undefined ? [] : [of("proxy", proxy.count + 1)]),
  ];
}

/** By the size's name, the same on both clouds: large has 2 vCPUs, xlarge 4, 9xlarge 36. */
export function vcpusOfType(type: string): number {
  const [, times, size] = /\.(\d*)(xlarge|large|medium|small|micro|nano)$/.exec(type) ?? [];
  if (size === "xlarge") return 4 * Number(times === "" ? 1 : times);
  return size === "medium" || size === "small" ? 1 : 2;
}

const atMost = (cluster: Cluster, of: readonly { readonly role: string }[]): readonly number[] =>
  of.map(({ role }) =>
    groupsOf(cluster)
      .filter((one) => one.role === role)
      .reduce((sum, one) => sum + mostMachines(cluster, one), 0),
  );

/** AWS counts a machine in each target group; Alibaba Cloud's limit is that of one server group. */
function webTargets(cluster: Cluster): number {
  const each = atMost(
    cluster,
    targets(cluster).filter(({ protocol }) => protocol === "http"),
  );
  return cluster.cloud === "aws" ? each.reduce((sum, count) => sum + count, 0) : Math.max(0, ...each);
}

function streamListenerCount(resources: readonly RecordedResource[]): number {
  return resources.filter(
    ({ type, inputs }) =>
      type === "alicloud:nlb/listener:Listener" ||
      (type === "aws:lb/listener:Listener" && /^(TCP|UDP|TLS|TCP_UDP)$/.test(String(inputs["protocol"]))),
  ).length;
}

const nameOf = (value: Value | undefined): string => (value instanceof Unknown ? (value.origins[0]?.name ?? "?") : "?");

/** Rules of each group, of the fuller direction on AWS, of both together on Alibaba Cloud. */
function rulesByGroup({ cloud }: Cluster, resources: readonly RecordedResource[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { type, inputs } of resources) {
    const [, direction] = /SecurityGroup(Ingress|Egress)?Rule$/.exec(type) ?? [];
    if (!/:SecurityGroup(Ingress|Egress)?Rule$/.test(type)) continue;
    const key = `${nameOf(inputs["securityGroupId"])} ${cloud === "aws" ? direction : ""}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

const lengthOf = (value: Value | undefined): number => (Array.isArray(value) ? value.length : 0);

function groupsOfInterface(resources: readonly RecordedResource[]): number {
  const counts = resources.map(({ inputs }) => {
    const [first] = Array.isArray(inputs["networkInterfaces"]) ? inputs["networkInterfaces"] : [];
    const inner = typeof first === "object" && first !== null ? Reflect.get(first, "securityGroups") : undefined;
    const own = Math.max(lengthOf(inputs["securityGroups"]), lengthOf(inputs["vpcSecurityGroupIds"]));
    const single = inputs["securityGroupId"] === undefined ? 0 : 1;
    return Math.max(single, own, Array.isArray(inner) ? inner.length : 0);
  });
  return Math.max(0, ...counts);
}

/** Blanks are free on AWS; names that are not known yet count as their stand-ins in the plan. */
function policyCharacters({ type, inputs }: RecordedResource): number {
  if (!/(iam\/rolePolicy:RolePolicy|ram\/policy:Policy)$/.test(type)) return 0;
  const policy = inputs["policy"] ?? inputs["policyDocument"];
  const text = policy instanceof Unknown ? (policy.text ?? "") : typeof policy === "string" ? policy : "";
  return text.replace(/\s/g, "").length;
}

export type Limits = Readonly<Partial<Record<QuotaKey, number | undefined>>>;

/** What exceeds the quotas that the stack says its account has. */
export function quotaWarnings({ cloud }: Cluster, needs: Needs, limits: Limits): readonly string[] {
  return quotaKeys.flatMap((key) => {
    const limit = limits[key];
    if (limit === undefined || needs[key] <= limit) return [];
    return [
      `ams:${cloud}.quotas.${key} ${limit}: the stack needs ${needs[key]} at its largest of "${quotas[cloud][key].name}". Raise the quota, or lower the groups' max`,
    ];
  });
}
