interface Entry {
  readonly at: number;
  readonly turn: number;
  readonly run: () => void;
}

/** What happens when, in the order of time; what falls on the same moment happens in the order of its entry. */
export class Agenda {
  readonly #heap: Entry[] = [];
  #turns = 0;
  #now = 0;

  get now(): number {
    return this.#now;
  }

  at(seconds: number, run: () => void): void {
    this.#turns += 1;
    this.#heap.push({ at: Math.max(seconds, this.#now), turn: this.#turns, run });
    this.#rise(this.#heap.length - 1);
  }

  after(seconds: number, run: () => void): void {
    this.at(this.#now + seconds, run);
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

  #takeFirst(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  #rise(from: number): void {
    for (let child = from; child > 0; ) {
      const parent = (child - 1) >> 1;
      if (!this.#isBefore(child, parent)) return;
      this.#swap(child, parent);
      child = parent;
    }
  }

  #sink(from: number): void {
    for (let parent = from; ; ) {
      const left = 2 * parent + 1;
      const first = this.#isBefore(left + 1, left) ? left + 1 : left;
      if (!this.#isBefore(first, parent)) return;
      this.#swap(first, parent);
      parent = first;
    }
  }

  #isBefore(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (a === undefined || b === undefined) return a !== undefined;
    return a.at < b.at || (a.at === b.at && a.turn < b.turn);
  }

  #swap(one: number, other: number): void {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (a === undefined || b === undefined) return;
    this.#heap[one] = b;
    this.#heap[other] = a;
  }
}
