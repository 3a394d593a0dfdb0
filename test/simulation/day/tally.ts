import type { Kind } from "./audience.ts";
import type { LeaveCause } from "./node.ts";

/** A leaving node's time was over, or the node died. */
export type CutCause = LeaveCause | "death";

/** What became of visits of one kind. Who was cut and comes back is a visit more. */
export interface Totals {
  readonly arrived: number;
  readonly returned: number;
  readonly left: number;
  readonly cut: number;
  readonly cutBy: Readonly<Record<CutCause, number>>;
  /** Of those that were cut: asked to reconnect by a node that had to go, before its end. */
  readonly moved: number;
  /** Of those that were moved: back in, after this long together. */
  readonly resumed: number;
  readonly gapSeconds: number;
  readonly refused: number;
  /** Still there, or still trying, when the day was over. */
  readonly remaining: number;
}

type Ending = "left" | "cut" | "refused";

type Counts = { -readonly [Key in Exclude<keyof Totals, "cutBy">]: number } & { cutBy: Record<CutCause, number> };

const none = (): Counts => ({
  ...{ arrived: 0, returned: 0, left: 0, cut: 0, refused: 0, remaining: 0, moved: 0, resumed: 0, gapSeconds: 0 },
  cutBy: { "scale-in": 0, upgrade: 0, spot: 0, death: 0 },
});

export class Tally {
  #peakMbps = 0;
  readonly #counts: Readonly<Record<Kind, Counts>> = { publisher: none(), viewer: none() };

  get totals(): Readonly<Record<Kind, Totals>> {
    return structuredClone(this.#counts);
  }

  /** The most that all edges sent at a time. */
  get peakMbps(): number {
    return this.#peakMbps;
  }

  sends(mbps: number): void {
    this.#peakMbps = Math.max(this.#peakMbps, mbps);
  }

  begins(kind: Kind, how: "arrived" | "returned"): void {
    this.#counts[kind][how] += 1;
    this.#counts[kind].remaining += 1;
  }

  ends(kind: Kind, how: Ending): void {
    this.#counts[kind][how] += 1;
    this.#counts[kind].remaining -= 1;
  }

  cuts(kind: Kind, cause: CutCause): void {
    this.ends(kind, "cut");
    this.#counts[kind].cutBy[cause] += 1;
  }

  moves(kind: Kind): void {
    this.#counts[kind].moved += 1;
  }

  resumes(kind: Kind, afterSeconds: number): void {
    this.#counts[kind].resumed += 1;
    this.#counts[kind].gapSeconds += afterSeconds;
  }
}
