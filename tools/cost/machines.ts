import { Unknown } from "../../recording/value.ts";
import {
  type Amounts,
  always,
  at,
  type CostedResource,
  type CostedStack,
  monthHours,
  numberAt,
  textAt,
  times,
  type Usage,
} from "./usage.ts";

/** Types that make machines: groups, single ones, and the templates that both follow. */
const groupTypes = ["aws:autoscaling/group:Group", "alicloud:ess/scalingGroup:ScalingGroup"];
const singleTypes = ["aws:ec2/instance:Instance", "alicloud:ecs/instance:Instance"];
const templateTypes = ["aws:ec2/launchTemplate:LaunchTemplate", "alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate"];

export const machineTypes = [...groupTypes, ...singleTypes, ...templateTypes];

/** A group's sizes; the expected one lies between them, by the given utilisation from 0 (least) to 1 (most). */
export function sizesOf({ inputs }: CostedResource, utilisation: number): Amounts {
  const minimum = numberAt(inputs, "minSize") ?? 0;
  const maximum = numberAt(inputs, "maxSize") ?? minimum;
  return { minimum, expected: Math.ceil(minimum + utilisation * (maximum - minimum)), maximum };
}

export const groupsOf = ({ resources }: CostedStack): readonly CostedResource[] =>
  resources.filter(({ type }) => groupTypes.includes(type));

/** Machines with their disks and public addresses. */
export function machineUsage(stack: CostedStack, utilisation: number): readonly Usage[] {
  const templateOf = (name: string) =>
    stack.resources.find((resource) => templateTypes.includes(resource.type) && resource.name === name)?.inputs ?? {};
  const groups = groupsOf(stack).flatMap((group) => {
    const template = templateOf(group.name);
    return ofMachines(group.name, template, sizesOf(group, utilisation));
  });
  const single = stack.resources
    .filter(({ type }) => singleTypes.includes(type))
    .flatMap(({ name, inputs }) => {
      const template = templateOf(templateNameOf(inputs) ?? name);
      return ofMachines(name, { ...template, ...inputs }, always(1));
    });
  return [...groups, ...single];
}

/** The template that a machine refers to, which may be others' too. */
function templateNameOf(inputs: CostedResource["inputs"]): string | undefined {
  const id = at(inputs, "launchTemplate", "id");
  return id instanceof Unknown ? id.origins[0]?.name : undefined;
}

function ofMachines(name: string, inputs: CostedResource["inputs"], count: Amounts): readonly Usage[] {
  const type = textAt(inputs, "instanceType") ?? "?";
  const disk = systemDisk(inputs);
  const hours = times(count, monthHours);
  const rows: Usage[] = [{ what: `${name}: machines`, item: `machine/${type}`, per: "hour", amounts: hours }];
  const amounts = times(count, disk.size);
  rows.push({ what: `${name}: system disks`, item: `disk/${disk.kind}`, per: "GiB-month", amounts });
  if (hasPublicAddress(inputs)) {
    rows.push({ what: `${name}: public addresses`, item: "public-address", per: "hour", amounts: hours });
  }
  if (at(inputs, "monitoring") === true || at(inputs, "monitoring", "enabled") === true) {
    rows.push({ what: `${name}: detailed monitoring`, item: "detailed-monitoring", per: "month", amounts: count });
  }
  return rows;
}

/** Either cloud's words for it, of a template or of a machine. */
function systemDisk(inputs: CostedResource["inputs"]): { readonly kind: string; readonly size: number } {
  const ebs = at(inputs, "blockDeviceMappings", 0, "ebs");
  const size =
    numberAt(ebs, "volumeSize") ?? numberAt(inputs, "systemDisk", "size") ?? numberAt(inputs, "systemDiskSize");
  const category = textAt(inputs, "systemDisk", "category") ?? textAt(inputs, "systemDiskCategory");
  const level = textAt(inputs, "systemDisk", "performanceLevel") ?? textAt(inputs, "systemDiskPerformanceLevel");
  return { kind: textAt(ebs, "volumeType") ?? diskKind(category, level), size: size ?? 0 };
}

/** ESSD disks are priced by performance level; PL1 unless said (Alibaba Cloud's API reference of RunInstances). */
export const diskKind = (category = "?", level = "PL1"): string =>
  category === "cloud_essd" ? `${category}-${level}` : category;

/** Alibaba gives an address with bandwidth; its price there is the traffic's. */
const hasPublicAddress = (inputs: CostedResource["inputs"]): boolean =>
  textAt(inputs, "networkInterfaces", 0, "associatePublicIpAddress") === "true";

/** Proxies run no Ant Media Server. */
export const isProxies = ({ name }: CostedResource): boolean => name.endsWith("-proxy");
