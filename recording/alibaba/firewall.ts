import type { SecurityRule } from "../read/forms.ts";
import { linkOf } from "../read/links.ts";
import { isUnknown, listAt, type Resource, same, textsAt } from "../read/plain.ts";
import { portsOf, protocolOf } from "../read/ports.ts";
import { alibabaType } from "./types.ts";

/** The rule that a resource is. */
export function securityRules(on: Resource): readonly SecurityRule[] {
  const { type, props } = on;
  if (type !== alibabaType.securityGroupRule) return [];
  const direction = same(props["type"], "ingress") ? "in" : same(props["type"], "egress") ? "out" : undefined;
  if (direction === undefined) return [];
  const range = props["portRange"];
  const [first, last] = typeof range === "string" && !isUnknown(range) ? range.split("/").map(Number) : [range, range];
  const groups = listAt(props, "sourceSecurityGroupId");
  const prefixLists = listAt(props, "prefixListId");
  const ranges = ["cidrIp", "ipv6CidrIp"].flatMap((path) => listAt(props, path));
  // A rule that names no source grants everybody: the provider's default is 0.0.0.0/0.
  const isOpen = direction === "in" && [...ranges, ...groups, ...prefixLists].length === 0;
  return [
    {
      ...{ on, direction, groups, prefixLists, isInline: false },
      isGrant: !same(props["policy"], "drop"),
      group: linkOf(props["securityGroupId"]),
      protocol: protocolOf(props["ipProtocol"]),
      ports: portsOf([first, last]),
      ranges: isOpen ? ["0.0.0.0/0"] : textsAt(props, "cidrIp", "ipv6CidrIp"),
    },
  ];
}
