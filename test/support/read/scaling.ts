import type { Cluster, NodeGroup } from "../../../config/types.ts";
import type { Role } from "../../../model/cluster.ts";
import { elasticityOf } from "../../../model/groups/node-group.ts";
import { beginOf, endOf, type Moment, offsetsOf } from "../../../model/groups/schedule.ts";

/** How a group changes, said without a cloud's words. */
export interface ObservedScaling {
  readonly surge: NodeGroup["surge"];
  readonly periods: readonly ObservedPeriod[];
  readonly hooks: readonly ObservedHook[];
  /** Of those that run, while a new template rolls through the group. */
  readonly minInServicePercent: number;
  /** Share of spot machines above `min`. */
  readonly spotPercent: number;
  /** Types that the group may take. */
  readonly types: number;
  readonly warmMachines: number;
}

export interface ObservedPeriod {
  readonly name: string;
  readonly min: number;
  /** In UTC. */
  readonly begin: Moment;
  readonly end: Moment;
  /** What holds after its end. */
  readonly minAfter: number;
}

export interface ObservedHook {
  readonly name: string;
  readonly at: "launch" | "termination";
  readonly heartbeatSeconds: number;
  /** What becomes of a machine that says nothing. */
  readonly silence: "goes on" | "is given up";
}

/** What the model says; the numbers of the hooks are the design's. */
export function observeScaling(cluster: Cluster, role: Role, group: NodeGroup): ObservedScaling {
  const { spotPercent, moreMachines, warmMachines } = elasticityOf(cluster, role);
  return sortedScaling({
    surge: group.surge,
    periods: group.schedule.map((period) => {
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
  });
}

export const sortedScaling = (scaling: ObservedScaling): ObservedScaling => ({
  ...scaling,
  periods: [...scaling.periods].sort((a, b) => (a.name < b.name ? -1 : 1)),
  hooks: [...scaling.hooks].sort((a, b) => (a.name < b.name ? -1 : 1)),
});

/** A period's name in the logical name of the action that begins it: `evening` of ams-test-edge-evening-begin. */
export const periodName = (group: string, action: string): string =>
  action.slice(group.length + 1).replace(/-(begin|end)$/, "");
