import * as alibaba from "../alibaba/scaling.ts";
import * as aws from "../aws/scaling.ts";
import type { Alarm, LifecycleHook, MachineGroup, Roll, ScalingPolicy, ScheduledSize } from "./forms.ts";
import type { Resource } from "./plain.ts";

/** What a stack says of a group's scaling, on either cloud. */

export const policiesOf = (all: readonly Resource[], { on }: MachineGroup): readonly ScalingPolicy[] => [
  ...aws.policiesOf(all, on),
  ...alibaba.policiesOf(all, on),
];

export const schedulesOf = (all: readonly Resource[], { on }: MachineGroup): readonly ScheduledSize[] => [
  ...aws.schedulesOf(all, on),
  ...alibaba.schedulesOf(all, on),
];

export const hooksOf = (all: readonly Resource[], { on }: MachineGroup): readonly LifecycleHook[] => [
  ...aws.hooksOf(all, on),
  ...alibaba.hooksOf(all, on),
];

export const rollsOf = (all: readonly Resource[], group: MachineGroup): readonly Roll[] => [
  ...aws.rollsOf(all, group),
  ...alibaba.rollsOf(all, group),
];

export const alarmsOf = (all: readonly Resource[]): readonly Alarm[] => [...aws.alarms(all), ...alibaba.alarms(all)];
