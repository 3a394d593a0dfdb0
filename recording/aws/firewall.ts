import type { SecurityRule } from "../read/forms.ts";
import { keyOf, linkOf } from "../read/links.ts";
import { type Fields, isFields, isUnknown, listAt, type Resource, same, textsAt } from "../read/plain.ts";
import { portsOf, protocolOf } from "../read/ports.ts";
import { awsType } from "./types.ts";

/** The rules that a resource has or is. */
export function securityRules(on: Resource): readonly SecurityRule[] {
  const { type, props } = on;
  const group = linkOf(props["securityGroupId"]);
  switch (type) {
    case awsType.ingressRule:
      return [toRule(on, "in", props, group)];
    case awsType.egressRule:
      return [toRule(on, "out", props, group)];
    case awsType.formerRule:
      return (["in", "out"] as const)
        .filter((direction) => same(props["type"], `${direction === "in" ? "in" : "e"}gress`))
        .map((direction) => toRule(on, direction, props, group));
    case awsType.securityGroup:
      return [...inlineRules(on, "in", "ingress[]"), ...inlineRules(on, "out", "egress[]")];
    default:
      return [];
  }
}

const inlineRules = (on: Resource, direction: SecurityRule["direction"], path: string): readonly SecurityRule[] =>
  listAt(on.props, path)
    .filter((rule) => isFields(rule) && !isUnknown(rule))
    .map((rule) => ({ ...toRule(on, direction, isFields(rule) ? rule : {}, keyOf(on)), isInline: true }));

const groupPaths = ["referencedSecurityGroupId", "sourceSecurityGroupId", "securityGroups[]"];

const toRule = (
  on: Resource,
  direction: SecurityRule["direction"],
  props: Fields,
  group: string | undefined,
): SecurityRule => ({
  ...{ on, direction, group, isGrant: true, isInline: false },
  protocol: protocolOf(props["ipProtocol"] ?? props["protocol"]),
  ports: portsOf([props["fromPort"], props["toPort"]]),
  ranges: textsAt(props, "cidrIpv4", "cidrIpv6", "cidrBlocks[]", "ipv6CidrBlocks[]"),
  groups: groupPaths.flatMap((path) => listAt(props, path)),
  prefixLists: ["prefixListId", "prefixListIds[]"].flatMap((path) => listAt(props, path)),
});
