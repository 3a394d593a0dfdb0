import { unpackUserData } from "../../../machine/index.ts";
import { toResources } from "../../../recording/read/plain.ts";
import type { RecordedResource, Recording } from "../../../recording/record.ts";
import { readAlibabaAlarms, readRecordings, readRetention } from "./alarms.ts";
import { readGrants } from "./grants.ts";
import { readListeners, readTargets } from "./listeners.ts";
import { readScaling, ruleOf } from "./alibaba-scaling.ts";
import { type Observed, type ObservedGroup, type ObservedMember, sorted } from "./observed.ts";
import { readAlibabaProxies } from "./proxies.ts";
import { has, isProxies, lastOf, numberAt, Recorded, sameOf, textAt, toRole } from "./recorded.ts";

const types = {
  group: "alicloud:ess/scalingGroup:ScalingGroup",
  attachment: "alicloud:ess/serverGroupAttachment:ServerGroupAttachment",
  template: "alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate",
  instance: "alicloud:ecs/instance:Instance",
  diskAttachment: "alicloud:ecs/ecsDiskAttachment:EcsDiskAttachment",
  zone: "alicloud:pvtz/zone:Zone",
  record: "alicloud:pvtz/zoneRecord:ZoneRecord",
} as const;

/** What the Alibaba Cloud resources do. */
export function readAlibaba(recording: Recording): Observed {
  const recorded = new Recorded(recording);
  const all = toResources(recording.resources);
  return sorted({
    groups: recorded
      .ofType(types.group)
      .filter((group) => !isProxies(group))
      .map((group) => readGroup(recorded, group)),
    ...readAlibabaProxies(recorded),
    listeners: readListeners(all),
    targets: readTargets(all),
    grants: readGrants(all),
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
