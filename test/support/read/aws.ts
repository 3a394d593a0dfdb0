import { unpackUserData } from "../../../machine/index.ts";
import { toResources } from "../../../recording/read/plain.ts";
import type { RecordedResource, Recording } from "../../../recording/record.ts";
import { readAwsAlarms, readRecordings, readRetention } from "./alarms.ts";
import { policyOf, readScaling } from "./aws-scaling.ts";
import { readGrants } from "./grants.ts";
import { readListeners, readTargets } from "./listeners.ts";
import { type Observed, type ObservedGroup, type ObservedMember, sorted } from "./observed.ts";
import { readAwsProxies } from "./proxies.ts";
import { at, has, isProxies, lastOf, listAt, numberAt, Recorded, sameOf, textAt, textsAt, toRole } from "./recorded.ts";

const types = {
  group: "aws:autoscaling/group:Group",
  template: "aws:ec2/launchTemplate:LaunchTemplate",
  instance: "aws:ec2/instance:Instance",
  attachment: "aws:ec2/volumeAttachment:VolumeAttachment",
  record: "aws:route53/record:Record",
} as const;

/** What the AWS resources do. */
export function readAws(recording: Recording): Observed {
  const recorded = new Recorded(recording);
  const all = toResources(recording.resources);
  const groups = recorded.ofType(types.group);
  return sorted({
    groups: groups.filter((group) => !isProxies(group)).map((group) => readGroup(recorded, group)),
    ...readAwsProxies(recorded),
    listeners: readListeners(all),
    targets: readTargets(all),
    grants: readGrants(all),
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
