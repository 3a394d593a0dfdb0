import type { CostRow, MonthlyCost } from "./monthly.ts";
import type { Amounts } from "./usage.ts";

/** Dollars as people write them: 1,234.50. */
export const dollars = (amount: number): string =>
  amount.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export interface CostLine {
  readonly what: string;
  readonly basis: string;
  readonly sizes: readonly [string, string, string];
}

/** A row in words: its price with unit and date, and its cost at the three sizes. */
export function costLine({ what, item, per, amounts, price, cost }: CostRow): CostLine {
  const basis =
    price === undefined
      ? `no price for ${item}`
      : `${price.usd} per ${per} (${price.date})${amounts === undefined ? ", by use" : ""}`;
  return { what, basis, sizes: cost === undefined ? ["unknown", "unknown", "unknown"] : inDollars(cost) };
}

const inDollars = ({ minimum, expected, maximum }: Amounts): readonly [string, string, string] => [
  dollars(minimum),
  dollars(expected),
  dollars(maximum),
];

/** The sums: they never look complete while a row is unknown. */
export function totalLine(cost: MonthlyCost): CostLine {
  const { unknown, dates } = cost;
  const rest = unknown === 0 ? "" : `, plus ${unknown} unknown`;
  const basis = dates === undefined ? "no price known" : `prices of ${dates.oldest} to ${dates.newest}`;
  return { what: `Known sum${rest}`, basis, sizes: inDollars(cost) };
}

/** What a change costs a month, with what stays unknown said. */
export function costDelta(before: MonthlyCost, after: MonthlyCost): string {
  const delta = (size: keyof Amounts): string => {
    const amount = after[size] - before[size];
    return `${amount < 0 ? "-" : "+"}${dollars(Math.abs(amount))}`;
  };
  const text = `${delta("expected")} ${after.currency} a month expected (${delta("minimum")} at least, ${delta("maximum")} at most)`;
  const changed = unknownChanges(before, after);
  return changed.length === 0 ? text : `${text}, plus unknown: ${changed.join("; ")}`;
}

/** Rows without a cost that one side has otherwise or not at all. */
function unknownChanges(before: MonthlyCost, after: MonthlyCost): readonly string[] {
  const keyOf = ({ what, item, amounts }: CostRow): string => JSON.stringify([what, item, amounts]);
  const unknownOf = ({ rows }: MonthlyCost): readonly CostRow[] => rows.filter(({ cost }) => cost === undefined);
  const [old, own] = [unknownOf(before), unknownOf(after)];
  const differs = (row: CostRow, others: readonly CostRow[]): boolean =>
    !others.some((other) => keyOf(other) === keyOf(row));
  const changed = [...own.filter((row) => differs(row, old)), ...old.filter((row) => differs(row, own))];
  return [...new Set(changed.map(({ what }) => what))];
}
