import type { Cluster } from "../../../config/types.ts";
import { groupsOf, type Role } from "../../../model/cluster.ts";
import type * as forms from "../../../recording/read/forms.ts";
import type { MachineGroup } from "../../../recording/read/forms.ts";
import { keyOf, linkOf, nameOf, targetOf } from "../../../recording/read/links.ts";
import { machineGroups, templateOf } from "../../../recording/read/machines.ts";
import { type Found, isFields, type Resource, toResources } from "../../../recording/read/plain.ts";
import { rollsOf } from "../../../recording/read/scaling.ts";
import type { Recording } from "../../../recording/record.ts";
import { lastOf, toRole } from "./recorded.ts";

/** How a cloud brings a new template to the machines of a group that run, said without its words. */
export interface Roll {
  readonly role: Role;
  /** The template's name, and which of its numbers is rolled out. */
  readonly template: string;
  readonly version: string;
  /** Of the machines that the group should have. */
  readonly leastPercent: number;
  readonly mostPercent: number;
  readonly keepsMatching: boolean;
  /** Share after which it waits, and how long. */
  readonly pause: { readonly percents: readonly number[]; readonly minutes: number } | undefined;
}

/** What the model and the design say of each group's roll. */
export const expectedRolls = (cluster: Cluster): readonly Roll[] =>
  groupsOf(cluster).map(({ role, group: { minInServicePercent } }) => ({
    role,
    template: `${cluster.name}-${role}`,
    version: "the template's newest number",
    leastPercent: minInServicePercent,
    mostPercent: Math.max(100, minInServicePercent + Math.floor(100 / cluster.network.zones.length)),
    keepsMatching: true,
    pause: role === "origin" ? { percents: [1, 100], minutes: 60 } : undefined,
  }));

export const readRolls = (recording: Recording): readonly Roll[] => {
  const all = toResources(recording.resources);
  const groups = machineGroups(all).filter(({ on }) => !["proxy", "turn"].includes(lastOf(on.name)));
  return groups
    .flatMap((group) => rollsOf(all, group).map((roll) => toRoll(all, group, roll)))
    .sort((a, b) => (a.role > b.role ? -1 : 1));
};

function toRoll(all: readonly Resource[], group: MachineGroup, { on, template, version, ...roll }: forms.Roll): Roll {
  if (on !== group.on && group.on.props["multiAzPolicy"] !== "PRIORITY")
    throw new Error(`ESS refuses to refresh ${group.on.name}`);
  const own = templateOf(all, group);
  if (own === undefined || targetOf(all, template) !== own)
    throw new Error(`${on.name} rolls another template than its group's`);
  const { leastPercent = 0, mostPercent = 0 } = roll;
  const role = toRole(group.on);
  return { ...roll, role, template: own.name, version: versionOf(version, own), leastPercent, mostPercent };
}

/** A number that the provider computes, of the template that the group's machines start from. */
function versionOf(version: Found, template: Resource): string {
  const property = isFields(version) ? String(version["unknown"]).split(".").at(-1) : undefined;
  if (property === undefined) return `not a template's number: ${String(version)}`;
  if (linkOf(version) !== keyOf(template)) return `the number of ${nameOf(version)}`;
  return ["latestVersion", "latestVersionNumber"].includes(property) ? "the template's newest number" : property;
}
