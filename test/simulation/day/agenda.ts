interface Entry {
  readonly at: number;
  readonly turn: number;
  readonly run: () => void;
}

const isBefore = (one: Entry, other: Entry): boolean =>
  one.at < other.at || (one.at === other.at && one.turn < other.turn);

/** What happens when, in the order of time; what falls on the same moment happens in the order of its entry. */
export class Agenda {
  /** A binary heap. */
  readonly #heap: Entry[] = [];
  #turns = 0;
  #now = 0;

  get now(): number {
    return this.#now;
  }

  at(seconds: number, run: () => void): void {
    this.#turns += 1;
    this.#enter({ at: Math.max(seconds, this.#now), turn: this.#turns, run });
  }

  after(seconds: number, run: () => void): void {
    this.at(this.#now + seconds, run);
  }

  /** Enters a list that is in the order of time. Each waits for the one before it, so that the heap stays small. */
  each<One>(list: readonly One[], timeOf: (one: One) => number, run: (one: One) => void): void {
    const before = this.#turns;
    this.#turns += list.length;
    const enter = (index: number): void => {
      const one = list[index];
      if (one === undefined) return;
      const follow = (): void => {
        enter(index + 1);
        run(one);
      };
      this.#enter({ at: timeOf(one), turn: before + index + 1, run: follow });
    };
    enter(0);
  }

  /** Runs everything up to the end, what falls on it included. */
  runUntil(end: number): void {
    for (let next = this.#heap[0]; next !== undefined && next.at <= end; next = this.#heap[0]) {
      this.#takeFirst();
      this.#now = next.at;
      next.run();
    }
    this.#now = end;
  }

  #enter(entry: Entry): void {
    let place = this.#heap.length;
    for (let above = (place - 1) >> 1; place > 0; above = (place - 1) >> 1) {
      const parent = this.#heap[above];
      if (parent === undefined || !isBefore(entry, parent)) break;
      this.#heap[place] = parent;
      place = above;
    }
    this.#heap[place] = entry;
  }

  #takeFirst(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    let place = 0;
    for (let below = this.#firstBelow(place); ; below = this.#firstBelow(place)) {
      const child = this.#heap[below];
      if (child === undefined || !isBefore(child, last)) break;
      this.#heap[place] = child;
      place = below;
    }
    this.#heap[place] = last;
  }

  #firstBelow(place: number): number {
    const left = 2 * place + 1;
    const [one, other] = [this.#heap[left], this.#heap[left + 1]];
    return one !== undefined && other !== undefined && isBefore(other, one) ? left + 1 : left;
  }
}
