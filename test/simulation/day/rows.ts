import type { Cluster } from "../../../config/types.ts";
import type { Kind } from "./audience.ts";
import { type Outcome, play } from "./play.ts";
import { type ScenarioName, scenarios } from "./scenarios.ts";
import { declared, type Filling, type Settings } from "./settings.ts";
import type { CutCause } from "./tally.ts";
import { vendor } from "./vendor.ts";

/** A scenario over settings, on average over days. */
export interface Row {
  readonly scenario: ScenarioName;
  readonly settings: string;
  readonly cut: Readonly<Record<Kind, Readonly<Record<CutCause, number>>>>;
  readonly refused: Readonly<Record<Kind, number>>;
  readonly nodeHours: number;
}

/** A stack, and the same one with another configuration. */
export type ClusterWith = (changes: readonly string[]) => Simulated;

export interface Simulated {
  readonly cluster: Cluster;
  readonly filling: Filling;
}

export function rowsOf(names: readonly ScenarioName[], clusterWith: ClusterWith, days: number): readonly Row[] {
  return names.flatMap((name) => settingsFor(name, clusterWith).map((settings) => average(name, settings, days)));
}

const bySocket = "ams-cluster (sessions end with their WebSocket)";
const byMedia = "ams-cluster (sessions outlive their WebSocket)";

/** What a person would compare in a scenario. */
function settingsFor(name: ScenarioName, clusterWith: ClusterWith): readonly Settings[] {
  const { cluster } = clusterWith([]);
  const ours = (words: string, changes: readonly string[] = []): Settings => {
    const { cluster, filling } = clusterWith(changes);
    return {
      ...declared(cluster, words === byMedia ? "media-goes-on" : "ends-session", filling),
      name: changes.length === 0 ? words : `ams-cluster with ${words}`,
    };
  };
  const both = [vendor(cluster), ours(bySocket), ours(byMedia)];
  switch (name) {
    case "surge": {
      const period = Object.entries({ name: "show", from: "17:30", to: "19:30", min: 20 });
      const announced = period.map(([key, value]) => `edge.schedule[0].${key}=${value}`);
      return [
        vendor(cluster),
        vendor(cluster, "stack update", { min: 20, max: 20 }),
        ours(bySocket),
        ours("20 edges scheduled from 17:30 to 19:30", ["edge.max=20", ...announced]),
        ours("10 warm edges and surge.addPercent 200", [
          ...["edge.max=20", "edge.warmMachines=10", "edge.surge.addPercent=200"],
        ]),
      ];
    }
    case "upgrade":
      return [vendor(cluster, "update script"), ...both];
    case "spot":
      return [vendor(cluster), ours("edge.spotPercent 50", ["edge.spotPercent=50"])];
    default:
      return both;
  }
}

function average(name: ScenarioName, settings: Settings, days: number): Row {
  const outcomes = Array.from({ length: days }, (_, index) => play(scenarios[name], settings, index + 1));
  const mean = (of: (outcome: Outcome) => number): number =>
    outcomes.reduce((sum, outcome) => sum + of(outcome), 0) / days;
  const causes = (kind: Kind): Readonly<Record<CutCause, number>> => {
    const by = (cause: CutCause): number => mean(({ totals }) => totals[kind].cutBy[cause]);
    return { "scale-in": by("scale-in"), upgrade: by("upgrade"), spot: by("spot"), death: by("death") };
  };
  return {
    scenario: name,
    settings: settings.name,
    cut: { publisher: causes("publisher"), viewer: causes("viewer") },
    refused: {
      publisher: mean(({ totals }) => totals.publisher.refused),
      viewer: mean(({ totals }) => totals.viewer.refused),
    },
    nodeHours: mean(({ nodeHours }) => nodeHours),
  };
}
