import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Cluster } from "../../config/types.ts";
import { groupsOf } from "../../model/cluster.ts";
import { mostMachines } from "../../model/network/subnet-room.ts";
import type { Needs } from "../../model/operation/quota-needs.ts";
import type { RecordedResource } from "../../recording/record.ts";
import { originsOf, type Value } from "../../recording/value.ts";
import { type Rendered, root } from "./contract.ts";

/**
 * What the clouds would count of each quota, from the registered resources and their references alone: a second count
 * beside that of the readers and the model, on purpose with nothing of theirs.
 */
export type Counts = Omit<
  Needs,
  "policyCharacters" | "secretCharacters" | "tags" | "vcpus" | "gpuVcpus" | "spotVcpus"
> & {
  /** Of all kinds of vCPUs together. */
  readonly allVcpus: number;
};

interface Facts {
  readonly machines: readonly { readonly type: string; readonly vcpus: number }[];
}

/** Of the types that random clusters name and the capacity's tables don't (the clouds' pages of these families). */
const others: Facts["machines"] = [
  { type: "c7i.4xlarge", vcpus: 16 },
  { type: "ecs.c8i.xlarge", vcpus: 4 },
];

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
const most = (numbers: readonly number[]): number => Math.max(0, ...numbers);

/** How often each key comes. */
const tally = (keys: readonly string[]): readonly number[] =>
  [...new Set(keys)].map((key) => keys.filter((other) => other === key).length);

/** The resources that a value of this one leads to. */
const referred = (value: Value | undefined): readonly string[] =>
  value === undefined ? [] : originsOf(value).map(({ urn }) => urn);

export function countsOf({ cloud, cluster, recording: { resources } }: Rendered): Counts {
  const of = (pattern: RegExp) => resources.filter(({ type }) => pattern.test(type));
  const byUrn = new Map(resources.map((one) => [one.urn, one]));
  const groups = of(/^(aws:autoscaling\/group|alicloud:ess\/scalingGroup):/);
  const { machines: known } = JSON.parse(readFileSync(join(root, `model/capacity/${cloud}.json`), "utf8")) as Facts;
  const vcpus = (type: Value | undefined): number => {
    const found = [...known, ...others].find((one) => one.type === type);
    if (found === undefined) throw new Error(`no vCPUs known of ${JSON.stringify(type)}`);
    return found.vcpus;
  };

  /** The instance type of a group's launch template. */
  const typeOf = (group: RecordedResource): Value | undefined => {
    const [template] = Object.values(group.inputs)
      .flatMap(referred)
      .flatMap((urn) => byUrn.get(urn) ?? [])
      .filter(({ type }) => /LaunchTemplate$/.test(type));
    return template?.inputs["instanceType"];
  };
  const instances = of(/^(aws:ec2|alicloud:ecs)\/instance:Instance$/);
  const ofBalancers = of(/:Load[bB]alancerCommonBandwidthPackageAttachment$/).length;
  const shared = {
    networks: of(/^(aws:ec2\/vpc:Vpc|alicloud:vpc\/network:Network)$/).length,
    elasticAddresses: of(/^(aws:ec2\/eip:Eip|alicloud:ecs\/eipAddress:EipAddress)$/).length,
    sharedAddresses: of(/:CommonBandwithPackageAttachment$/).length + ofBalancers * cluster.network.zones.length,
    sharedMbps: sum(of(/:CommonBandwithPackage$/).map(({ inputs }) => Number(inputs["bandwidth"]))),
    allVcpus:
      sum(groups.map((group) => machinesOf(cluster, group) * vcpus(typeOf(group)))) +
      sum(instances.map(({ inputs }) => vcpus(inputs["instanceType"]))),
  };
  return { ...shared, ...(cloud === "aws" ? onAws : onAlibaba)({ cluster, of, byUrn, groups }) };
}

/** A group's most as it is registered, and what an upgrade and a warm pool add. */
function machinesOf(cluster: Cluster, { name, inputs }: RecordedResource): number {
  const max = Number(inputs["maxSize"]);
  const one = groupsOf(cluster).find(({ role }) => name === `${cluster.name}-${role}`);
  if (one === undefined) return max === 0 ? 0 : max + 1;
  return max + mostMachines(cluster, one) - one.group.max;
}

interface Asked {
  readonly cluster: Cluster;
  readonly of: (pattern: RegExp) => readonly RecordedResource[];
  readonly byUrn: ReadonlyMap<string, RecordedResource>;
  readonly groups: readonly RecordedResource[];
}

function onAws({ cluster, of, byUrn, groups }: Asked) {
  const balancers = of(/^aws:lb\/loadBalancer:/);
  const isNetwork = ({ inputs }: RecordedResource): boolean => inputs["loadBalancerType"] === "network";
  const listeners = of(/^aws:lb\/listener:Listener$/);
  const ofNetwork = listeners.filter(({ inputs }) =>
    referred(inputs["loadBalancerArn"]).some((urn) => isNetwork(byUrn.get(urn) as RecordedResource)),
  );
  const members = groups.flatMap((group) =>
    referred(group.inputs["targetGroupArns"]).map((urn) => ({
      balancer: listeners
        .filter(({ inputs }) => referred(inputs["defaultActions"]).includes(urn))
        .flatMap(({ inputs }) => referred(inputs["loadBalancerArn"]))[0],
      web: byUrn.get(urn)?.inputs["protocol"] === "HTTP",
      machines: machinesOf(cluster, group),
    })),
  );
  const webTargets = sum(members.filter(({ web }) => web).map(({ machines }) => machines));
  // A network balancer's own listeners and targets count.
  const ofEach = balancers.filter(isNetwork).map(({ urn }) => ({
    listeners: ofNetwork.filter(({ inputs }) => referred(inputs["loadBalancerArn"]).includes(urn)).length,
    targets: sum(members.filter(({ web, balancer }) => !web && balancer === urn).map(({ machines }) => machines)),
  }));
  return {
    rulesOfGroup: most(
      tally(
        of(/^aws:vpc\/securityGroup(Ingress|Egress)Rule:/).map(({ type, name, inputs }) => {
          // A prefix list would count as its most entries.
          if (inputs["prefixListId"] !== undefined) throw new Error(`${name} has a prefix list`);
          return `${type} ${referred(inputs["securityGroupId"]).join()}`;
        }),
      ),
    ),
    groupsOfInterface: groupsOfInterface(of(/./)),
    webBalancers: balancers.filter((one) => !isNetwork(one)).length,
    webRules: of(/^aws:lb\/listenerRule:/).length,
    webListeners: listeners.length - ofNetwork.length,
    webTargets,
    streamBalancers: balancers.filter(isNetwork).length,
    streamListeners: most(ofEach.map((one) => one.listeners)),
    streamTargets: most(ofEach.map((one) => one.targets)),
    natGateways: most(tally(of(/:NatGateway$/).map(({ inputs }) => referred(inputs["subnetId"]).join()))),
  };
}

function onAlibaba({ cluster, of, byUrn, groups }: Asked) {
  const attached = of(/^alicloud:ess\/serverGroupAttachment:/).map(({ inputs }) => ({
    server: referred(inputs["serverGroupId"])[0],
    machines: sum(
      groups
        .filter(({ urn }) => referred(inputs["scalingGroupId"]).includes(urn))
        .map((group) => machinesOf(cluster, group)),
    ),
  }));
  const behind = (value: Value | undefined): number => {
    const servers = referred(value).filter((urn) => /ServerGroup$/.test(byUrn.get(urn)?.type ?? ""));
    return sum(servers.flatMap((urn) => attached.filter(({ server }) => server === urn)).map((one) => one.machines));
  };
  const rules = of(/^alicloud:alb\/rule:/);
  const web = of(/^alicloud:alb\/listener:/);
  const stream = of(/^alicloud:nlb\/listener:/);
  const ofEach = of(/^alicloud:nlb\/loadBalancer:/).map(({ urn }) =>
    stream.filter(({ inputs }) => referred(inputs["loadBalancerId"]).includes(urn)),
  );
  return {
    rulesOfGroup: most(
      tally(
        of(/^alicloud:ecs\/securityGroupRule:/).flatMap(({ inputs }) => {
          const group = referred(inputs["securityGroupId"]).join();
          return String(inputs["cidrIp"] ?? "")
            .split(",")
            .map(() => group);
        }),
      ),
    ),
    groupsOfInterface: groupsOfInterface(of(/./)),
    webBalancers: of(/^alicloud:alb\/loadBalancer:/).length,
    webRules: rules.length,
    webListeners: web.length,
    webTargets:
      sum(web.map(({ inputs }) => behind(inputs["defaultActions"]))) +
      sum(rules.map(({ inputs }) => behind(inputs["ruleActions"]))),
    streamBalancers: of(/^alicloud:nlb\/loadBalancer:/).length,
    streamListeners: most(ofEach.map((own) => own.length)),
    streamTargets: most(ofEach.map((own) => sum(own.map(({ inputs }) => behind(inputs["serverGroupId"]))))),
    natGateways: of(/:NatGateway$/).length,
  };
}

/** The longest list of security groups that anything has, a bare one counting as one. */
function groupsOfInterface(resources: readonly RecordedResource[]): number {
  const isGroup = (urn: string): boolean => /:SecurityGroup::/.test(urn);
  const lists = (value: Value | undefined, key: string): number => {
    if (/^(vpcS|s)ecurityGroup(Ids?|s)$/.test(key)) return referred(value).filter(isGroup).length;
    if (typeof value !== "object" || value === null) return 0;
    return most(Object.entries(value).map(([name, part]) => lists(part as Value, /^\d+$/.test(name) ? key : name)));
  };
  return most(resources.map(({ inputs }) => lists(inputs, "")));
}
