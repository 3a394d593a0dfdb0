import assert from "node:assert/strict";
import type { Cluster, NodeGroup } from "../../../config/types.ts";
import type { Role } from "../../../model/cluster.ts";
import { weeklyOf } from "../../../model/groups/minimum.ts";
import { elasticityOf } from "../../../model/groups/node-group.ts";
import { beginOf, endOf, type Moment, offsetsOf } from "../../../model/groups/schedule.ts";
import type { Followed, LifecycleHook, MachineGroup, ScalingPolicy } from "../../../recording/read/forms.ts";
import { keyOf, linkOf } from "../../../recording/read/links.ts";
import { listAt, type Resource } from "../../../recording/read/plain.ts";
import { hooksOf, policiesOf, rollsOf, schedulesOf } from "../../../recording/read/scaling.ts";
import { only } from "./only.ts";

/** How a group changes, said without a cloud's words. */
export interface ObservedScaling {
  readonly surge: { readonly abovePercent: number | undefined; readonly addPercent: number | undefined };
  readonly periods: readonly ObservedPeriod[];
  readonly hooks: readonly LifecycleHook[];
  /** Of those that run, while a new template rolls through the group. */
  readonly minInServicePercent: number | undefined;
  /** Share of spot machines above `min`. */
  readonly spotPercent: number;
  /** Types that the group may take. */
  readonly types: number;
  readonly warmMachines: number;
  readonly predictive: NodeGroup["predictive"];
}

/** What a group is held at. */
export interface ObservedTargetFigure {
  readonly follows: "cpu" | "load";
  readonly percent: number | undefined;
}

export interface ObservedPeriod {
  readonly name: string;
  readonly min: number | undefined;
  /** In UTC. */
  readonly begin: Moment | string;
  readonly end: Moment | string;
  /** What holds after its end. */
  readonly minAfter: number | undefined;
}

/** What the model says; the numbers of the hooks are the design's. */
export function observeScaling(cluster: Cluster, role: Role, group: NodeGroup): ObservedScaling {
  const { spotPercent, moreMachines, warmMachines } = elasticityOf(cluster, role);
  return sortedScaling({
    surge: {
      abovePercent: group.follow === "cpu" ? group.surge.abovePercent : group.surge.aboveLoadPercent,
      addPercent: group.surge.addPercent,
    },
    periods: weeklyOf(group.schedule).map((period) => {
      const [offset = 0] = offsetsOf(period.timeZone);
      return {
        name: period.name,
        min: period.min,
        begin: beginOf(period, offset),
        end: endOf(period, offset),
        minAfter: group.min,
      };
    }),
    hooks: [
      {
        name: "launch",
        at: "launch",
        heartbeatSeconds: Math.max(900, 60 * cluster.media.startMinutes),
        silence: "is given up",
      },
      { name: "drain", at: "termination", heartbeatSeconds: 1800, silence: "goes on" },
    ],
    minInServicePercent: group.minInServicePercent,
    spotPercent,
    types: 1 + moreMachines.length,
    warmMachines,
    predictive: group.predictive,
  });
}

export const sortedScaling = (scaling: ObservedScaling): ObservedScaling => ({
  ...scaling,
  periods: [...scaling.periods].sort((a, b) => (a.name < b.name ? -1 : 1)),
  hooks: [...scaling.hooks].sort((a, b) => ((a.name ?? "") < (b.name ?? "") ? -1 : 1)),
});

/** What the resources say. */
export function readScaling(all: readonly Resource[], group: MachineGroup): ObservedScaling {
  const { on, mix, min, warmMachines } = group;
  if (mix !== undefined && mix.onDemand !== min) throw new Error(`${on.name} has spot machines below its minimum`);
  return sortedScaling({
    surge: readSurge(all, group),
    periods: readPeriods(all, group),
    hooks: hooksOf(all, group),
    minInServicePercent: readMinInService(all, group),
    spotPercent: mix?.spotPercent ?? 0,
    types: mix?.types ?? 1,
    warmMachines,
    predictive: policiesOf(all, group).flatMap(({ predicts }) => predicts ?? [])[0] ?? "off",
  });
}

/** A group's policies by the end of their names: a surge, and what holds the group at its target. */
function policyOf(all: readonly Resource[], group: MachineGroup, key: string): ScalingPolicy {
  const policies = policiesOf(all, group).filter(({ predicts }) => predicts === undefined);
  const known = ["surge", "cpu", "load", "grow", "shrink"].map((end) => `${group.on.name}-${end}`);
  for (const { on } of policies) if (!known.includes(on.name)) throw new Error(`${on.name} is an odd policy`);
  return only(
    policies.filter(({ on }) => on.name === `${group.on.name}-${key}`),
    `${key} policy of ${group.on.name}`,
  );
}

/** What a figure is, once it is known to be the group's own. */
function ownFigure(group: MachineGroup, follows: Followed): "cpu" | "load" {
  if ("group" in follows) {
    if (linkOf(follows.group) !== keyOf(group.on)) throw new Error(`${group.on.name} follows another group`);
    return "cpu";
  }
  const name = group.on.name;
  const own = { Cluster: name.slice(0, name.lastIndexOf("-")), Role: name.slice(name.lastIndexOf("-") + 1) };
  assert.deepEqual([follows.figure, follows.dimensions], ["LoadPercent", own]);
  return "load";
}

/** One policy tracks the figure, or one grows and another shrinks the group. */
export function figureOf(all: readonly Resource[], group: MachineGroup): ObservedTargetFigure {
  const tracking = policiesOf(all, group).find(({ kind }) => kind === "target");
  if (tracking !== undefined) return { follows: ownFigure(group, tracking.follows), percent: tracking.targetPercent };
  const [grow, shrink] = ["grow", "shrink"].map((key) => {
    const { on, alarms, changePercent = 0 } = policyOf(all, group, key);
    const alarm = only(alarms, `alarm of ${on.name}`);
    const isRight = (alarm.comparison === "above") === (key === "grow") && changePercent > 0 === (key === "grow");
    if (!isRight) throw new Error(`${on.name} goes the wrong way`);
    return { follows: ownFigure(group, alarm.follows), percent: alarm.percent };
  });
  if (grow?.percent === undefined || shrink?.percent === undefined || shrink.percent >= grow.percent)
    throw new Error(`${group.on.name} shrinks above its target`);
  return { follows: grow.follows, percent: grow.percent };
}

function readSurge(all: readonly Resource[], group: MachineGroup): ObservedScaling["surge"] {
  const { on, changePercent: addPercent, alarms } = policyOf(all, group, "surge");
  const alarm = only(alarms, `alarm of ${on.name}`);
  if (alarm.comparison !== "above" || ownFigure(group, alarm.follows) !== figureOf(all, group).follows)
    throw new Error(`the alarm of ${on.name} looks at another figure`);
  return { abovePercent: alarm.percent, addPercent };
}

/**
 * What a refresh keeps, if there is one. Else, on Alibaba Cloud, new machines come from the group's own template, and the
 * oldest template's leave first: never fewer than there were.
 */
function readMinInService(all: readonly Resource[], group: MachineGroup): number | undefined {
  const rolls = rollsOf(all, group);
  if (rolls.length > 0) return only(rolls, `roll of ${group.on.name}`).leastPercent;
  const [first] = listAt(group.on.props, "removalPolicies[]");
  if (first !== "OldestScalingConfiguration" || group.version === undefined)
    throw new Error(`${group.on.name} keeps its oldest machines`);
  return 100;
}

function readPeriods(all: readonly Resource[], group: MachineGroup): readonly ObservedPeriod[] {
  const actions = schedulesOf(all, group);
  for (const { on, isMinAlone } of actions) if (!isMinAlone) throw new Error(`${on.name} moves more than the minimum`);
  return actions
    .filter(({ on }) => on.name.endsWith("-begin"))
    .map((begin) => {
      const end = actions.find(({ on }) => on.name === begin.on.name.replace(/begin$/, "end"));
      if (end === undefined) throw new Error(`${begin.on.name} never ends`);
      const name = periodName(group.on.name, begin.on.name);
      return { name, min: begin.min, begin: begin.at, end: end.at, minAfter: end.min };
    });
}

/** A period's name in the logical name of the action that begins it: `evening` of ams-test-edge-evening-begin. */
const periodName = (group: string, action: string): string =>
  action.slice(group.length + 1).replace(/-(begin|end)$/, "");
