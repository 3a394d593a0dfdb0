import type { NodeStatus } from "./node.ts";

/** Newest last, of each node. */
export type Trend = ReadonlyMap<string, readonly number[]>;

const most = 12;

/** The load; of a machine that publishes none, its CPU. */
const figureOf = ({ report, cpuPercent }: NodeStatus): number | undefined =>
  report?.figures["LoadPercent"] ?? (cpuPercent === undefined ? undefined : Number(cpuPercent));

/** A node that is no longer listed leaves no trend to one that gets its address. */
export function remembered(before: Trend, nodes: readonly NodeStatus[]): Trend {
  return new Map(
    nodes.map((node) => {
      const value = figureOf(node);
      const known = before.get(node.ip) ?? [];
      return [node.ip, value === undefined || Number.isNaN(value) ? known : [...known, value].slice(-most)];
    }),
  );
}

const bars = "▁▂▃▄▅▆▇█";

/** From 0 to 100 per cent and beyond, whatever the others have. */
export const drawn = (values: readonly number[]): string =>
  values.map((value) => bars[Math.max(0, Math.min(bars.length - 1, Math.floor((value / 100) * bars.length)))]).join("");
