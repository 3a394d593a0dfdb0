/** A value of each factor, by the factors' names; or of some of them. */
export type Row = Readonly<Record<string, string>>;

/** What is said of a row: the faults for which it is refused, or the factors that make no difference to it. */
export interface Asked {
  readonly faults: readonly string[];
  readonly idle: readonly string[];
}

export interface Question {
  /** Values by factor; the first ones together are a row that is taken. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly ask: (row: Row) => Asked;
}

/** Each value of each factor, alone. */
export const cellsOf = ({ values }: Question): readonly Row[] =>
  Object.entries(values).flatMap(([name, each]) => each.map((value) => ({ [name]: value })));

/** Each two values of two factors. */
export function pairsOf(question: Question): readonly Row[] {
  const cells = cellsOf(question);
  const pairs = cells.flatMap((cell, index) => cells.slice(index + 1).map((other) => ({ ...cell, ...other })));
  return pairs.filter((pair) => Object.keys(pair).length === 2);
}

export const holds = (row: Row, part: Row): boolean =>
  Object.entries(part).every(([name, value]) => row[name] === value);

/** Whether a row shows what values do together: it has them, and none of them idles. */
export const shows = (row: Row, idle: readonly string[], part: Row): boolean =>
  holds(row, part) && !Object.keys(part).some((name) => idle.includes(name));

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function anyRow({ values }: Question, random: () => number): Row {
  const cells = Object.entries(values).map(([name, each]) => [name, each[Math.floor(random() * each.length)] ?? ""]);
  return Object.fromEntries(cells);
}
