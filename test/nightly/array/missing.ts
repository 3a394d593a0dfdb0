import { cellsOf, pairsOf, type Question, type Row, shows } from "./rows.ts";

/** As many stacks as there may be in a night, on each cloud. */
export const mostStacks = 16;

/**
 * Pairs of values that no row shows, although the program takes them and makes a difference by them: put into each of the
 * rows in turn, one that takes them is enough.
 */
export function missingPairs(question: Question, rows: readonly Row[]): readonly Row[] {
  const isShownBy = (row: Row, part: Row): boolean => {
    const { faults, idle } = question.ask(row);
    return faults.length === 0 && shows(row, idle, part);
  };
  const isPossible = (part: Row): boolean => rows.some((row) => isShownBy({ ...row, ...part }, part));
  const isKnown = (part: Row): boolean => rows.some((row) => isShownBy(row, part));
  const impossible = cellsOf(question).filter((cell) => !isKnown(cell) && !isPossible(cell));
  return pairsOf(question)
    .filter((pair) => !impossible.some((cell) => shows(pair, [], cell)))
    .filter((pair) => !isKnown(pair) && isPossible(pair));
}
