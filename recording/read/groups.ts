import * as alibaba from "../alibaba/machines.ts";
import { alibabaType } from "../alibaba/types.ts";
import * as aws from "../aws/machines.ts";
import { awsType } from "../aws/types.ts";
import { isResolved, keyOf, linkOf, ofType, perStack } from "./links.ts";
import { groupTemplates, machineGroups, proxyGroups, templateOf, turnGroups } from "./machines.ts";
import { type Found, listAt, type Resource } from "./plain.ts";

/** What a security group guards, told by what it is attached to and not by its name. */
export type Member = "balancer" | "proxy" | "turn" | "node" | "database";

export interface Members {
  /** What a group of this key guards; nothing for one that is attached to nothing. */
  readonly of: (group: string) => readonly Member[];
  /** Whether every attachment could be followed, so that a group without one really has none. */
  readonly complete: boolean;
}

/** Where each type names its security groups. */
export const groupPaths: Readonly<Record<string, readonly string[]>> = { ...aws.groupPaths, ...alibaba.groupPaths };

/** The security groups of a resource, as references. */
export const groupsOf = (on: Resource): readonly Found[] =>
  (groupPaths[on.type] ?? []).flatMap((path) => listAt(on.props, path));

export const membersOf = perStack((all): Members => {
  const ofProxies = proxyGroups(all).map((group) => templateOf(all, group));
  const ofTurn = turnGroups(all).map((group) => templateOf(all, group));
  const templates = groupTemplates(all);
  const references: Readonly<Record<Member, readonly Found[]>> = {
    balancer: [
      ...ofType(all, awsType.balancer, alibabaType.streamBalancer).flatMap(groupsOf),
      ...ofType(all, alibabaType.balancerGroup).flatMap(({ props }) => listAt(props, "securityGroupId")),
    ],
    proxy: templates.filter((template) => ofProxies.includes(template)).flatMap(groupsOf),
    turn: templates.filter((template) => ofTurn.includes(template)).flatMap(groupsOf),
    node: templates.filter((template) => ![...ofProxies, ...ofTurn].includes(template)).flatMap(groupsOf),
    // The one kind of machine that stands alone, and the service in its place.
    database: ofType(all, awsType.instance, alibabaType.instance, awsType.database).flatMap(groupsOf),
  };
  const linksOf = (member: Member) => references[member].map(linkOf);
  const members: readonly Member[] = ["balancer", "proxy", "turn", "node", "database"];
  const links = new Map(members.map((member) => [member, linksOf(member)]));
  const groups = machineGroups(all);
  return {
    of: (group) => members.filter((member) => links.get(member)?.includes(group)),
    complete:
      members.every((member) => references[member].every((value) => isResolved(all, value))) &&
      groups.every((group) => templateOf(all, group) !== undefined),
  };
});

export const securityGroups = (all: readonly Resource[]): readonly Resource[] =>
  ofType(all, awsType.securityGroup, alibabaType.securityGroup);

/** The group of a key, if the stack makes it. */
export const groupOf = (all: readonly Resource[], key: string): Resource | undefined =>
  securityGroups(all).find((group) => keyOf(group) === key);
