import { unpackUserData } from "../../../machine/index.ts";
import type { Action, Condition } from "../../../model/traffic/listeners.ts";
import type { TargetName } from "../../../model/traffic/targets.ts";
import { toResources } from "../../../recording/read/plain.ts";
import type { RecordedResource, Recording } from "../../../recording/record.ts";
import { readAwsAlarms, readRecordings, readRetention } from "./alarms.ts";
import { policyOf, readScaling } from "./aws-scaling.ts";
import { readGrants } from "./grants.ts";
import {
  type Observed,
  type ObservedGroup,
  type ObservedListener,
  type ObservedMember,
  type ObservedRule,
  type ObservedTarget,
  sorted,
} from "./observed.ts";
import { readAwsProxies } from "./proxies.ts";
import { at, has, isProxies, lastOf, listAt, numberAt, Recorded, sameOf, textAt, textsAt, toRole } from "./recorded.ts";

const types = {
  group: "aws:autoscaling/group:Group",
  template: "aws:ec2/launchTemplate:LaunchTemplate",
  listener: "aws:lb/listener:Listener",
  rule: "aws:lb/listenerRule:ListenerRule",
  target: "aws:lb/targetGroup:TargetGroup",
  instance: "aws:ec2/instance:Instance",
  attachment: "aws:ec2/volumeAttachment:VolumeAttachment",
  record: "aws:route53/record:Record",
} as const;

/** What the AWS resources do. */
export function readAws(recording: Recording): Observed {
  const recorded = new Recorded(recording);
  const groups = recorded.ofType(types.group);
  return sorted({
    groups: groups.filter((group) => !isProxies(group)).map((group) => readGroup(recorded, group)),
    ...readAwsProxies(recorded),
    listeners: recorded.ofType(types.listener).map((listener) => readListener(recorded, listener)),
    targets: recorded.ofType(types.target).map(readTarget),
    grants: readGrants(toResources(recording.resources)),
    database: recorded.ofType(types.instance).map((instance) => readMember(recorded, instance)),
    alarms: readAwsAlarms(recorded),
    logDays: readRetention(recorded),
    recordings: readRecordings(recorded),
    userData: readUserData(recorded),
  });
}

/** Of a machine or a group, in the place where a group of several types has it or in the usual one. */
function templateOf(recorded: Recorded, owner: RecordedResource): RecordedResource {
  const mixed = "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.launchTemplateId";
  return recorded.referred(owner, has(owner, mixed) ? mixed : "launchTemplate.id");
}

function readUserData(recorded: Recorded): Observed["userData"] {
  const textOf = (owner: RecordedResource) => unpackUserData(textAt(templateOf(recorded, owner), "userData"));
  const members = recorded.ofType(types.instance).map(textOf);
  return {
    ...Object.fromEntries(recorded.ofType(types.group).map((group) => [lastOf(group.name), textOf(group)])),
    ...(members.length === 0 ? {} : { database: sameOf(members) }),
  };
}

function readGroup(recorded: Recorded, group: RecordedResource): ObservedGroup {
  const role = toRole(group);
  const policy = policyOf(recorded, group, "TargetTrackingScaling");
  if (has(group, "desiredCapacity")) throw new Error(`${group.name} has a desired capacity`);
  return {
    role,
    min: numberAt(group, "minSize"),
    max: numberAt(group, "maxSize"),
    cpuTargetPercent: numberAt(policy, "targetTrackingConfiguration.targetValue"),
    cooldownSeconds: numberAt(group, "defaultCooldown"),
    diskGiB: numberAt(templateOf(recorded, group), "blockDeviceMappings[0].ebs.volumeSize"),
    scaling: readScaling(recorded, group),
    targets: listAt(group, "targetGroupArns").map((_, index) =>
      lastOf(recorded.referred(group, `targetGroupArns[${index}]`).name),
    ),
  };
}

function readListener(recorded: Recorded, listener: RecordedResource): ObservedListener {
  return {
    protocol: textAt(listener, "protocol").toLowerCase(),
    port: numberAt(listener, "port"),
    defaultAction: readAction(recorded, listener, "defaultActions[0]"),
    rules: recorded.referring(types.rule, "listenerArn", listener).map((rule) => readRule(recorded, rule)),
  };
}

const readRule = (recorded: Recorded, rule: RecordedResource): ObservedRule => ({
  priority: numberAt(rule, "priority"),
  when: readCondition(rule),
  action: readAction(recorded, rule, "actions[0]"),
});

function readCondition(rule: RecordedResource): Condition {
  const parts = listAt(rule, "conditions").map((_, index): Condition => {
    const path = `conditions[${index}]`;
    if (has(rule, `${path}.pathPattern.regexValues`))
      return { pathRegexes: textsAt(rule, `${path}.pathPattern.regexValues`) };
    if (has(rule, `${path}.pathPattern`)) return { paths: textsAt(rule, `${path}.pathPattern.values`) };
    if (has(rule, `${path}.sourceIp`)) return { sources: textsAt(rule, `${path}.sourceIp.values`) };
    const query = `${path}.queryStrings[0]`;
    return { query: { key: textAt(rule, `${query}.key`), value: textAt(rule, `${query}.value`) } };
  });
  return Object.assign({}, ...parts);
}

function readAction(recorded: Recorded, resource: RecordedResource, path: string): Action {
  const type = textAt(resource, `${path}.type`);
  if (type === "redirect") return { kind: "redirect", port: numberAt(resource, `${path}.redirect.port`) };
  if (type === "fixed-response" && textAt(resource, `${path}.fixedResponse.statusCode`) === "403")
    return { kind: "deny" };
  const to = lastOf(recorded.referred(resource, `${path}.targetGroupArn`).name);
  return { kind: "forward", to: to as TargetName };
}

function readTarget(target: RecordedResource): ObservedTarget {
  const sticky = has(target, "stickiness.enabled") && at(target, "stickiness.enabled") === true;
  return {
    name: lastOf(target.name),
    protocol: textAt(target, "protocol").toLowerCase(),
    drainSeconds: numberAt(target, "deregistrationDelay"),
    stickySeconds: sticky ? numberAt(target, "stickiness.cookieDuration") : 0,
    health: {
      intervalSeconds: numberAt(target, "healthCheck.interval"),
      timeoutSeconds: numberAt(target, "healthCheck.timeout"),
      healthyThreshold: numberAt(target, "healthCheck.healthyThreshold"),
      unhealthyThreshold: numberAt(target, "healthCheck.unhealthyThreshold"),
      path: textAt(target, "healthCheck.path"),
      port: numberAt(target, "healthCheck.port"),
    },
  };
}

function readMember(recorded: Recorded, instance: RecordedResource): ObservedMember {
  const [attachment, ...more] = recorded.referring(types.attachment, "instanceId", instance);
  if (attachment === undefined || more.length > 0) throw new Error(`${instance.name} has not one data volume`);
  const address = textAt(instance, "privateIp");
  const names = recorded.ofType(types.record).filter((record) => {
    return textAt(record, "type") === "A" && textsAt(record, "records").includes(address);
  });
  const subnet = recorded.referred(instance, "subnetId");
  const volume = recorded.referred(attachment, "volumeId");
  if (textAt(volume, "availabilityZone") !== textAt(subnet, "availabilityZone"))
    throw new Error(`${volume.name} is not in its machine's zone`);
  return {
    host: names.map((record) => textAt(record, "name")).join(" "),
    address,
    subnet: textAt(subnet, "cidrBlock"),
    diskGiB: numberAt(volume, "size"),
    hasPublicAddress: at(instance, "associatePublicIpAddress") !== false,
  };
}
