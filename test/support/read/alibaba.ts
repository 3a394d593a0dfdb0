import { unpackUserData } from "../../../machine/index.ts";
import type { Action, Condition } from "../../../model/traffic/listeners.ts";
import type { TargetName } from "../../../model/traffic/targets.ts";
import { toResources } from "../../../recording/read/plain.ts";
import type { RecordedResource, Recording } from "../../../recording/record.ts";
import { readAlibabaAlarms, readRecordings, readRetention } from "./alarms.ts";
import { readGrants } from "./grants.ts";
import { readScaling, ruleOf } from "./alibaba-scaling.ts";
import {
  type Observed,
  type ObservedGroup,
  type ObservedListener,
  type ObservedMember,
  type ObservedRule,
  type ObservedTarget,
  sorted,
} from "./observed.ts";
import { readAlibabaProxies } from "./proxies.ts";
import { at, has, isProxies, lastOf, listAt, numberAt, Recorded, sameOf, textAt, textsAt, toRole } from "./recorded.ts";

const types = {
  group: "alicloud:ess/scalingGroup:ScalingGroup",
  attachment: "alicloud:ess/serverGroupAttachment:ServerGroupAttachment",
  template: "alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate",
  webListener: "alicloud:alb/listener:Listener",
  webRule: "alicloud:alb/rule:Rule",
  webTarget: "alicloud:alb/serverGroup:ServerGroup",
  streamListener: "alicloud:nlb/listener:Listener",
  streamTarget: "alicloud:nlb/serverGroup:ServerGroup",
  instance: "alicloud:ecs/instance:Instance",
  diskAttachment: "alicloud:ecs/ecsDiskAttachment:EcsDiskAttachment",
  zone: "alicloud:pvtz/zone:Zone",
  record: "alicloud:pvtz/zoneRecord:ZoneRecord",
} as const;

/** A listener can only forward by default, so the rule behind all others says what happens instead. */
const lastPriority = 10000;
/** Where such a listener forwards to: a group that nobody joins. */
const nobody = "nobody";

/** What the Alibaba Cloud resources do. */
export function readAlibaba(recording: Recording): Observed {
  const recorded = new Recorded(recording);
  const webTargets = recorded.ofType(types.webTarget).filter(({ name }) => lastOf(name) !== nobody);
  return sorted({
    groups: recorded
      .ofType(types.group)
      .filter((group) => !isProxies(group))
      .map((group) => readGroup(recorded, group)),
    ...readAlibabaProxies(recorded),
    listeners: [
      ...recorded.ofType(types.webListener).map((listener) => readWebListener(recorded, listener)),
      ...recorded.ofType(types.streamListener).map((listener) => readStreamListener(recorded, listener)),
    ],
    targets: [...webTargets.map(readWebTarget), ...recorded.ofType(types.streamTarget).map(readStreamTarget)],
    grants: readGrants(toResources(recording.resources)),
    database: recorded.ofType(types.instance).map((instance) => readMember(recorded, instance)),
    alarms: readAlibabaAlarms(recorded),
    logDays: readRetention(recorded),
    recordings: readRecordings(recorded),
    userData: readUserData(recorded),
  });
}

function readUserData(recorded: Recorded): Observed["userData"] {
  const groups = recorded.ofType(types.group).map((group) => {
    return [
      lastOf(group.name),
      unpackUserData(textAt(recorded.referred(group, "launchTemplateId"), "userData")),
    ] as const;
  });
  const members = recorded.ofType(types.instance).map((instance) => unpackUserData(textAt(instance, "userData")));
  return { ...Object.fromEntries(groups), ...(members.length === 0 ? {} : { database: sameOf(members) }) };
}

function readGroup(recorded: Recorded, group: RecordedResource): ObservedGroup {
  const role = toRole(group);
  const scaling = ruleOf(recorded, group, "TargetTrackingScalingRule");
  if (has(group, "desiredCapacity")) throw new Error(`${group.name} has a desired capacity`);
  return {
    role,
    min: numberAt(group, "minSize"),
    max: numberAt(group, "maxSize"),
    cpuTargetPercent: numberAt(scaling, "targetValue"),
    cooldownSeconds: numberAt(group, "defaultCooldown"),
    diskGiB: numberAt(recorded.referred(group, "launchTemplateId"), "systemDisk.size"),
    scaling: readScaling(recorded, group),
    targets: recorded
      .referring(types.attachment, "scalingGroupId", group)
      .map((attachment) => lastOf(recorded.referred(attachment, "serverGroupId").name)),
  };
}

function readWebListener(recorded: Recorded, listener: RecordedResource): ObservedListener {
  const rules = recorded.referring(types.webRule, "listenerId", listener).map((rule) => readRule(recorded, rule));
  const last = rules.find(({ priority }) => priority === lastPriority);
  const byDefault = lastOf(
    recorded.referred(listener, "defaultActions[0].forwardGroupConfig.serverGroupTuples[0].serverGroupId").name,
  );
  if ((byDefault === nobody) !== (last !== undefined)) throw new Error(`${listener.name} has no clear default`);
  return {
    protocol: textAt(listener, "listenerProtocol").toLowerCase(),
    port: numberAt(listener, "listenerPort"),
    defaultAction: last?.action ?? { kind: "forward", to: byDefault as TargetName },
    rules: rules.filter((rule) => rule !== last),
  };
}

const readStreamListener = (recorded: Recorded, listener: RecordedResource): ObservedListener => ({
  protocol: textAt(listener, "listenerProtocol").toLowerCase(),
  port: numberAt(listener, "listenerPort"),
  defaultAction: { kind: "forward", to: lastOf(recorded.referred(listener, "serverGroupId").name) as TargetName },
  rules: [],
});

const readRule = (recorded: Recorded, rule: RecordedResource): ObservedRule => ({
  priority: numberAt(rule, "priority"),
  when: readCondition(rule),
  action: readAction(recorded, rule),
});

function readCondition(rule: RecordedResource): Condition {
  const parts = listAt(rule, "ruleConditions").map((_, index): Condition => {
    const path = `ruleConditions[${index}]`;
    const type = textAt(rule, `${path}.type`);
    if (type === "Path") return { paths: textsAt(rule, `${path}.pathConfig.values`) };
    if (type === "SourceIp") return { sources: textsAt(rule, `${path}.sourceIpConfig.values`) };
    const query = `${path}.queryStringConfig.values[0]`;
    return { query: { key: textAt(rule, `${query}.key`), value: textAt(rule, `${query}.value`) } };
  });
  return Object.assign({}, ...parts);
}

function readAction(recorded: Recorded, rule: RecordedResource): Action {
  const path = "ruleActions[0]";
  const type = textAt(rule, `${path}.type`);
  if (type === "Redirect") return { kind: "redirect", port: numberAt(rule, `${path}.redirectConfig.port`) };
  if (type === "FixedResponse" && textAt(rule, `${path}.fixedResponseConfig.httpCode`) === "403")
    return { kind: "deny" };
  const group = recorded.referred(rule, `${path}.forwardGroupConfig.serverGroupTuples[0].serverGroupId`);
  return { kind: "forward", to: lastOf(group.name) as TargetName };
}

function readWebTarget(target: RecordedResource): ObservedTarget {
  const sticky = at(target, "stickySessionConfig.stickySessionEnabled") === true;
  const drains = at(target, "connectionDrainConfig.connectionDrainEnabled") === true;
  return {
    name: lastOf(target.name),
    protocol: textAt(target, "protocol").toLowerCase(),
    drainSeconds: drains ? numberAt(target, "connectionDrainConfig.connectionDrainTimeout") : 0,
    stickySeconds: sticky ? numberAt(target, "stickySessionConfig.cookieTimeout") : 0,
    health: {
      intervalSeconds: numberAt(target, "healthCheckConfig.healthCheckInterval"),
      timeoutSeconds: numberAt(target, "healthCheckConfig.healthCheckTimeout"),
      healthyThreshold: numberAt(target, "healthCheckConfig.healthyThreshold"),
      unhealthyThreshold: numberAt(target, "healthCheckConfig.unhealthyThreshold"),
      path: textAt(target, "healthCheckConfig.healthCheckPath"),
      port: numberAt(target, "healthCheckConfig.healthCheckConnectPort"),
    },
  };
}

const readStreamTarget = (target: RecordedResource): ObservedTarget => ({
  name: lastOf(target.name),
  protocol: textAt(target, "protocol").toLowerCase(),
  drainSeconds: at(target, "connectionDrainEnabled") === true ? numberAt(target, "connectionDrainTimeout") : 0,
  stickySeconds: 0,
  health: {
    intervalSeconds: numberAt(target, "healthCheck.healthCheckInterval"),
    timeoutSeconds: numberAt(target, "healthCheck.healthCheckConnectTimeout"),
    healthyThreshold: numberAt(target, "healthCheck.healthyThreshold"),
    unhealthyThreshold: numberAt(target, "healthCheck.unhealthyThreshold"),
    path: textAt(target, "healthCheck.healthCheckUrl"),
    port: numberAt(target, "healthCheck.healthCheckConnectPort"),
  },
});

function readMember(recorded: Recorded, instance: RecordedResource): ObservedMember {
  const [attachment, ...more] = recorded.referring(types.diskAttachment, "instanceId", instance);
  if (attachment === undefined || more.length > 0) throw new Error(`${instance.name} has not one data disk`);
  const address = textAt(instance, "privateIp");
  const zone = textAt(recorded.one(types.zone), "zoneName");
  const names = recorded.ofType(types.record).filter((record) => textAt(record, "value") === address);
  return {
    host: names.map((record) => `${textAt(record, "rr")}.${zone}`).join(" "),
    address,
    subnet: textAt(recorded.referred(instance, "vswitchId"), "cidrBlock"),
    diskGiB: numberAt(recorded.referred(attachment, "diskId"), "size"),
    hasPublicAddress: numberAt(instance, "internetMaxBandwidthOut") > 0,
  };
}
