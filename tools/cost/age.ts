import { commandLine } from "../cli/invocation.ts";
import type { CostRow } from "./usage.ts";

/** Days after which a price has to be looked up again. */
const mostDays = 180;

const day = 24 * 3600 * 1000;

/** A year's or a month's price may be of its last day. */
function lastDay(date: string): number {
  const [year = 0, month = 12, of] = date.split("-").map(Number);
  return of === undefined ? Date.UTC(year, month, 0) : Date.UTC(year, month - 1, of);
}

export const isStale = (date: string, today: Date): boolean => today.getTime() - lastDay(date) > mostDays * day;

/** Says on each use that prices are old; nothing while all are fresh. */
export function staleText(rows: readonly CostRow[], stack: string, today: Date): readonly string[] {
  const used = new Map(rows.flatMap(({ price }) => (price === undefined ? [] : [[price.item, price.date] as const])));
  const old = [...used].filter(([, date]) => isStale(date, today)).sort(([, a], [, b]) => (a < b ? -1 : 1));
  const [oldest] = old;
  if (oldest === undefined) return [];
  const [item, date] = oldest;
  return [
    `${old.length} of ${used.size} prices are older than ${mostDays} days; the oldest is for ${item}, from ${date}. To update them: ${commandLine("cost", `${stack} --update`)}`,
  ];
}
