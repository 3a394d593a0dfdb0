import type { Cloud } from "../../../config/types.ts";
import { dayBegins, type Kind } from "./audience.ts";
import { type Outcome, play } from "./play.ts";
import { type ScenarioName, scenarios } from "./scenarios.ts";
import { declared, type Settings, type Simulated } from "./settings.ts";
import type { CutCause } from "./tally.ts";
import { vendor } from "./vendor.ts";

/** A scenario over settings, on average over days. */
export interface Row {
  readonly scenario: ScenarioName;
  readonly settings: string;
  readonly cut: Readonly<Record<Kind, Readonly<Record<CutCause, number>>>>;
  readonly refused: Readonly<Record<Kind, number>>;
  readonly nodeHours: number;
  /** Streams that were moved, and how long they were gone on average; undefined if none came back. */
  readonly moved: number;
  readonly gapSeconds: number | undefined;
  /** The most that all edges sent at a time, of the bandwidth that they share; undefined where each has its own limit. */
  readonly shared: { readonly peakMbps: number; readonly ofMbps: number } | undefined;
}

/** A stack, and the same one with another configuration. */
export type ClusterWith = (changes: readonly string[]) => Simulated;

export function rowsOf(names: readonly ScenarioName[], clusterWith: ClusterWith, days: number): readonly Row[] {
  return names.flatMap((name) => settingsFor(name, clusterWith).map((settings) => average(name, settings, days)));
}

export const bySocket = "ams-cluster (sessions end when their WebSocket closes)";
const byMedia = "ams-cluster (sessions outlive their WebSocket)";

/** Edges for the surge if it is announced, and the settings that refuse the fewest for a third more node hours if it is not. */
export const surges: Readonly<Record<Cloud, { readonly edges: number; readonly unannounced: readonly string[] }>> = {
  aws: {
    edges: 20,
    unannounced: ["edge.max=20", "edge.warmMachines=12", "edge.surge.addPercent=200", "edge.loadTargetPercent=75"],
  },
  alibaba: { edges: 45, unannounced: ["edge.max=45", "edge.surge.addPercent=200", "edge.loadTargetPercent=70"] },
};

/** More than the surge and the day's viewers together need at 1.5 Mbps. */
const sharedBandwidth = "alibaba.sharedBandwidthMbps=5000";

/** What a person would compare in a scenario. */
function settingsFor(name: ScenarioName, clusterWith: ClusterWith): readonly Settings[] {
  const { cluster } = clusterWith([]);
  const ours = (words: string, changes: readonly string[] = []): Settings => {
    return {
      ...declared(clusterWith(changes), words === byMedia ? "media-goes-on" : "ends-session"),
      name: changes.length === 0 ? words : `ams-cluster with ${words}`,
    };
  };
  // Its template is for AWS alone.
  const template = (...more: Parameters<typeof vendor> extends [unknown, ...infer Rest] ? Rest : never) =>
    cluster.cloud === "aws" ? [vendor(cluster, ...more)] : [];
  const both = [...template(), ours(bySocket), ours(byMedia)];
  const shared = (...changes: readonly string[]) =>
    cluster.cloud === "alibaba" ? [ours(wordsOf([sharedBandwidth, ...changes]), [sharedBandwidth, ...changes])] : [];
  switch (name) {
    case "surge": {
      const { edges, unannounced } = surges[cluster.cloud];
      const period = Object.entries({ name: "show", date: dayOf(dayBegins), from: "18:00", to: "19:30", min: edges });
      const announced = period.map(([key, value]) => `edge.schedule[0].${key}=${value}`);
      return [
        ...template(),
        ...template("stack update", { min: edges, max: edges }),
        ours(bySocket),
        ours(`an event (${edges} edges from 18:00 to 19:30)`, [`edge.max=${edges}`, ...announced]),
        ours(wordsOf(unannounced), unannounced),
        ...shared(...unannounced),
        ...(cluster.cloud === "alibaba" ? [ours("edge.follow cpu", ["edge.follow=cpu"])] : []),
      ];
    }
    case "day":
      return [...both, ...shared()];
    case "upgrade":
      return [...template("update script"), ...both];
    case "spot":
      return [...template(), ours("edge.spotPercent 50", ["edge.spotPercent=50"])];
    default:
      return both;
  }
}

const wordsOf = (changes: readonly string[]): string =>
  changes.map((change) => change.replace(/^edge\./, "").replace("=", " ")).join(", ");

export const unannouncedName = (changes: readonly string[]): string => `ams-cluster with ${wordsOf(changes)}`;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

function average(name: ScenarioName, settings: Settings, days: number): Row {
  const outcomes = Array.from({ length: days }, (_, index) => play(scenarios[name], settings, index + 1));
  const mean = (of: (outcome: Outcome) => number): number =>
    outcomes.reduce((sum, outcome) => sum + of(outcome), 0) / days;
  const causes = (kind: Kind): Readonly<Record<CutCause, number>> => {
    const by = (cause: CutCause): number => mean(({ totals }) => totals[kind].cutBy[cause]);
    return { "scale-in": by("scale-in"), upgrade: by("upgrade"), spot: by("spot"), death: by("death") };
  };
  const { sharedMbps: ofMbps } = settings;
  const resumed = mean(({ totals }) => totals.publisher.resumed);
  return {
    scenario: name,
    settings: settings.name,
    cut: { publisher: causes("publisher"), viewer: causes("viewer") },
    refused: {
      publisher: mean(({ totals }) => totals.publisher.refused),
      viewer: mean(({ totals }) => totals.viewer.refused),
    },
    nodeHours: mean(({ nodeHours }) => nodeHours),
    shared: ofMbps === undefined ? undefined : { peakMbps: mean(({ peakMbps }) => peakMbps), ofMbps },
    moved: mean(({ totals }) => totals.publisher.moved),
    gapSeconds: resumed === 0 ? undefined : mean(({ totals }) => totals.publisher.gapSeconds) / resumed,
  };
}
