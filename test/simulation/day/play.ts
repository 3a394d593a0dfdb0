import type { Role } from "../../../model/cluster.ts";
import { Agenda } from "./agenda.ts";
import { audience, daySeconds, type Kind } from "./audience.ts";
import { Door } from "./door.ts";
import { every } from "./every.ts";
import { controlSeconds, type Extent, Group } from "./group.ts";
import { strike } from "./mishaps.ts";
import type { Scenario } from "./scenarios.ts";
import type { Settings } from "./settings.ts";
import { Tally, type Totals } from "./tally.ts";
import { watch } from "./watch.ts";

export interface Outcome {
  readonly settings: string;
  readonly totals: Readonly<Record<Kind, Totals>>;
  readonly nodeHours: number;
  /** The most that all edges sent at a time. */
  readonly peakMbps: number;
  readonly extent: Readonly<Record<Role, Extent>>;
  /** Times that scaling asked for fewer machines. */
  readonly scaleIns: Readonly<Record<Role, number>>;
  /** Hours in which groups counted on nodes that were dead. */
  readonly deadHours: number;
  /** Share of the wanted machines that served at the least while an upgrade let machines go; 1 without one. */
  readonly leastServing: Readonly<Record<Role, number>>;
  /** Members that an upgrade has left behind at the end of the day. */
  readonly oldMachines: number;
}

/** Plays a scenario's day over settings. The same seed gives the same people, whatever the settings, and the same outcome. */
export function play(scenario: Scenario, settings: Settings, seed: number): Outcome {
  const agenda = new Agenda();
  const tally = new Tally();
  const lostZones = new Set<string>();
  const door = new Door(agenda, tally, settings);
  const group = (role: Role): Group => new Group(role, settings, lostZones, door);
  const groups = { origin: group("origin"), edge: group("edge") };
  door.opensTo(groups);
  for (const each of Object.values(groups)) {
    each.begin();
    watch(each, agenda);
    every(agenda, controlSeconds, () => each.control(agenda.now));
  }
  for (const mishap of scenario.mishaps) {
    agenda.at(mishap.at, () => strike(mishap, { agenda, groups, door, lostZones, settings }));
  }
  agenda.each(
    audience(scenario.programme, seed),
    ({ arrivesAt }) => arrivesAt,
    (visitor) => door.arrive(visitor),
  );
  agenda.runUntil(daySeconds);
  return {
    settings: settings.name,
    totals: tally.totals,
    peakMbps: tally.peakMbps,
    nodeHours: Object.values(groups).reduce((sum, each) => sum + each.machineSeconds(daySeconds), 0) / 3600,
    extent: { origin: groups.origin.extent, edge: groups.edge.extent },
    deadHours: Object.values(groups).reduce((sum, each) => sum + each.deadSeconds(daySeconds), 0) / 3600,
    leastServing: { origin: groups.origin.leastServing, edge: groups.edge.leastServing },
    oldMachines: Object.values(groups).reduce((count, each) => count + each.old.length, 0),
    scaleIns: { origin: groups.origin.scaling.scaleIns, edge: groups.edge.scaling.scaleIns },
  };
}
