import type { Relations } from "./relations.ts";
import { cellsOf, holds, pairsOf, type Question, type Row } from "./rows.ts";

/** A row that is refused weighs as much as some pairs that are missing. */
const weightOfRefusal = 4;

/** Rows as lists of numbers of cells, one for each factor, with what they lack. */
export class Table {
  /** Pairs of cells that no row shows, and what the refused rows weigh. */
  cost = 0;
  readonly rows: number[][] = [];
  private readonly cells: readonly Row[];
  private readonly shown: Int32Array;
  private readonly wanted: Uint8Array;
  private readonly refused: readonly (readonly number[])[];
  /** By cell: a bit for the place of each factor that idles beside it. */
  private readonly idle: readonly number[];

  constructor(question: Question, relations: Relations, random: () => number) {
    const cells = cellsOf(question);
    const places = Object.keys(question.values);
    const numbersOf = (part: Row) => [...cells.keys()].filter((number) => holds(part, cells[number] ?? {}));
    this.cells = cells;
    this.shown = new Int32Array(cells.length ** 2);
    this.refused = relations.refused.map(numbersOf);
    this.idle = cells.map((cell) =>
      relations.idleUnder(cell).reduce((bits, factor) => bits | (1 << places.indexOf(factor)), 0),
    );
    this.wanted = new Uint8Array(cells.length ** 2);
    for (const pair of pairsOf(question).filter((each) => relations.admits(each, random))) {
      this.wanted[this.keyOf(numbersOf(pair))] = 1;
      this.cost += 1;
    }
  }

  add(row: readonly number[]): void {
    this.count(row, 1);
    this.rows.push([...row]);
  }

  /** Puts another cell into a row, and says which one it had. */
  change(row: number[], place: number, cell: number): number {
    const before = row[place] ?? 0;
    this.count(row, -1);
    row[place] = cell;
    this.count(row, 1);
    return before;
  }

  rowsAsSaid(): readonly Row[] {
    return this.rows.map((row) => Object.assign({}, ...row.map((cell) => this.cells[cell])));
  }

  private keyOf([one = 0, other = 0]: readonly number[]): number {
    return one * this.cells.length + other;
  }

  private count(row: readonly number[], by: 1 | -1): void {
    for (const part of this.refused) if (part.every((cell) => row.includes(cell))) this.cost += by * weightOfRefusal;
    let idle = 0;
    for (const cell of row) idle |= this.idle[cell] ?? 0;
    for (let place = 0; place < row.length; place++) {
      if ((idle >> place) & 1) continue;
      const start = (row[place] ?? 0) * this.cells.length;
      for (let next = place + 1; next < row.length; next++) {
        if ((idle >> next) & 1) continue;
        const key = start + (row[next] ?? 0);
        const before = this.shown[key] ?? 0;
        this.shown[key] = before + by;
        if (this.wanted[key] === 1 && Math.min(before, before + by) === 0) this.cost -= by;
      }
    }
  }
}
