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
  readonly refused: number;
  /** Still there, or still trying, when the day was over. */
  readonly remaining: number;
}

type Ending = "left" | "cut" | "refused";

const none: Totals = {
  ...{ arrived: 0, returned: 0, left: 0, cut: 0, refused: 0, remaining: 0 },
  cutBy: { "scale-in": 0, upgrade: 0, spot: 0, death: 0 },
};

export class Tally {
  readonly #totals: Record<Kind, Totals> = { publisher: none, viewer: none };

  get totals(): Readonly<Record<Kind, Totals>> {
    return { ...this.#totals };
  }

  begins(kind: Kind, how: "arrived" | "returned"): void {
    this.#add(kind, how, 1);
    this.#add(kind, "remaining", 1);
  }

  ends(kind: Kind, how: Ending): void {
    this.#add(kind, how, 1);
    this.#add(kind, "remaining", -1);
  }

  cuts(kind: Kind, cause: CutCause): void {
    this.ends(kind, "cut");
    const { cutBy } = this.#totals[kind];
    this.#totals[kind] = { ...this.#totals[kind], cutBy: { ...cutBy, [cause]: cutBy[cause] + 1 } };
  }

  #add(kind: Kind, key: Exclude<keyof Totals, "cutBy">, count: number): void {
    this.#totals[kind] = { ...this.#totals[kind], [key]: this.#totals[kind][key] + count };
  }
}
