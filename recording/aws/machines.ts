import { bootTextOf } from "../read/boot-text.ts";
import type { Disk, Machine, MachineGroup } from "../read/forms.ts";
import { ofType, referringTo, targetOf } from "../read/links.ts";
import { type Found, isKey, listAt, numberAt, type Resource, same, textAt, textsAt, valueAt } from "../read/plain.ts";
import { awsType } from "./types.ts";

const mixed = "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification";
const spread = "mixedInstancesPolicy.instancesDistribution";

/** The group that a resource is. */
export function machineGroup(_all: readonly Resource[], on: Resource): MachineGroup | undefined {
  const { type, props } = on;
  if (type !== awsType.group) return undefined;
  const isMixed = isKey(props, "mixedInstancesPolicy");
  return {
    on,
    min: numberAt(props, "minSize"),
    max: numberAt(props, "maxSize"),
    isSized: isKey(props, "desiredCapacity"),
    cooldownSeconds: numberAt(props, "defaultCooldown"),
    template: valueAt(props, isMixed ? `${mixed}.launchTemplateId` : "launchTemplate.id"),
    version: valueAt(props, isMixed ? `${mixed}.version` : "launchTemplate.version"),
    subnets: listAt(props, "vpcZoneIdentifiers[]"),
    joins: listAt(props, "targetGroupArns[]").map((target) => ({ target, port: undefined })),
    mix: isMixed
      ? {
          onDemand: numberAt(props, `${spread}.onDemandBaseCapacity`) ?? 0,
          spotPercent: 100 - (numberAt(props, `${spread}.onDemandPercentageAboveBaseCapacity`) ?? 100),
          types: listAt(props, "mixedInstancesPolicy.launchTemplate.overrides[]").length,
        }
      : undefined,
    warmMachines: numberAt(props, "warmPool.minSize") ?? 0,
  };
}

/** The machine that a resource is, or makes. */
export function machine(on: Resource, template?: Resource): Machine | undefined {
  if (on.type !== awsType.instance && on.type !== awsType.template) return undefined;
  const props = { ...template?.props, ...on.props };
  const address = props["associatePublicIpAddress"] ?? valueAt(props, "networkInterfaces[].associatePublicIpAddress");
  return {
    on,
    instanceType: textAt(props, "instanceType"),
    disk: {
      kind: textAt(props, "blockDeviceMappings[].ebs.volumeType") ?? "?",
      sizeGiB: numberAt(props, "blockDeviceMappings[].ebs.volumeSize"),
    },
    publicAddress: same(address, true) ? true : same(address, false) ? false : undefined,
    publicMbps: undefined,
    isMonitored: same(props["monitoring"], true) || same(valueAt(props, "monitoring.enabled"), true),
    userData: bootTextOf({ props }),
    address: textAt(props, "privateIp"),
    subnet: props["subnetId"],
  };
}

/** The reference from a machine to its template. */
export const templateIn = ({ props }: Resource): Found => valueAt(props, "launchTemplate.id");

/** The volumes that hang on a machine, in whose zone it stands. */
export const volumesOf = (all: readonly Resource[], on: Resource): readonly Resource[] =>
  referringTo(all, on, awsType.attachment, "instanceId").flatMap(({ props }) => targetOf(all, props["volumeId"]) ?? []);

export const volume = ({ type, props }: Resource): Disk | undefined =>
  type === awsType.volume ? { kind: textAt(props, "type") ?? "?", sizeGiB: numberAt(props, "size") } : undefined;

/** Names of the private zone that lead to an address. */
export const namesOf = (all: readonly Resource[], address: string): readonly string[] =>
  ofType(all, awsType.record)
    .filter(({ props }) => props["type"] === "A" && textsAt(props, "records[]").includes(address))
    .flatMap(({ props }) => textsAt(props, "name"));

/** Where each type names its security groups. */
export const groupPaths: Readonly<Record<string, readonly string[]>> = {
  [awsType.balancer]: ["securityGroups[]"],
  [awsType.instance]: ["vpcSecurityGroupIds[]"],
  [awsType.template]: ["networkInterfaces[].securityGroups[]", "vpcSecurityGroupIds[]"],
  [awsType.database]: ["vpcSecurityGroupIds[]"],
};
