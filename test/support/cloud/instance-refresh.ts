import type { Standing } from "./store.ts";
import { isValues, type Value, type Values } from "./wire.ts";

/** ESS's task that brings a launch template to a group's machines; in the stand-in cloud it succeeds at once. */
export const refreshType = "alicloud:ess/instanceRefresh:InstanceRefresh";

const groupType = "alicloud:ess/scalingGroup:ScalingGroup";
const templateType = "alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate";

/** What StartInstanceRefresh refuses although the provider lets it through (its reference, "Request parameters"). */
export function wrongRefresh(inputs: Values): string | undefined {
  const pause = Number(inputs["checkpointPauseTime"] ?? 60);
  const percents = percentsOf(inputs["checkpoints"]);
  if (pause < 1 || pause > 2880) return "CheckpointPauseTime is from 1 to 2880 minutes";
  if (percents.some((percent) => percent < 1 || percent > 100)) return "a checkpoint is from 1 to 100 percent";
  if (percents.some((percent, index) => percent <= (percents[index - 1] ?? 0))) return "checkpoints ascend";
  if (percents.length > 0 && percents.at(-1) !== 100) return "the last checkpoint is 100";
  return undefined;
}

const percentsOf = (checkpoints: Value | undefined): readonly number[] =>
  Array.isArray(checkpoints)
    ? checkpoints.map((one: Value) => Number(isValues(one) ? one["percentage"] : Number.NaN))
    : [];

/** Template and version of a group's machines, or of what they shall be. */
const source = (id: Value | undefined, version: Value | undefined): string => `${String(id)} ${String(version)}`;

/** What a group's machines start from when it is made; an update of the group leaves those that run. */
export const machinesOf = ({ type, inputs }: Pick<Standing, "type" | "inputs">): { readonly machines?: string } =>
  type === groupType ? { machines: source(inputs["launchTemplateId"], inputs["launchTemplateVersion"]) } : {};

/** The group as it is once the task has succeeded, or the reason for which it doesn't start. */
export function refreshed(inputs: Values, standing: readonly Standing[]): Standing | string {
  const of = (type: string, id: Value | undefined) => standing.find((one) => one.type === type && one.id === id);
  const group = of(groupType, inputs["scalingGroupId"]);
  if (group === undefined) return "InvalidScalingGroupId.NotFound";
  if ((group.inputs["multiAzPolicy"] ?? "PRIORITY") !== "PRIORITY")
    return `instance refresh is for groups with the priority policy, not ${String(group.inputs["multiAzPolicy"])}`;
  const launchTemplateId = inputs["desiredConfigurationLaunchTemplateId"];
  const launchTemplateVersion = inputs["desiredConfigurationLaunchTemplateVersion"];
  const latest = Number(of(templateType, launchTemplateId)?.outputs["latestVersionNumber"] ?? 0);
  const number = Number(launchTemplateVersion);
  if (!Number.isInteger(number) || number < 1 || number > latest)
    return `launch template ${String(launchTemplateId)} has no version ${String(launchTemplateVersion)}`;
  const machines = source(launchTemplateId, launchTemplateVersion);
  // What the provider asks again for five minutes, and then gives up.
  if (inputs["skipMatching"] === true && group.machines === machines)
    return "InvalidInstance.NoInstanceNeedBeRefreshed";
  const active = { launchTemplateId: launchTemplateId ?? null, launchTemplateVersion: String(number) };
  return { ...group, machines, inputs: { ...group.inputs, ...active }, outputs: { ...group.outputs, ...active } };
}
