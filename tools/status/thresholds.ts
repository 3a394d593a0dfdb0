import type { Cluster } from "../../config/types.ts";
import { groupsOf } from "../../model/cluster.ts";
import type { Alarm, AlarmSource } from "../../model/operation/alarm.ts";
import { alarmsOf } from "../../model/operation/alarms.ts";
import { metrics } from "../../model/operation/metrics.ts";
import type { Style } from "../cli/terminal.ts";

/** What a machine's figure is compared with: the metric that it publishes. */
export type Figure = string;

/** A figure that is where an alarm begins, if it stays there for the alarm's minutes. */
export interface Beyond {
  readonly alarm: string;
  readonly figure: Figure;
  readonly value: number;
  readonly text: string;
}

/** Of the alarm's threshold from which a figure is close to it. */
const closeShare = 0.9;

/** A group's average says nothing of one machine, which may be far above it. */
const isOfMachines = (name: string): boolean =>
  metrics.some((metric) => metric.name === name && metric.aggregation !== "average");

const figureOf = (source: AlarmSource, role: string): Figure | undefined =>
  source.kind === "metric" && source.publisher === role && isOfMachines(source.metric) ? source.metric : undefined;

const isBeyond = ({ comparison, threshold }: Alarm, value: number): boolean =>
  comparison === "above" ? value > threshold : value < threshold;

/** Counts, whose threshold is 0, are never close. */
const isClose = ({ comparison, threshold }: Alarm, value: number): boolean =>
  comparison === "above" && threshold > 0 && value > closeShare * threshold;

/** At which a machine carries no more (model/groups/load.ts). */
const fullPercent = 100;

/** Thresholds of the alarms, for machines' figures; of the load those of its group. */
export class Thresholds {
  readonly #cluster: Cluster | undefined;
  readonly #alarms: readonly Alarm[];

  /** Without a stack's file there are none. */
  constructor(cluster: Cluster | undefined) {
    this.#cluster = cluster;
    this.#alarms = cluster === undefined ? [] : alarmsOf(cluster);
  }

  /** Yellow from where a surge adds machines, if the group follows the load. */
  load(role: string | undefined, percent: number): Style | undefined {
    const group = this.#cluster && groupsOf(this.#cluster).find((one) => one.role === role)?.group;
    if (group === undefined) return undefined;
    if (percent >= fullPercent) return "red";
    return percent > group.surge.aboveLoadPercent ? "yellow" : "green";
  }

  #of(role: string, figure: Figure): readonly Alarm[] {
    return this.#alarms.filter(({ source }) => figureOf(source, role) === figure);
  }

  /** Green is a figure that an alarm watches and has no cause to. */
  style(role: string | undefined, figure: Figure, value: number | undefined): Style | undefined {
    const alarms = role === undefined || value === undefined ? [] : this.#of(role, figure);
    if (value === undefined || alarms.length === 0) return undefined;
    if (alarms.some((alarm) => isBeyond(alarm, value))) return "red";
    return alarms.some((alarm) => isClose(alarm, value)) ? "yellow" : "green";
  }

  beyond(role: string | undefined, figures: Readonly<Record<Figure, number>>): readonly Beyond[] {
    if (role === undefined) return [];
    return Object.entries(figures).flatMap(([figure, value]) =>
      this.#of(role, figure)
        .filter((alarm) => isBeyond(alarm, value))
        .map(({ name, comparison, threshold, minutes, remedy }) => ({
          ...{ alarm: name, figure, value },
          text: `${figure} is ${value}; alarm ${name} is raised after ${minutes} min ${comparison} ${threshold}. ${remedy}`,
        })),
    );
  }
}
