import { type Found, listAt, type Resource } from "./plain.ts";
import { alibabaType } from "../alibaba/types.ts";
import { awsType } from "../aws/types.ts";
import { groupTemplates, isResolved, keyOf, linkOf, ofType, proxyGroups, templateOf } from "./links.ts";

/** What a security group guards, told by what it is attached to and not by its name. */
export type Member = "balancer" | "proxy" | "node" | "database";

const balancerAttachment = "alicloud:alb/loadBalancerSecurityGroupAttachment:LoadBalancerSecurityGroupAttachment";

export interface Members {
  /** What a group of this key guards; nothing for one that is attached to nothing. */
  readonly of: (group: string) => readonly Member[];
  /** Whether every attachment could be followed, so that a group without one really has none. */
  readonly complete: boolean;
}

const attached = (resources: readonly Resource[], ...paths: readonly string[]): readonly Found[] =>
  resources.flatMap(({ props }) => paths.flatMap((path) => listAt(props, path)));

/** Where a launch template names its machines' security groups. */
const groupPaths = [
  "networkInterfaces[].securityGroups[]",
  "vpcSecurityGroupIds[]",
  "securityGroupId",
  "securityGroupIds[]",
] as const;

export function membersOf(all: readonly Resource[]): Members {
  const ofProxies = proxyGroups(all).map((group) => templateOf(all, group));
  const templates = groupTemplates(all);
  const references: Readonly<Record<Member, readonly Found[]>> = {
    balancer: [
      ...attached(ofType(all, awsType.balancer), "securityGroups[]"),
      ...attached(ofType(all, alibabaType.streamBalancer), "securityGroupIds[]"),
      ...attached(ofType(all, balancerAttachment), "securityGroupId"),
    ],
    proxy: attached(
      templates.filter((template) => ofProxies.includes(template)),
      ...groupPaths,
    ),
    node: attached(
      templates.filter((template) => !ofProxies.includes(template)),
      ...groupPaths,
    ),
    // The one kind of machine that stands alone, and the service in its place.
    database: attached(
      ofType(all, awsType.instance, alibabaType.instance, awsType.database),
      "vpcSecurityGroupIds[]",
      "securityGroups[]",
    ),
  };
  const linksOf = (member: Member) => references[member].map(linkOf);
  const members: readonly Member[] = ["balancer", "proxy", "node", "database"];
  const links = new Map(members.map((member) => [member, linksOf(member)]));
  const groups = ofType(all, awsType.group, alibabaType.group);
  return {
    of: (group) => members.filter((member) => links.get(member)?.includes(group)),
    complete:
      members.every((member) => references[member].every((value) => isResolved(all, value))) &&
      groups.every((group) => templateOf(all, group) !== undefined),
  };
}

export const securityGroups = (all: readonly Resource[]): readonly Resource[] =>
  ofType(all, awsType.securityGroup, alibabaType.securityGroup);

/** The group of a key, if the stack makes it. */
export const groupOf = (all: readonly Resource[], key: string): Resource | undefined =>
  securityGroups(all).find((group) => keyOf(group) === key);
