import type { Kind } from "./audience.ts";
import type { Row } from "./rows.ts";
import { scenarios } from "./scenarios.ts";

const headings = [
  "scenario",
  "settings",
  "streams interrupted",
  "streams moved (gap)",
  "viewers interrupted",
  "streams rejected",
  "viewers rejected",
  "node hours",
] as const;

const sharedHeading = "peak total Mbps";

/** Texts of a table, its heading first. */
export function table(rows: readonly Row[]): readonly (readonly string[])[] {
  const hasShared = rows.some(({ shared }) => shared !== undefined);
  const lines = rows.map((row, index) => [
    row.scenario === rows[index - 1]?.scenario ? "" : scenarios[row.scenario].name,
    row.settings,
    cutText(row, "publisher"),
    movedText(row),
    cutText(row, "viewer"),
    count(row.refused.publisher),
    count(row.refused.viewer),
    count(row.nodeHours),
    ...(hasShared ? [sharedText(row)] : []),
  ]);
  return [[...headings, ...(hasShared ? [sharedHeading] : [])], ...lines];
}

/** All, and of them those that a mishap cut and not a scale-in, where there are both. */
function cutText(row: Row, kind: Kind): string {
  const { "scale-in": scaleIn, ...mishaps } = row.cut[kind];
  const other = Object.values(mishaps).reduce((sum, value) => sum + value, 0);
  return hasMishap(row) ? `${count(other)} + ${count(scaleIn)}` : count(scaleIn);
}

/** A scenario's few moves in several days may be less than one in each. */
const movedText = ({ moved, gapSeconds }: Row): string =>
  gapSeconds === undefined || Math.round(moved) === 0 ? count(moved) : `${count(moved)} (${count(gapSeconds)} s)`;

const sharedText = ({ shared }: Row): string =>
  shared === undefined ? "" : `${count(shared.peakMbps)} of ${count(shared.ofMbps)}`;

const hasMishap = ({ scenario }: Row): boolean => scenarios[scenario].mishaps.length > 0;

const count = (value: number): string => Math.round(value).toLocaleString("en-US");

export function markdown(rows: readonly (readonly string[])[]): string {
  const [heading = [], ...lines] = rows.map((cells) => `| ${cells.join(" | ")} |`);
  const rule = `| ${(rows[0] ?? []).map((_, column) => (column < 2 ? "---" : "--:")).join(" | ")} |`;
  return [heading, rule, ...lines].join("\n");
}
