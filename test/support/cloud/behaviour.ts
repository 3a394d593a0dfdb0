import { randomBytes, randomInt } from "node:crypto";
import { refreshType, wrongRefresh } from "./instance-refresh.ts";
import type { Failure } from "./validate.ts";
import { isValues, same, stringsIn, type Value, type Values } from "./wire.ts";

/** Combinations that the cloud's interface refuses although each value alone is right. */
const combinations: Readonly<Record<string, (inputs: Values) => string | undefined>> = {
  "aws:lb/targetGroup:TargetGroup": (inputs) =>
    Number(inputs["slowStart"] ?? 0) > 0 && inputs["loadBalancingAlgorithmType"] === "least_outstanding_requests"
      ? "slow start cannot be combined with least outstanding requests"
      : undefined,
  "aws:lb/listenerRule:ListenerRule": (inputs) =>
    conditionValues(inputs["conditions"]) > 5 ? "a rule has at most 5 condition values" : undefined,
  "aws:lb/listener:Listener": (inputs) =>
    ["HTTPS", "TLS"].includes(String(inputs["protocol"])) && inputs["certificateArn"] === undefined
      ? "a certificate must be specified for HTTPS listeners"
      : undefined,
  "aws:lb/loadBalancer:LoadBalancer": (inputs) =>
    (inputs["loadBalancerType"] ?? "application") === "application" &&
    size(inputs["subnets"]) + size(inputs["subnetMappings"]) < 2
      ? "at least two subnets in two different Availability Zones must be specified"
      : undefined,
  "aws:autoscaling/group:Group": minAboveMax,
  "alicloud:ess/scalingGroup:ScalingGroup": minAboveMax,
  "alicloud:ess/alarm:Alarm": wrongTask,
  [refreshType]: wrongRefresh,
  "alicloud:alb/loadBalancer:LoadBalancer": (inputs) =>
    size(inputs["zoneMappings"]) < 2 ? "at least two zones are needed" : undefined,
  "alicloud:alb/listener:Listener": (inputs) =>
    inputs["listenerProtocol"] === "HTTPS" && inputs["certificates"] === undefined
      ? "an HTTPS listener needs a certificate"
      : undefined,
  "alicloud:vpc/switch:Switch": (inputs) =>
    inputs["vpcId"] === undefined || inputs["cidrBlock"] === undefined ? "needs vpcId and cidrBlock" : undefined,
};

/**
 * A task on a metric of one's own names its application group (CreateAlarm: GroupId), and the provider takes neither of the
 * dimensions that the service fills in (buildAlicloudEssAlarmArgs in resource_alicloud_ess_alarm.go).
 */
function wrongTask({ metricType, cloudMonitorGroupId, dimensions }: Values): string | undefined {
  const keys = isValues(dimensions) ? Object.keys(dimensions) : [];
  const filled = keys.find((key) => ["user_id", "scaling_group"].includes(key));
  if (filled !== undefined) return `Invalide dimension keys, ${filled}`;
  const isNone = cloudMonitorGroupId === undefined || Number(cloudMonitorGroupId) === 0;
  return metricType === "custom" && isNone ? "a custom metric needs cloudMonitorGroupId" : undefined;
}

const size = (value: Value | undefined): number => (Array.isArray(value) ? value.length : 0);

function minAboveMax(inputs: Values): string | undefined {
  return Number(inputs["minSize"]) > Number(inputs["maxSize"]) ? "minSize is above maxSize" : undefined;
}

/** Values of a listener rule's conditions; a query string counts once although it has a key and a value. */
function conditionValues(conditions: Value | undefined): number {
  if (!Array.isArray(conditions)) return 0;
  const count = (part: Value | undefined): number => {
    if (Array.isArray(part)) return part.reduce<number>((sum, value: Value) => sum + Math.max(1, count(value)), 0);
    if (!isValues(part)) return 0;
    return Object.values(part).reduce<number>((sum, value) => sum + count(value), 0);
  };
  return conditions.reduce<number>((sum, condition: Value) => sum + count(condition), 0);
}

export function refusedCombination(token: string, inputs: Values): readonly Failure[] {
  const reason = combinations[token]?.(inputs);
  return reason === undefined ? [] : [{ path: "", reason }];
}

const launchTimes: Readonly<Record<string, string>> = {
  "aws:autoscaling/schedule:Schedule": "startTime",
  "alicloud:ess/scheduledTask:ScheduledTask": "launchTime",
};

/**
 * An action that a cloud is asked for after its time: "If you try to schedule your action in the past, Amazon EC2 Auto
 * Scaling returns an error message" (PutScheduledUpdateGroupAction). Of ESS nothing says so; it is taken for the same.
 */
export function refusedTime(token: string, inputs: Values): string | undefined {
  const text = inputs[launchTimes[token] ?? ""];
  const isOnce = inputs["recurrence"] === undefined && inputs["recurrenceType"] === undefined;
  if (typeof text !== "string" || !isOnce || Date.parse(text) > Date.now()) return undefined;
  return `ValidationError: Given start time ${text} is in the past`;
}

const protection = /(delet|terminat|releas)\w*protection|disableApiTermination/i;

/** The switch that stands against a deletion, if one is on. A launch template's is for its machines, not for itself. */
export function protectedBy(token: string, inputs: Values): string | undefined {
  if (/LaunchTemplate$/.test(token)) return undefined;
  const isOn = (value: Value | undefined): boolean =>
    value === true || (isValues(value) && Object.values(value).some(isOn));
  return Object.keys(inputs).find((key) => protection.test(key) && isOn(inputs[key]));
}

/** Names that stay taken after the deletion: a secret waits for its recovery window to end. */
export function reservedNames(token: string, inputs: Values): readonly string[] {
  if (token !== "aws:secretsmanager/secret:Secret" || inputs["recoveryWindowInDays"] === 0) return [];
  return stringsIn(inputs["name"]);
}

const versions: Readonly<
  Record<string, { readonly latest: string; readonly standard: string; readonly follow: string }>
> = {
  "aws:ec2/launchTemplate:LaunchTemplate": {
    latest: "latestVersion",
    standard: "defaultVersion",
    follow: "updateDefaultVersion",
  },
  "alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate": {
    latest: "latestVersionNumber",
    standard: "defaultVersionNumber",
    follow: "updateDefaultVersionNumber",
  },
};

const vpc = "aws:ec2/vpc:Vpc";

/** A range of Amazon's for a network that asks for one (vpc_.go, resourceVPCRead). */
const ipv6Range = ({ assignGeneratedIpv6CidrBlock: asked }: Values): Values => ({
  ipv6CidrBlock: asked === true ? "2600:1f14:abc:4d00::/56" : "",
});

/** Outputs that an update with these inputs changes: a launch template gets a new version, a network its range. */
export function changedByUpdate(token: string, different: readonly string[], after: Values, outputs: Values): Values {
  if (token === vpc) return different.includes("assignGeneratedIpv6CidrBlock") ? ipv6Range(after) : {};
  const counter = versions[token];
  if (counter === undefined) return {};
  const isContent = (key: string): boolean => ![counter.follow, counter.standard, "tags"].includes(key);
  const latest = Number(outputs[counter.latest] ?? 1) + (different.some(isContent) ? 1 : 0);
  return { [counter.latest]: latest, ...(after[counter.follow] === true ? { [counter.standard]: latest } : {}) };
}

/** What the cloud's interface answers to an update that its provider sends although nothing of it changes. */
export function refusedUpdate(
  token: string,
  different: readonly string[],
  after: Values,
  state: Values,
): string | undefined {
  // Its subnets have theirs at that time: "You must detach or delete all gateways and resources that are associated with the
  // CIDR block before you can disassociate it" (EC2's API reference, DisassociateVpcCidrBlock).
  if (
    token === vpc &&
    different.includes("assignGeneratedIpv6CidrBlock") &&
    state["assignGeneratedIpv6CidrBlock"] === true
  )
    return "disassociating IPv6 CIDR block: it is in use by a subnet";
  if (token !== "alicloud:alb/loadBalancer:LoadBalancer" || !different.includes("zoneMappings")) return undefined;
  // UpdateLoadBalancerZones, as others met it: terraform-provider-alicloud issue 9309. Whether it takes another address in
  // the same zone is not known; it is taken for a change here.
  const listed = (value: Value | undefined) => (Array.isArray(value) ? value : []).filter(isValues);
  const [wanted, standing] = [listed(after["zoneMappings"]), listed(state["zoneMappings"])];
  const stands = (one: Values) =>
    standing.some((other) => Object.entries(one).every(([key, value]) => same(value, other[key])));
  return wanted.length === standing.length && wanted.every(stands)
    ? "OperationDenied.ZoneMappingsNotChanged: the zones of the load balancer have not changed"
    : undefined;
}

const letters = "abcdefghijklmnopqrstuvwxyz";
const alphabets = [
  { key: "lower", characters: letters },
  { key: "upper", characters: letters.toUpperCase() },
  { key: "numeric", characters: "0123456789" },
  { key: "special", characters: "!@#$%&*()-_=+[]{}<>:?" },
] as const;

/** Outputs that only this type can make. */
export function special(token: string, inputs: Values): Values {
  if (token === "random:index/randomUuid7:RandomUuid7") return { result: uuid7(Date.now()) };
  if (token === vpc) return ipv6Range(inputs);
  if (!/^random:index\/random(Password|String):/.test(token)) return {};
  const characters = alphabets.filter(({ key }) => inputs[key] !== false).map((alphabet) => alphabet.characters);
  const all = characters.join("");
  const count = Number(inputs["length"]);
  return { result: Array.from({ length: count }, () => all.charAt(randomInt(all.length))).join("") };
}

/** RFC 9562: 48 bits of milliseconds, version and variant, the rest at random. */
function uuid7(milliseconds: number): string {
  const hex = `${milliseconds.toString(16).padStart(12, "0")}7${randomBytes(10).toString("hex").slice(0, 3)}`;
  const rest = `${"89ab".charAt(randomInt(4))}${randomBytes(8).toString("hex").slice(0, 15)}`;
  return `${hex}${rest}`.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
