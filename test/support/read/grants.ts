import { alibabaType } from "../../../recording/alibaba/types.ts";
import { awsType } from "../../../recording/aws/types.ts";
import { securityRules } from "../../../recording/read/firewall.ts";
import type { SecurityRule } from "../../../recording/read/forms.ts";
import { nameOf, ofType, targetOf } from "../../../recording/read/links.ts";
import { listAt, type Resource, textsAt } from "../../../recording/read/plain.ts";
import { toGrantText } from "./observed.ts";
import { lastOf } from "./recorded.ts";

/** Who may reach whom: rules of security groups, and the list of ranges of a managed database. */
export function readGrants(all: readonly Resource[]): readonly string[] {
  const rules = securityRules(all);
  const rows = rules.filter(({ isGrant, isInline }) => isGrant && !isInline).flatMap(rowsOf);
  return [
    ...withBalancer(all, rows),
    ...ofType(all, alibabaType.database).flatMap((service) => listed(all, service)),
    ...undropped(all, rules),
    ...inline(all),
  ];
}

interface Row {
  readonly text: (peer: string) => string;
  readonly peer: string;
}

/** Every name server of a VPC of Alibaba Cloud; rules that let it answer open nothing to others. */
const isNameServer = (peer: string): boolean => /^100\.100\.2\.13[68]\/32$/.test(peer);

function rowsOf({ on, direction, group, protocol, ports, ranges, groups, prefixLists }: SecurityRule): readonly Row[] {
  if (group === undefined || protocol === undefined || ports === undefined) throw new Error(`${on.name} is not known`);
  const peers = [
    ...ranges,
    ...groups.map((one) => (typeof one === "string" ? one : lastOf(nameOf(one) ?? "?"))),
    ...prefixLists.map((one) => `prefix list ${nameOf(one)}`),
  ];
  if (peers.length !== 1) throw new Error(`${on.name} has ${peers.length} peers`);
  const text = (peer: string) => toGrantText(direction, lastOf(group), protocol, ports, peer);
  return peers.filter((peer) => !isNameServer(peer)).map((peer) => ({ peer, text }));
}

/** Rules inside of a group, which the model knows nothing of. */
const inline = (all: readonly Resource[]): readonly string[] =>
  ofType(all, awsType.securityGroup, awsType.defaultGroup).flatMap(({ name, props }) =>
    ["ingress[]", "egress[]"].flatMap((key) =>
      listAt(props, key).map((rule) => `inline ${name} ${JSON.stringify(rule)}`),
    ),
  );

const rangesOf = (subnets: readonly (Resource | undefined)[]): readonly string[] =>
  subnets.flatMap((subnet) => textsAt(subnet?.props, "cidrBlock"));

/** The balancer's addresses on Alibaba Cloud are those of its vSwitches: rules for each of them are one grant to it. */
function withBalancer(all: readonly Resource[], rows: readonly Row[]): readonly string[] {
  const ranges = rangesOf(ofType(all, alibabaType.subnet).filter(({ name }) => name.includes("-network-balancer-")));
  const counts = new Map<string, number>();
  const others = rows.filter(({ peer, text }) => {
    if (!ranges.includes(peer)) return true;
    counts.set(text("balancer"), (counts.get(text("balancer")) ?? 0) + 1);
    return false;
  });
  const whole = [...counts].map(([text, count]) => (count === ranges.length ? text : `${text} in ${count} zones only`));
  return [...others.map(({ peer, text }) => text(peer)), ...whole];
}

/** ApsaraDB for MongoDB's port can't be chosen. */
const managedPorts = [3717, 3717] as const;

/** The service's list of ranges: all of the media vSwitches are a grant to each group of machines in them. */
function listed(all: readonly Resource[], { name, props }: Resource): readonly string[] {
  const ranges = textsAt(props, "securityIpLists[]");
  const groups = ofType(all, alibabaType.group).filter((group) => !["proxy", "turn"].includes(lastOf(group.name)));
  const media = new Set(
    groups.flatMap((group) => listAt(group.props, "vswitchIds[]").map((one) => targetOf(all, one))),
  );
  const inside = rangesOf([...media]);
  const toText = (peer: string) => toGrantText("in", lastOf(name), "tcp", managedPorts, peer);
  const others = ranges.filter((range) => !inside.includes(range)).map(toText);
  if (!inside.every((range) => ranges.includes(range))) return [...others, toText("some zones only")];
  return [...others, ...groups.map((group) => toText(lastOf(group.name)))];
}

/** Basic groups let out, and on balancers in, what nothing drops: such a group has grants that the model doesn't know. */
function undropped(all: readonly Resource[], rules: readonly SecurityRule[]): readonly string[] {
  if (ofType(all, alibabaType.securityGroup).length === 0) return [];
  const dropped = rules
    .filter(({ isGrant, protocol, ranges }) => !isGrant && protocol === "all" && ranges.includes("0.0.0.0/0"))
    .map(({ direction, group = "" }) => `${direction} ${lastOf(group)}`);
  const hasDatabase = ofType(all, alibabaType.instance).length > 0;
  const fixed = ofType(all, alibabaType.group).map(({ name }) => lastOf(name));
  const wanted = [
    "in balancer",
    "out balancer",
    ...(hasDatabase ? ["out database"] : []),
    ...["proxy", "turn"].filter((name) => fixed.includes(name)).map((name) => `out ${name}`),
    ...ofType(all, alibabaType.securityGroup).flatMap(({ name }) => (lastOf(name) === "drill" ? ["out drill"] : [])),
  ];
  return wanted.filter((text) => !dropped.includes(text)).map((text) => `nothing drops the rest of ${text}`);
}
