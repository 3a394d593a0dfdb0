import { commandLine } from "../cli/invocation.ts";
import { isEstimated, lacksBig, type MonthlyCost } from "./monthly.ts";
import { countText, dollars, thingOf } from "./text.ts";
import type { Amounts, CostRow } from "./usage.ts";

type Change = readonly [before: CostRow | undefined, after: CostRow | undefined];

/**
 * What a change costs a month. While the price of a big part that changes is unknown there is no sum but counts; a part
 * without a price that stays as it is has no share in the difference.
 */
export function costDelta(before: MonthlyCost, after: MonthlyCost): string {
  const changes = changesOf(before.rows, after.rows);
  const unpriced = changes.filter((change) => present(change).some(lacksBig("price")));
  if (unpriced.length > 0) {
    return `cost unknown, because these prices are unknown: ${unpriced.map(countsText).join("; ")}. For details: ${commandLine("cost", after.stack)}`;
  }
  const sum = (size: keyof Amounts, of = changes) =>
    of.reduce((total, [old, own]) => total + (own?.cost?.[size] ?? 0) - (old?.cost?.[size] ?? 0), 0);
  const estimated = changes.filter((change) => present(change).some(isEstimated));
  const all = changes.reduce((total, change) => total + Math.abs(sum("expected", [change])), 0);
  const share = estimated.reduce((total, change) => total + Math.abs(sum("expected", [change])), 0);
  const about = share === 0 ? "" : "about ";
  const note = share === 0 ? "" : `; ${Math.max(1, Math.round((share / all) * 100))} % estimated`;
  const text = `${about}${signed(sum("expected"))} ${after.currency} per month expected (${signed(sum("minimum"))} minimum, ${signed(sum("maximum"))} maximum${note})`;
  const lacking = changes.filter((change) => present(change).some(({ cost }) => cost === undefined));
  const unknown = [...new Set(lacking.flatMap((change) => present(change).map(({ what }) => what)))];
  return [
    text,
    ...licenceText(before, after),
    ...(unknown.length === 0 ? [] : [`plus unknown costs: ${unknown.join("; ")}`]),
  ].join(", ");
}

const present = (change: Change): readonly CostRow[] => change.flatMap((row) => (row === undefined ? [] : [row]));

const signed = (amount: number): string => `${amount < 0 ? "-" : "+"}${dollars(Math.abs(amount))}`;

/** Rows that aren't the same on both sides, by what they are of. */
function changesOf(before: readonly CostRow[], after: readonly CostRow[]): readonly Change[] {
  const keyOf = ({ what, item }: CostRow): string => JSON.stringify([what, item]);
  const [old, own] = [before, after].map((rows) => new Map(rows.map((row) => [keyOf(row), row])));
  const keys = [...new Set([...before, ...after].map(keyOf))];
  return keys
    .map((key): Change => [old?.get(key), own?.get(key)])
    .filter(([one, other]) => sameText(one) !== sameText(other));
}

const sameText = (row: CostRow | undefined): string => JSON.stringify([row?.amounts, row?.price?.usd, row?.cost]);

/** `2 to 10 -> 4 to 20 x c5.2xlarge`. */
function countsText([before, after]: Change): string {
  const row = after ?? before;
  const [old, own] = [before, after].map((side) => (side === undefined ? "0" : countText(side.amounts) || "some"));
  return `${old} -> ${own} x ${row === undefined ? "" : thingOf(row)}`;
}

/** The licences beside the sum: their own line where the stack says a price, else their count. */
function licenceText(before: MonthlyCost, after: MonthlyCost): readonly string[] {
  const changes = changesOf(before.licences, after.licences);
  if (changes.length === 0) return [];
  const isPriced = changes.every((change) => present(change).every(({ cost }) => cost !== undefined));
  if (!isPriced) return [`excluding licences (${changes.map(countsText).join("; ")})`];
  const sum = changes.reduce((total, [old, own]) => total + (own?.cost?.expected ?? 0) - (old?.cost?.expected ?? 0), 0);
  return [`licences ${signed(sum)}`];
}
