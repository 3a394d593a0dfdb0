import type { RecordedResource } from "../../../recording/record.ts";
import type { Observed, ObservedProxies } from "./observed.ts";
import { has, isProxies, lastOf, listAt, numberAt, type Recorded, textAt } from "./recorded.ts";

const aws = { group: "aws:autoscaling/group:Group" };

const alibaba = {
  group: "alicloud:ess/scalingGroup:ScalingGroup",
  attachment: "alicloud:ess/serverGroupAttachment:ServerGroupAttachment",
};

type Proxies = Pick<Observed, "proxies">;

/** The group of proxies on AWS, whose target groups say the ports. */
export function readAwsProxies(recorded: Recorded): Proxies {
  return readProxies(recorded, aws.group, (group) => ({
    subnets: subnetsAt(recorded, group, "vpcZoneIdentifiers"),
    joins: listAt(group, "targetGroupArns").map((_, index) => {
      const target = recorded.referred(group, `targetGroupArns[${index}]`);
      return `${lastOf(target.name)} ${numberAt(target, "port")}`;
    }),
  }));
}

/** The same on Alibaba Cloud, where attachments say them. */
export function readAlibabaProxies(recorded: Recorded): Proxies {
  return readProxies(recorded, alibaba.group, (group) => ({
    subnets: subnetsAt(recorded, group, "vswitchIds"),
    joins: recorded
      .referring(alibaba.attachment, "scalingGroupId", group)
      .map((one) => `${lastOf(recorded.referred(one, "serverGroupId").name)} ${numberAt(one, "port")}`),
  }));
}

type Rest = Omit<ObservedProxies, "count">;

function readProxies(recorded: Recorded, type: string, read: (group: RecordedResource) => Rest): Proxies {
  const [group, ...more] = recorded.ofType(type).filter(isProxies);
  if (group === undefined) return {};
  if (more.length > 0) throw new Error("more than one group of proxies");
  if (has(group, "desiredCapacity")) throw new Error(`${group.name} has a desired capacity`);
  const [least, most] = [numberAt(group, "minSize"), numberAt(group, "maxSize")];
  if (least !== most) throw new Error(`${group.name} has ${least} to ${most} machines`);
  const { subnets, joins } = read(group);
  return { proxies: { count: least, subnets, joins: [...joins].sort() } };
}

const subnetsAt = (recorded: Recorded, group: RecordedResource, path: string): readonly string[] =>
  listAt(group, path).map((_, index) => textAt(recorded.referred(group, `${path}[${index}]`), "cidrBlock"));
