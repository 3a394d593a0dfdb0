import type { RecordedResource } from "../../../recording/record.ts";
import { toGrantText } from "./observed.ts";
import { has, isProxies, lastOf, type Recorded, readGroupAt, textAt, textsAt, toRole } from "./recorded.ts";

const types = {
  group: "alicloud:ess/scalingGroup:ScalingGroup",
  instance: "alicloud:ecs/instance:Instance",
  managed: "alicloud:mongodb/instance:Instance",
  securityRule: "alicloud:ecs/securityGroupRule:SecurityGroupRule",
  vSwitch: "alicloud:vpc/switch:Switch",
} as const;

/** Every name server of a VPC; rules that let it answer open nothing to others. */
const isNameServer = (peer: string): boolean => /^100\.100\.2\.13[68]\/32$/.test(peer);

/** Who may reach whom: rules of security groups, and the list of ranges of a managed database. */
export function readGrants(recorded: Recorded): readonly string[] {
  const accepted = recorded.ofType(types.securityRule).filter((rule) => textAt(rule, "policy") === "accept");
  const rows = accepted.map((rule) => readGrant(recorded, rule)).filter(({ peer }) => !isNameServer(peer));
  return [
    ...withBalancer(recorded, rows),
    ...recorded.ofType(types.managed).flatMap(listed(recorded)),
    ...undropped(recorded),
  ];
}

interface Row {
  readonly text: (peer: string) => string;
  readonly peer: string;
}

function readGrant(recorded: Recorded, rule: RecordedResource): Row {
  const direction = textAt(rule, "type") === "ingress" ? "in" : "out";
  const of = lastOf(recorded.referred(rule, "securityGroupId").name);
  const protocol = textAt(rule, "ipProtocol");
  const [first = 0, last = 0] = textAt(rule, "portRange").split("/").map(Number);
  const ports = protocol === "all" ? ([0, 65535] as const) : ([first, last] as const);
  const peer = has(rule, "cidrIp") ? textAt(rule, "cidrIp") : readGroupAt(recorded, rule, "sourceSecurityGroupId");
  return { peer, text: (shown) => toGrantText(direction, of, protocol, ports, shown) };
}

/** The balancer's addresses are those of its vSwitches: rules for each of them are one grant to the balancer. */
function withBalancer(recorded: Recorded, rows: readonly Row[]): readonly string[] {
  const ranges = recorded
    .ofType(types.vSwitch)
    .filter(({ name }) => name.includes("-network-balancer-"))
    .map((vSwitch) => textAt(vSwitch, "cidrBlock"));
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
const listed =
  (recorded: Recorded) =>
  (service: RecordedResource): readonly string[] => {
    const media = recorded
      .ofType(types.vSwitch)
      .filter(({ name }) => name.includes("-network-media-"))
      .map((vSwitch) => textAt(vSwitch, "cidrBlock"));
    const ranges = textsAt(service, "securityIpLists");
    const toText = (peer: string) => toGrantText("in", lastOf(service.name), "tcp", managedPorts, peer);
    const others = ranges.filter((range) => !media.includes(range)).map(toText);
    if (!media.every((range) => ranges.includes(range))) return [...others, toText("some zones only")];
    return [
      ...others,
      ...recorded
        .ofType(types.group)
        .filter((group) => !isProxies(group))
        .map((group) => toText(toRole(group))),
    ];
  };

/** Basic groups let out, and on balancers in, what nothing drops: such a group has grants that the model doesn't know. */
function undropped(recorded: Recorded): readonly string[] {
  const dropped = recorded
    .ofType(types.securityRule)
    .filter((rule) => textAt(rule, "policy") === "drop")
    .filter((rule) => textAt(rule, "ipProtocol") === "all" && textAt(rule, "cidrIp") === "0.0.0.0/0")
    .map((rule) => `${textAt(rule, "type")} ${lastOf(recorded.referred(rule, "securityGroupId").name)}`);
  const hasDatabase = recorded.ofType(types.instance).length > 0;
  const hasProxies = recorded.ofType(types.group).some(isProxies);
  const wanted = [
    "ingress balancer",
    "egress balancer",
    ...(hasDatabase ? ["egress database"] : []),
    ...(hasProxies ? ["egress proxy"] : []),
  ];
  return wanted.filter((text) => !dropped.includes(text)).map((text) => `nothing drops the rest of ${text}`);
}
