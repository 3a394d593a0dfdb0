import { alibabaBucket, alibabaType } from "../../../recording/alibaba/types.ts";
import { awsBucket, awsType } from "../../../recording/aws/types.ts";
import { targetsOf } from "../../../recording/read/balancing.ts";
import type { MachineGroup } from "../../../recording/read/forms.ts";
import { nameOf, ofType, targetOf } from "../../../recording/read/links.ts";
import {
  instances,
  machineGroups,
  machineOf,
  namesOf,
  templateOf,
  volumeOf,
  volumesOf,
} from "../../../recording/read/machines.ts";
import { numberAt, type Resource, textAt } from "../../../recording/read/plain.ts";
import type { FixedRole, Observed, ObservedFixedGroup, ObservedGroup, ObservedMember } from "./observed.ts";
import { only } from "./only.ts";
import { lastOf, sameOf, toRole } from "./recorded.ts";
import { figureOf, readScaling } from "./scaling.ts";

/** Whether a group is the proxies' or the TURN servers', from its name. */
const isOf = ({ on }: MachineGroup, role: FixedRole): boolean => lastOf(on.name) === role;

export const readGroups = (all: readonly Resource[]): readonly ObservedGroup[] =>
  machineGroups(all)
    .filter((group) => !isOf(group, "proxy") && !isOf(group, "turn"))
    .map((group) => ({
      role: toRole(group.on),
      ...boundsOf(group),
      target: figureOf(all, group),
      cooldownSeconds: group.cooldownSeconds,
      diskGiB: machineOf(all, template(all, group)).disk.sizeGiB,
      scaling: readScaling(all, group),
      targets: group.joins.map(({ target }) => lastOf(nameOf(target) ?? "?")),
    }));

function boundsOf({ on, min, max, isSized }: MachineGroup): Pick<ObservedGroup, "min" | "max"> {
  if (isSized) throw new Error(`${on.name} has a desired capacity`);
  return { min, max };
}

function template(all: readonly Resource[], group: MachineGroup): Resource {
  const found = templateOf(all, group);
  if (found === undefined) throw new Error(`${group.on.name} has no template of the stack's`);
  return found;
}

/** The groups of proxies and of TURN servers. */
export function readFixed(all: readonly Resource[]): Observed["fixed"] {
  const found = (["proxy", "turn"] as const).map((role) => [role, readGroup(all, role)] as const);
  return Object.fromEntries(found.filter(([, group]) => group !== undefined));
}

/** On AWS its targets say the ports. */
function readGroup(all: readonly Resource[], role: FixedRole): ObservedFixedGroup | undefined {
  const [group, ...more] = machineGroups(all).filter((one) => isOf(one, role));
  if (group === undefined) return undefined;
  if (more.length > 0) throw new Error(`more than one group of ${role}`);
  const { min = 0, max } = boundsOf(group);
  if (min !== max) throw new Error(`${group.on.name} has ${min} to ${max} machines`);
  const portOf = (name: string) => targetsOf(all).find(({ on }) => on.name === name)?.port;
  const joins = group.joins.map(({ target, port }) => {
    const name = nameOf(target) ?? "?";
    return `${lastOf(name)} ${port ?? portOf(name)}`;
  });
  return { count: min, subnets: group.subnets.map((one) => cidrOf(all, one)), joins: joins.sort() };
}

const cidrOf = (all: readonly Resource[], subnet: Parameters<typeof targetOf>[1]): string =>
  textAt(targetOf(all, subnet)?.props, "cidrBlock") ?? "?";

export const readMembers = (all: readonly Resource[]): readonly ObservedMember[] =>
  instances(all).map((on): ObservedMember => {
    const { address = "?", subnet, publicAddress } = machineOf(all, on);
    const volume = only(volumesOf(all, on), `data volume of ${on.name}`);
    const zone = textAt(volume.props, "availabilityZone");
    if (zone !== undefined && zone !== textAt(targetOf(all, subnet)?.props, "availabilityZone"))
      throw new Error(`${volume.name} is not in its machine's zone`);
    return {
      host: namesOf(all, address).join(" "),
      address,
      subnet: cidrOf(all, subnet),
      diskGiB: volumeOf(volume)?.sizeGiB,
      hasPublicAddress: publicAddress !== false,
    };
  });

/** Without what the machine carries, which is its instance type's too; test/model/groups/load.test.ts has that. */
export const withoutLimits = (text: string): string => text.replace(/ *"carries": \{[^}]*\},\n/, "");

/** Decoded, of each kind of machine. */
export function readUserData(all: readonly Resource[]): Observed["userData"] {
  const textOf = (on: Resource) => withoutLimits(machineOf(all, on).userData ?? "");
  const groups = machineGroups(all).map((group) => [lastOf(group.on.name), textOf(template(all, group))] as const);
  const members = instances(all).map(textOf);
  return { ...Object.fromEntries(groups), ...(members.length === 0 ? {} : { database: sameOf(members) }) };
}

/** Kept logs, in days. */
export function readRetention(all: readonly Resource[]): number | undefined {
  const [log] = ofType(all, awsType.log, alibabaType.log);
  return numberAt(log?.props, "retentionInDays") ?? numberAt(log?.props, "retentionPeriod");
}

/** Where recordings go, with what protects them there. */
export function readRecordings(all: readonly Resource[]): "none" | "bucket" {
  const names = ofType(all, awsBucket.bucket, alibabaBucket.bucket).map(({ name }) => lastOf(name));
  const buckets = names.filter((name) => !["logs", "agent"].includes(name));
  if (buckets.length > 1 || buckets.some((name) => name !== "recordings")) throw new Error("odd buckets");
  return buckets.length === 0 ? "none" : "bucket";
}
