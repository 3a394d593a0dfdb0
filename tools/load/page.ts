import { commandLine } from "../cli/invocation.ts";
import type { Paint } from "../cli/terminal.ts";
import { percentile } from "../live/sums.ts";
import type { Loaded } from "./run.ts";

interface Measured {
  readonly startMilliseconds: number | undefined;
  readonly failure: string | undefined;
}

export interface Summary {
  readonly count: number;
  readonly failed: number;
  readonly medianSeconds: number | undefined;
  readonly p95Seconds: number | undefined;
  /** Reasons, with how often each came. */
  readonly failures: Readonly<Record<string, number>>;
}

const inSeconds = (milliseconds: number | undefined): number | undefined =>
  milliseconds === undefined ? undefined : Math.round(milliseconds / 10) / 100;

export function summaryOf(measured: readonly Measured[]): Summary {
  const starts = measured.flatMap(({ startMilliseconds: start }) => (start === undefined ? [] : [start]));
  const failures: Record<string, number> = {};
  for (const { failure } of measured) {
    if (failure !== undefined) failures[failure] = (failures[failure] ?? 0) + 1;
  }
  return {
    count: measured.length,
    failed: Object.values(failures).reduce((all, one) => all + one, 0),
    medianSeconds: inSeconds(percentile(starts, 0.5)),
    p95Seconds: inSeconds(percentile(starts, 0.95)),
    failures,
  };
}

export const failuresOf = ({ published, viewed }: Loaded): number =>
  summaryOf(published).failed + summaryOf(viewed).failed + viewed.filter(({ stalls }) => stalls > 0).length;

const seconds = (value: number | undefined): string => (value === undefined ? "-" : `${value} s`);

function line(what: string, measured: readonly Measured[], paint: Paint): readonly string[] {
  if (measured.length === 0) return [];
  const { count, failed, medianSeconds, p95Seconds, failures } = summaryOf(measured);
  const lost = failed === 0 ? "none failed" : paint("red", `${failed} failed`);
  return [
    `  ${what.padEnd(18)} ${count}, ${lost}; startup median ${seconds(medianSeconds)}, p95 ${seconds(p95Seconds)}`,
    ...Object.entries(failures).map(([reason, times]) => paint("dim", `    ${times} x ${reason}`)),
  ];
}

export function loadPage(loaded: Loaded, paint: Paint): string {
  const { address, published, viewed, streamsPerNode, isStopped } = loaded;
  const hls = viewed.filter(({ kind }) => kind === "hls");
  const stalls = hls.reduce((all, one) => all + one.stalls, 0);
  const megabytes = hls.reduce((all, one) => all + one.bytes, 0) / 1e6;
  const nodes = Object.entries(streamsPerNode ?? {}).map(([node, count]) => `${node} ${count}`);
  return `${[
    paint("bold", address) + (isStopped ? " (stopped early)" : ""),
    ...line("publishers", published, paint),
    ...line("HLS viewers", hls, paint),
    ...(hls.length > 0 ? [`  ${"".padEnd(18)} ${megabytes.toFixed(1)} MB, ${stalls} stalls`] : []),
    ...line(
      "WebSocket viewers",
      viewed.filter(({ kind }) => kind === "websocket"),
      paint,
    ),
    `  streams by node    ${streamsPerNode === undefined ? "unknown without a login (--secret)" : nodes.join(", ") || "none"}`,
    `  AMS does not report which edge serves a viewer; ${commandLine("status")} shows the nodes' CPU.`,
  ].join("\n")}\n`;
}
