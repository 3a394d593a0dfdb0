import type { MonthlyCost } from "./monthly.ts";
import { type CostLine, costLine } from "./text.ts";
import type { Amounts, CostRow } from "./usage.ts";

export interface FoldedLine extends CostLine {
  /** Percent of the expected sum; undefined for what isn't in it. */
  readonly share: number | undefined;
}

/** One row for alike rows, such as fifteen alarms; the largest first, what has no cost last. */
export function foldedLines({ rows, sum }: Pick<MonthlyCost, "rows" | "sum">): readonly FoldedLine[] {
  const parts = new Map<string, CostRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([isGroup(row) ? row.what : labelOf(row), row.item, row.basis]);
    parts.set(key, [...(parts.get(key) ?? []), row]);
  }
  const whole = sum?.expected ?? 0;
  return [...parts.values()]
    .map((part) => fold(part, whole))
    .sort((a, b) => (b.share ?? -1) - (a.share ?? -1) || a.what.localeCompare(b.what));
}

/** Machines are told by group. */
const isGroup = ({ item }: CostRow): boolean => item.startsWith("machine/");

const labelOf = ({ what }: CostRow): string => what.slice(what.indexOf(": ") + (what.includes(": ") ? 2 : 0));

function fold(part: readonly CostRow[], whole: number): FoldedLine {
  const [first] = part;
  if (first === undefined) throw new Error("a part without rows");
  if (part.length === 1) return { ...costLine(first), share: shareOf(first.cost, whole) };
  const cost = added(part);
  const what = `${part.length} x ${labelOf(first)}`;
  return { ...costLine({ ...first, what, cost }), what, share: shareOf(cost, whole) };
}

const shareOf = (cost: Amounts | undefined, whole: number): number | undefined =>
  cost === undefined ? undefined : whole === 0 ? 0 : (cost.expected / whole) * 100;

function added(part: readonly CostRow[]): Amounts | undefined {
  const add = (size: keyof Amounts): number => part.reduce((sum, { cost }) => sum + (cost?.[size] ?? 0), 0);
  if (part.some(({ cost }) => cost === undefined)) return undefined;
  return { minimum: add("minimum"), expected: add("expected"), maximum: add("maximum") };
}

/** Ten signs wide, so that the largest part is seen at once. */
export const shareBar = (share: number | undefined): string =>
  share === undefined
    ? ""
    : `${"█".repeat(Math.round(share / 10))}${share >= 0.5 ? ` ${Math.round(share)} %` : ""}`.trim();
