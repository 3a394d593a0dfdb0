/** A figure of several rounds. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export function spreadOf(figures: readonly number[]): Spread {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [lower, upper, least, most] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)], sorted[0], sorted.at(-1)];
  if (lower === undefined || upper === undefined || least === undefined || most === undefined)
    throw new Error("at least one round is required");
  return { median: (lower + upper) / 2, least, most };
}

/** Each round's ratio of its own two figures, so that what else the machine does weighs on both. */
export function ratiosOf(ours: readonly number[], against: readonly number[]): Spread {
  return spreadOf(ours.map((figure, round) => figure / (against[round] ?? Number.NaN)));
}

/** Runs the cases one after the other, and all of them again in each round. */
export async function alternate<Name extends string, Result>(
  rounds: number,
  cases: Readonly<Record<Name, () => Promise<Result>>>,
): Promise<ReadonlyMap<string, readonly Result[]>> {
  const results = new Map<string, Result[]>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries<() => Promise<Result>>(cases))
      results.set(name, [...(results.get(name) ?? []), await run()]);
  }
  return results;
}
