import { anyRow, cellsOf, holds, type Question, type Row } from "./rows.ts";

/** Which values of factors go together, learnt from answers about whole rows. */
export class Relations {
  /** Values that no row may have together. */
  readonly refused: Row[] = [];
  private readonly idle: { readonly factor: string; readonly under: Row }[] = [];
  private readonly question: Question;
  /** Rows that are taken: the first values, and those with one other value. */
  private readonly taken: readonly Row[];

  constructor(question: Question) {
    this.question = question;
    const first = Object.fromEntries(Object.entries(question.values).map(([name, [value = ""]]) => [name, value]));
    const { faults } = question.ask(first);
    if (faults.length > 0) throw new Error(`the first values together are refused: ${faults.join(", ")}`);
    const near = cellsOf(question).map((cell) => ({ ...first, ...cell }));
    this.taken = [first, ...near.filter((row) => !this.isRefused(row))];
    for (const row of near) while (this.learn(row));
  }

  /** Learns why a row is refused, or what a factor idles under in it, if nothing that is known says so. */
  learn(row: Row): boolean {
    if (this.refused.some((refused) => holds(row, refused))) return false;
    return this.isRefused(row) ? this.learnRefusal(row) : this.learnIdle(row);
  }

  private learnIdle(row: Row): boolean {
    const isKnown = (name: string) => this.idle.some(({ factor, under }) => factor === name && holds(row, under));
    const factor = this.question.ask(row).idle.find((name) => !isKnown(name));
    if (factor === undefined) return false;
    const counts = (other: Row): boolean => !this.isRefused(other) && !this.question.ask(other).idle.includes(factor);
    const others = cellsOf(this.question).filter((cell) => !(factor in cell));
    const freeing = others.find((cell) => counts({ ...row, ...cell }));
    if (freeing === undefined) throw new Error(`nothing explains why ${factor} idles: ${JSON.stringify(row)}`);
    this.idle.push({ factor, under: pick(row, Object.keys(freeing)) });
    return true;
  }

  private learnRefusal(row: Row): boolean {
    for (const base of this.taken) {
      const reason = this.reasonOver(base, row);
      if (!holds(row, reason)) continue;
      this.refused.push(reason);
      return true;
    }
    throw new Error(`nothing explains why this is refused: ${JSON.stringify(row)}`);
  }

  /** As few of the row's values as are refused in the place of the base's, and the base's that they are refused with. */
  private reasonOver(base: Row, row: Row): Row {
    const needed = Object.keys(row).filter((name) => row[name] !== base[name]);
    for (const name of [...needed]) {
      const fewer = needed.filter((other) => other !== name);
      if (this.isRefused({ ...base, ...pick(row, fewer) })) needed.splice(needed.indexOf(name), 1);
    }
    const least = pick(row, needed);
    const others = cellsOf(this.question).filter((cell) => !Object.keys(cell).some((name) => name in least));
    const freeing = others.filter((cell) => !this.isRefused({ ...base, ...least, ...cell })).flatMap(Object.keys);
    return { ...least, ...pick(base, freeing) };
  }

  /** The factors that make no difference beside a value. */
  idleUnder(cell: Row): readonly string[] {
    return this.idle.filter(({ under }) => holds(cell, under)).map(({ factor }) => factor);
  }

  /** Whether a row may show what these values do together, as far as is known. */
  admits(part: Row, random: () => number): boolean {
    return Array.from({ length: 200 }, () => ({ ...anyRow(this.question, random), ...part })).some((row) => {
      const idles = this.idle.some(({ factor, under }) => factor in part && holds(row, under));
      return !idles && !this.refused.some((refused) => holds(row, refused));
    });
  }

  private isRefused(row: Row): boolean {
    return this.question.ask(row).faults.length > 0;
  }
}

const pick = (row: Row, names: readonly string[]): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)));
