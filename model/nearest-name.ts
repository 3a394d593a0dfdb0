/** The name that a mistyped one most likely means: the fewest letters to change, at most a third of them. */
export function nearestName<Name extends string>(typed: string, names: readonly Name[]): Name | undefined {
  const wanted = bare(typed);
  const near = names
    .map((name) => ({ name, distance: distanceOf(wanted, bare(name)) }))
    .filter(({ name, distance }) => distance <= Math.max(wanted.length, bare(name).length) / 3);
  return near.sort((one, other) => one.distance - other.distance)[0]?.name;
}

/** Punctuation and capitals are what people mistype. */
const bare = (name: string): string => name.replace(/[._ -]/g, "").toLowerCase();

/** Letters to add, drop, change or swap with their neighbour (Levenshtein, Damerau). */
function distanceOf(one: string, other: string): number {
  let before: readonly number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (const [at, sign] of [...other].entries()) {
      const changed = (row[at] ?? 0) + (letter === sign ? 0 : 1);
      const isSwap = index > 0 && at > 0 && letter === other[at - 1] && sign === one[index - 1];
      const swapped = isSwap ? (before[at - 1] ?? 0) + 1 : changed;
      next.push(Math.min(changed, swapped, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row.at(-1) ?? 0;
}
