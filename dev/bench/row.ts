import type { Spread } from "./rounds.ts";

/** One line of the table. */
export interface Row {
  readonly name: string;
  /** What of ours is divided by what. */
  readonly ratio: Spread | undefined;
  /** The ratio may be this at most. */
  readonly aim: number;
  /** The figures behind the ratio; or why there is none. */
  readonly note: string;
}

export const isMet = ({ ratio, aim }: Row): boolean => ratio !== undefined && ratio.median <= aim;

/** A row of something that this machine can't measure. */
export const cannotRun = (name: string, aim: number, why: string): Row => ({
  name,
  aim,
  ratio: undefined,
  note: `not run: ${why}`,
});

/** A ratio of two figures that are the same each time. */
export const exact = (ratio: number): Spread => ({ median: ratio, least: ratio, most: ratio });

/** A benchmark gives its rows one after the other. */
export interface Options {
  readonly rounds: number;
  /** Takes longer and measures more. */
  readonly full: boolean;
}

export type Benchmark = (options: Options) => Promise<readonly Row[]>;
