import { bootTextOf } from "../read/boot-text.ts";
import type { Disk, Machine, MachineGroup } from "../read/forms.ts";
import { ofType, referringTo, targetOf } from "../read/links.ts";
import { type Found, isKey, listAt, numberAt, type Resource, textAt, textsAt } from "../read/plain.ts";
import { alibabaType } from "./types.ts";

/** The group that a resource is. */
export function machineGroup(all: readonly Resource[], on: Resource): MachineGroup | undefined {
  const { type, props } = on;
  if (type !== alibabaType.group) return undefined;
  return {
    on,
    min: numberAt(props, "minSize"),
    max: numberAt(props, "maxSize"),
    isSized: isKey(props, "desiredCapacity"),
    cooldownSeconds: numberAt(props, "defaultCooldown"),
    template: props["launchTemplateId"],
    version: props["launchTemplateVersion"],
    subnets: listAt(props, "vswitchIds[]"),
    joins: referringTo(all, on, alibabaType.groupAttachment, "scalingGroupId").map((attachment) => ({
      target: attachment.props["serverGroupId"],
      port: numberAt(attachment.props, "port"),
    })),
    mix:
      props["multiAzPolicy"] === "COMPOSABLE"
        ? {
            onDemand: numberAt(props, "capacityOptionsOnDemandBaseCapacity") ?? 0,
            spotPercent: 100 - (numberAt(props, "capacityOptionsOnDemandPercentageAboveBaseCapacity") ?? 100),
            types: listAt(props, "launchTemplateOverrides[]").length,
          }
        : undefined,
    warmMachines: 0,
  };
}

/** The machine that a resource is, or makes. */
export function machine(on: Resource, template?: Resource): Machine | undefined {
  if (on.type !== alibabaType.instance && on.type !== alibabaType.template) return undefined;
  const props = { ...template?.props, ...on.props };
  const either = (path: string, flat: string): string | undefined => textAt(props, path) ?? textAt(props, flat);
  const bandwidth = numberAt(props, "internetMaxBandwidthOut");
  return {
    on,
    instanceType: textAt(props, "instanceType"),
    disk: {
      kind: diskKind(
        either("systemDisk.category", "systemDiskCategory"),
        either("systemDisk.performanceLevel", "systemDiskPerformanceLevel"),
      ),
      sizeGiB: numberAt(props, "systemDisk.size") ?? numberAt(props, "systemDiskSize"),
    },
    publicAddress: bandwidth === undefined ? undefined : bandwidth > 0,
    publicMbps: bandwidth,
    isMonitored: false,
    userData: bootTextOf({ props }),
    address: textAt(props, "privateIp"),
    subnet: props["vswitchId"],
  };
}

/** A machine here says all of itself. */
export const templateIn = (_on: Resource): Found => undefined;

/** ESSD disks are priced by performance level; PL1 unless said (Alibaba Cloud's API reference of RunInstances). */
const diskKind = (category = "?", level = "PL1"): string =>
  category === "cloud_essd" ? `${category}-${level}` : category;

/** The volumes that hang on a machine, in whose zone it stands. */
export const volumesOf = (all: readonly Resource[], on: Resource): readonly Resource[] =>
  referringTo(all, on, alibabaType.diskAttachment, "instanceId").flatMap(
    ({ props }) => targetOf(all, props["diskId"]) ?? [],
  );

export const volume = ({ type, props }: Resource): Disk | undefined =>
  type === alibabaType.disk
    ? {
        kind: diskKind(textAt(props, "category"), textAt(props, "performanceLevel")),
        sizeGiB: numberAt(props, "size"),
      }
    : undefined;

/** Names of the private zone that lead to an address. */
export const namesOf = (all: readonly Resource[], address: string): readonly string[] =>
  ofType(all, alibabaType.record)
    .filter(({ props }) => props["value"] === address)
    .flatMap(({ props }) =>
      textsAt(props, "rr").map((name) => `${name}.${textAt(targetOf(all, props["zoneId"])?.props, "zoneName")}`),
    );

/** Where each type names its security groups. */
export const groupPaths: Readonly<Record<string, readonly string[]>> = {
  [alibabaType.streamBalancer]: ["securityGroupIds[]"],
  [alibabaType.instance]: ["securityGroups[]"],
  [alibabaType.template]: ["securityGroupId", "securityGroupIds[]"],
};
