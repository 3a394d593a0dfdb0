import type { Cloud, Cluster } from "../../../config/types.ts";
import { groupsOf, type Role } from "../../../model/cluster.ts";
import { type RecordedResource, type Recording, Unknown } from "../../../recording/record.ts";
import { at, has, isProxies, listAt, numberAt, Recorded, toRole } from "./recorded.ts";

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

export function readRolls(cloud: Cloud, recording: Recording): readonly Roll[] {
  const recorded = new Recorded(recording);
  const rolls = cloud === "aws" ? readAws(recorded) : readAlibaba(recorded);
  return [...rolls].sort((a, b) => (a.role > b.role ? -1 : 1));
}

const newest = ["latestVersion", "latestVersionNumber"];

/** A number that the provider computes, of the template that the group's machines start from. */
function versionAt(resource: RecordedResource, path: string, template: RecordedResource): string {
  const value = at(resource, path);
  if (!(value instanceof Unknown)) return `not a template's number: ${String(value)}`;
  const [origin] = value.origins;
  if (origin?.urn !== template.urn) return `the number of ${origin?.name}`;
  return newest.includes(origin.property) ? "the template's newest number" : origin.property;
}

const awsGroup = "aws:autoscaling/group:Group";
const mixed = "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification";

const readAws = (recorded: Recorded): readonly Roll[] =>
  recorded
    .ofType(awsGroup)
    .filter((group) => !isProxies(group) && has(group, "instanceRefresh"))
    .map((group): Roll => {
      const isMixed = has(group, mixed);
      const template = recorded.referred(group, isMixed ? `${mixed}.launchTemplateId` : "launchTemplate.id");
      const path = "instanceRefresh.preferences";
      return {
        role: toRole(group),
        template: template.name,
        version: versionAt(group, isMixed ? `${mixed}.version` : "launchTemplate.version", template),
        leastPercent: numberAt(group, `${path}.minHealthyPercentage`),
        mostPercent: numberAt(group, `${path}.maxHealthyPercentage`),
        keepsMatching: at(group, `${path}.skipMatching`) === true,
        pause: has(group, `${path}.checkpointPercentages`)
          ? {
              percents: listAt(group, `${path}.checkpointPercentages`).map(Number),
              minutes: numberAt(group, `${path}.checkpointDelay`) / 60,
            }
          : undefined,
      };
    });

const alibabaRefresh = "alicloud:ess/instanceRefresh:InstanceRefresh";

const readAlibaba = (recorded: Recorded): readonly Roll[] =>
  recorded.ofType(alibabaRefresh).map((refresh): Roll => {
    const group = recorded.referred(refresh, "scalingGroupId");
    if (at(group, "multiAzPolicy") !== "PRIORITY") throw new Error(`ESS refuses to refresh ${group.name}`);
    const template = recorded.referred(group, "launchTemplateId");
    if (recorded.referred(refresh, "desiredConfigurationLaunchTemplateId") !== template)
      throw new Error(`${refresh.name} rolls another template than its group's`);
    return {
      role: toRole(group),
      template: template.name,
      version: versionAt(refresh, "desiredConfigurationLaunchTemplateVersion", template),
      leastPercent: numberAt(refresh, "minHealthyPercentage"),
      mostPercent: numberAt(refresh, "maxHealthyPercentage"),
      keepsMatching: at(refresh, "skipMatching") === true,
      pause: has(refresh, "checkpoints")
        ? {
            percents: listAt(refresh, "checkpoints").map((_, index) =>
              numberAt(refresh, `checkpoints[${index}].percentage`),
            ),
            minutes: numberAt(refresh, "checkpointPauseTime"),
          }
        : undefined,
    };
  });
