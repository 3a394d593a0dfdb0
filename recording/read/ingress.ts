import { type Fields, type Found, isUnknown, listAt, type Resource, same, valueAt } from "./plain.ts";
import { alibabaType } from "../alibaba/types.ts";
import { awsType } from "../aws/types.ts";
import { keyOf, linkOf } from "./links.ts";

/** One way in: a rule of a security group, in one form for both clouds. */
export interface Ingress {
  readonly on: Resource;
  /** Key of the group that it belongs to; undefined while that can't be told. */
  readonly group: string | undefined;
  /** Undefined while it isn't known; `all` for every protocol. */
  readonly protocol: string | undefined;
  /** Undefined while they aren't known; 0 to 65535 for all. */
  readonly ports: readonly [number, number] | undefined;
  readonly ranges: readonly string[];
  /** References to groups. */
  readonly groups: readonly Found[];
}

export const ingressTypes = {
  awsRule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  awsOldRule: "aws:ec2/securityGroupRule:SecurityGroupRule",
  awsGroup: awsType.securityGroup,
  alibabaRule: alibabaType.securityGroupRule,
} as const;

/** Every way in of a stack. */
export const ingressOf = (all: readonly Resource[]): readonly Ingress[] => all.flatMap(readIngress);

function readIngress(on: Resource): readonly Ingress[] {
  const { type, props } = on;
  if (type === ingressTypes.awsRule) return [awsIngress(on, props, linkOf(props["securityGroupId"]))];
  if (type === ingressTypes.awsOldRule) {
    return same(props["type"], "ingress") ? [awsIngress(on, props, linkOf(props["securityGroupId"]))] : [];
  }
  if (type === ingressTypes.awsGroup) {
    return listAt(props, "ingress[]").flatMap((rule) =>
      typeof rule !== "object" || rule === null || Array.isArray(rule) || isUnknown(rule)
        ? []
        : [awsIngress(on, toFields(rule), keyOf(on))],
    );
  }
  if (type !== ingressTypes.alibabaRule) return [];
  return same(props["type"], "ingress") && !same(props["policy"], "drop") ? [alibabaIngress(on)] : [];
}

const toFields = (rule: object): Fields => ({ ...rule });

const textsAt = (props: Fields, ...paths: readonly string[]): readonly string[] =>
  paths
    .flatMap((path) => listAt(props, path))
    .filter((value) => typeof value === "string" && !isUnknown(value))
    .map(String);

function awsIngress(on: Resource, props: Fields, group: string | undefined): Ingress {
  return {
    on,
    group,
    protocol: protocolOf(props["ipProtocol"] ?? props["protocol"]),
    ports: portsOf([props["fromPort"], props["toPort"]]),
    ranges: textsAt(props, "cidrIpv4", "cidrIpv6", "cidrBlocks[]", "ipv6CidrBlocks[]"),
    groups: ["referencedSecurityGroupId", "sourceSecurityGroupId", "securityGroups[]"].flatMap((path) =>
      listAt(props, path),
    ),
  };
}

/** A rule that names no source grants everybody: the provider's default is 0.0.0.0/0. */
function alibabaIngress(on: Resource): Ingress {
  const { props } = on;
  const ranges = textsAt(props, "cidrIp", "ipv6CidrIp");
  const sources = ["cidrIp", "ipv6CidrIp", "sourceSecurityGroupId", "prefixListId"].flatMap((path) =>
    listAt(props, path),
  );
  const range = valueAt(props, "portRange");
  const parts = typeof range === "string" && !isUnknown(range) ? range.split("/").map(Number) : [range, range];
  return {
    on,
    group: linkOf(props["securityGroupId"]),
    protocol: protocolOf(props["ipProtocol"]),
    ports: portsOf([parts[0], parts[1]]),
    ranges: sources.length === 0 ? ["0.0.0.0/0"] : ranges,
    groups: listAt(props, "sourceSecurityGroupId"),
  };
}

function protocolOf(value: Found): string | undefined {
  if (value === undefined || isUnknown(value)) return undefined;
  return same(value, "-1") ? "all" : String(value).toLowerCase();
}

/** No port, or -1, means all of them. */
function portsOf(ends: readonly [Found, Found]): Ingress["ports"] {
  if (ends.some(isUnknown)) return undefined;
  const [first, last] = ends.map((end) => (end === undefined || end === null ? -1 : Number(end)));
  return first === undefined || last === undefined || first < 0 || last < 0 ? [0, 65535] : [first, last];
}

/** Whether a range is so wide that it stands for anybody: two halves of the internet are the internet. */
export function isAnybody(range: string): boolean {
  if (!range.includes("/")) return ["0.0.0.0", "::"].includes(range);
  const prefix = Number(/\/(\d+)$/.exec(range)?.[1] ?? 128);
  return range.includes(":") ? prefix < 16 : prefix < 8;
}
