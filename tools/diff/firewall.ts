import { Unknown, type Value } from "../../recording/value.ts";
import type { ResourceChange } from "./change.ts";
import type { Fields } from "./planned.ts";

/** One rule that comes or goes. */
export interface FirewallChange {
  readonly action: "opens" | "closes" | "denies" | "denies no longer";
  readonly direction: "in" | "out";
  /** Whose rule it is, such as `origin`. */
  readonly group: string;
  readonly protocol: string;
  /** `22`, `50000-60000` or `all`. */
  readonly ports: string;
  /** The range or group at the other end. */
  readonly peer: string;
  /** Anybody may come in. */
  readonly isWorld: boolean;
}

/** Names of security groups by their ids, as far as a preview tells them. */
export type GroupNames = ReadonlyMap<string, string>;

type Rule = Omit<FirewallChange, "action"> & { readonly isGrant: boolean };

/** What a change opens and closes; rules that are made anew as they were are none. */
export function firewallChanges(
  resources: readonly ResourceChange[],
  names: GroupNames = new Map(),
): readonly FirewallChange[] {
  const gone: Rule[] = [];
  const come: Rule[] = [];
  for (const { type, before, after } of resources) {
    const [was, is] = [ruleOf(type, before, names), ruleOf(type, after, names)];
    if (was !== undefined && is !== undefined && key(was) === key(is)) continue;
    if (was !== undefined) gone.push(was);
    if (is !== undefined) come.push(is);
  }
  const opened = come.filter((rule) => !gone.some((other) => key(other) === key(rule)));
  const closed = gone.filter((rule) => !come.some((other) => key(other) === key(rule)));
  const rows = [
    ...opened.map((rule) => toChange(rule, rule.isGrant ? "opens" : "denies")),
    ...closed.map((rule) => toChange(rule, rule.isGrant ? "closes" : "denies no longer")),
  ];
  return rows.sort((a, b) => Number(b.isWorld) - Number(a.isWorld));
}

const key = (rule: Rule): string => JSON.stringify(rule);

function toChange({ isGrant, ...rule }: Rule, action: FirewallChange["action"]): FirewallChange {
  const isMoreOpen = action === "opens" || action === "denies no longer";
  return { ...rule, action, isWorld: rule.isWorld && isMoreOpen };
}

function ruleOf(type: string, inputs: Fields, names: GroupNames): Rule | undefined {
  if (Object.keys(inputs).length === 0) return undefined;
  const [, direction] = /^aws:vpc\/.*:SecurityGroup(Ingress|Egress)Rule$/.exec(type) ?? [];
  if (direction !== undefined) return awsRule(direction, inputs, names);
  return type === "alicloud:ecs/securityGroupRule:SecurityGroupRule" ? alibabaRule(inputs, names) : undefined;
}

function awsRule(direction: string, inputs: Fields, names: GroupNames): Rule {
  const { cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId: group, ipProtocol, fromPort, toPort } = inputs;
  const peer = peerText(cidrIpv4 ?? cidrIpv6 ?? prefixListId ?? group, names);
  const isAll = ipProtocol === "-1" || ipProtocol === "all";
  return toRule({
    direction: direction === "Ingress" ? "in" : "out",
    group: peerText(inputs["securityGroupId"], names),
    protocol: isAll ? "all" : text(ipProtocol),
    ports: isAll || fromPort === undefined ? "all" : range(text(fromPort), text(toPort ?? fromPort)),
    peer,
    isGrant: true,
  });
}

function alibabaRule(inputs: Fields, names: GroupNames): Rule {
  const { cidrIp, ipv6CidrIp, prefixListId, sourceSecurityGroupId, ipProtocol, portRange } = inputs;
  const [from = "", to = from] = text(portRange ?? "-1/-1").split("/");
  return toRule({
    direction: inputs["type"] === "egress" ? "out" : "in",
    group: peerText(inputs["securityGroupId"], names),
    protocol: text(ipProtocol),
    ports: from === "-1" ? "all" : range(from, to),
    peer: peerText(cidrIp ?? ipv6CidrIp ?? prefixListId ?? sourceSecurityGroupId, names),
    isGrant: inputs["policy"] !== "drop",
  });
}

const toRule = (rule: Omit<Rule, "isWorld">): Rule => ({
  ...rule,
  isWorld: rule.direction === "in" && ["0.0.0.0/0", "::/0"].includes(rule.peer),
});

const range = (from: string, to: string): string => (from === to ? from : `${from}-${to}`);

const text = (value: Value | undefined): string =>
  typeof value === "object" || value === undefined ? "?" : String(value);

/** A range as it stands; a group by the end of its name. */
function peerText(value: Value | undefined, names: GroupNames): string {
  if (value instanceof Unknown) return member(value.origins[0]?.name ?? "?");
  return typeof value === "string" ? member(names.get(value) ?? value) : "?";
}

const member = (name: string): string => name.replace(/^.*-firewall-/, "");
