/** The order in which a person can run the commands of all faults, one after the other. */

interface Told {
  readonly path: string;
  readonly fix: string;
}

/** Removes a whole value of a list, such as `ams:edge.schedule[2]`. */
const removesElement = ({ fix }: Told): boolean => /: pulumi config rm --path '[^']*\[\d+\]'$/.test(fix);

/** Places in lists, from the outermost on. */
const placesIn = (path: string): readonly number[] =>
  [...path.matchAll(/\[(\d+)\]/g)].map(([, place]) => Number(place));

const listOf = ({ path }: Told): string => /^(.*?)\[\d+\]/.exec(path)?.[1] ?? "";

/**
 * A value that is removed from a list moves those behind it up. Faults of such a list are told from its end, and of one
 * value its removal last; that two of them remove the same value is told once.
 */
export function inPasteOrder<Fault extends Told>(faults: readonly Fault[]): readonly Fault[] {
  const lists = new Set(faults.filter(removesElement).map(listOf));
  const removed = new Set<string>();
  const once = faults.filter((fault) => {
    if (!removesElement(fault)) return true;
    const isFirst = !removed.has(fault.fix);
    removed.add(fault.fix);
    return isFirst;
  });
  const sorted = new Map(
    [...lists].map((list) => [list, once.filter((fault) => listOf(fault) === list).sort(fromTheEnd)] as const),
  );
  return once.map((fault) => sorted.get(listOf(fault))?.shift() ?? fault);
}

function fromTheEnd(one: Told, other: Told): number {
  const [ours, theirs] = [placesIn(one.path), placesIn(other.path)];
  const at = ours.findIndex((place, index) => place !== theirs[index]);
  if (at >= 0 && theirs[at] !== undefined) return theirs[at] - (ours[at] ?? 0);
  return Number(removesElement(one)) - Number(removesElement(other));
}
