import { groupOf, membersOf } from "../../../recording/read/groups.ts";
import { isAnybody } from "../../../recording/read/ingress.ts";
import { isMachineOrGroupTemplate, keyOf, linkOf, ofType } from "../../../recording/read/links.ts";
import { byCloud, type Fault, type Resource, type Rule } from "../../rule.ts";
import { alibabaType } from "../../../recording/alibaba/types.ts";
import { awsType } from "../../../recording/aws/types.ts";
import { type Found, isFields, isUnknown, listAt, same, show } from "../../../recording/read/plain.ts";

const rule = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

/** Packages and cloud APIs, and time: what a machine that serves no media asks the internet for. */
const asked = ["80", "443", "123"];

/** A way out of a group: the group's key and the rule's fields. */
interface Egress {
  readonly on: Resource;
  readonly group: string | undefined;
  readonly rule: Found;
}

function waysOut(all: readonly Resource[]): readonly Egress[] {
  return [
    ...ofType(all, rule).map((on) => ({ on, group: linkOf(on.props["securityGroupId"]), rule: on.props })),
    ...ofType(all, awsType.securityGroup).flatMap((on) =>
      listAt(on.props, "egress[]").map((one) => ({ on, group: keyOf(on), rule: one })),
    ),
    ...ofType(all, alibabaType.securityGroupRule)
      .filter(({ props }) => same(props["type"], "egress") && !same(props["policy"], "drop"))
      .map((on) => ({ on, group: linkOf(on.props["securityGroupId"]), rule: on.props })),
  ];
}

const rangePaths = ["cidrIpv4", "cidrIpv6", "cidrBlocks[]", "ipv6CidrBlocks[]", "cidrIp", "ipv6CidrIp"];

const leadsAnywhere = (one: Found): boolean =>
  rangePaths.flatMap((path) => listAt(one, path)).some((range) => typeof range === "string" && isAnybody(range));

/** The one port that a rule is for; undefined for several, or for any. */
function portOf(one: Found): string | undefined {
  const fields = isFields(one) ? one : {};
  const range = fields["portRange"] ?? `${String(fields["fromPort"])}/${String(fields["toPort"])}`;
  const [first, last] = String(range).split("/");
  return first === last ? first : undefined;
}

const hasUnknownPort = (one: Found): boolean =>
  isFields(one) && ["portRange", "fromPort", "toPort"].some((key) => isUnknown(one[key]));

export const namedEgress: Rule = {
  id: "egress-is-named",
  concern: "exposure",
  sources: { aws: ["CKV_AWS_382", "own"], alibaba: ["own"] },
  demands:
    "Media nodes alone send anywhere; balancers reach the machines behind them, and databases and proxies the internet's ports 80, 443 and 123",
  remedy: "name the security group and the port that the machine has to reach",
  looksAt: byCloud([rule, awsType.securityGroup, alibabaType.securityGroupRule]),
  find: (all) => {
    const members = membersOf(all);
    return waysOut(all).flatMap(({ on, group, rule: one }): readonly Fault[] => {
      if (group === undefined || groupOf(all, group) === undefined || !leadsAnywhere(one)) return [];
      const guarded = members.of(group);
      if (guarded.length === 0 || guarded.includes("node") || hasUnknownPort(one)) return [];
      const isAsked = !guarded.includes("balancer") && asked.includes(portOf(one) ?? "");
      return isAsked ? [] : [{ on, fault: `it lets ${guarded.join(" and ")} send to everybody` }];
    });
  },
};

const attachment = "alicloud:alb/loadBalancerSecurityGroupAttachment:LoadBalancerSecurityGroupAttachment";

/** Where each type names its security groups. */
const groupPaths: Readonly<Record<string, readonly string[]>> = {
  [awsType.balancer]: ["securityGroups[]"],
  [awsType.instance]: ["vpcSecurityGroupIds[]"],
  [awsType.template]: ["networkInterfaces[].securityGroups[]", "vpcSecurityGroupIds[]"],
  [awsType.database]: ["vpcSecurityGroupIds[]"],
  [alibabaType.streamBalancer]: ["securityGroupIds[]"],
  [alibabaType.instance]: ["securityGroups[]"],
  [alibabaType.template]: ["securityGroupId", "securityGroupIds[]"],
};

const groupsOf = (on: Resource): readonly Found[] =>
  (groupPaths[on.type] ?? []).flatMap((path) => listAt(on.props, path));

export const ownGroups: Rule = {
  id: "security-groups-are-the-stacks",
  concern: "exposure",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands:
    "Load balancers, machines and managed databases use the stack's own security groups: without one, all traffic is allowed, and the rules of another group are unknown",
  remedy: "give it the stack's own security group and no other",
  looksAt: byCloud([...Object.keys(groupPaths), alibabaType.webBalancer, attachment]),
  find: (all) => [
    ...ofType(all, ...Object.keys(groupPaths)).flatMap((on): readonly Fault[] => {
      const groups = groupsOf(on);
      // A machine with a template of its own names its groups itself.
      if (groups.length === 0 && !isMachineOrGroupTemplate(on, all)) return [];
      if (groups.length === 0) return [{ on, fault: "it has no security group" }];
      const other = groups.find((group) => !isUnknown(group) && !isOwn(all, group));
      return other === undefined
        ? []
        : [{ on, fault: `it stands behind ${show(other)}, which is none of the stack's` }];
    }),
    ...ofType(all, attachment)
      .filter(({ props: { securityGroupId: group } }) => !isUnknown(group) && !isOwn(all, group))
      .map((on) => ({ on, fault: `it attaches ${show(on.props["securityGroupId"])}, which is none of the stack's` })),
    ...ofType(all, alibabaType.webBalancer)
      .filter((on) => !ofType(all, attachment).some(({ props }) => isFor(on, props["loadBalancerId"])))
      .map((on) => ({ on, fault: "it has no security group" })),
  ],
};

/** What refers to something that can't be told yet may refer to any. */
const isFor = (on: Resource, reference: Found): boolean => {
  const link = linkOf(reference);
  return link === undefined || link === keyOf(on) || (isUnknown(reference) && !link.startsWith("alicloud:alb/"));
};

const isOwn = (all: readonly Resource[], group: Found): boolean => {
  const link = linkOf(group);
  return link !== undefined && groupOf(all, link) !== undefined;
};
