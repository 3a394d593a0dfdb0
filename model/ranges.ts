import { contains, type Range, toCidr, toRange } from "./network.ts";

/** The widest range that a merge may make: the check of `ams:access.adminCidrs` allows no wider one. */
const widest = 8;

/**
 * The same addresses in as few ranges as there can be: what lies in another range goes, halves of one range become it.
 * Each result stands where its first part stood, so that ranges which don't merge keep their places.
 */
export function mergeRanges(cidrs: readonly string[]): readonly string[] {
  const kept: Range[] = cidrs.map(toRange);
  for (let changed = true; changed; ) changed = dropOne(kept) || mergeOne(kept);
  return kept.map(toCidr);
}

function dropOne(ranges: Range[]): boolean {
  const place = ranges.findIndex((one, index) =>
    ranges.some((other, at) => at !== index && contains(other, one) && !(contains(one, other) && at > index)),
  );
  if (place < 0) return false;
  ranges.splice(place, 1);
  return true;
}

function mergeOne(ranges: Range[]): boolean {
  for (const [index, one] of ranges.entries()) {
    const size = 2 ** (32 - one.prefix);
    const place = ranges.findIndex(
      ({ start, prefix }) =>
        prefix === one.prefix &&
        Math.floor(start / size / 2) === Math.floor(one.start / size / 2) &&
        start !== one.start,
    );
    const other = ranges[place];
    if (other === undefined || one.prefix <= widest) continue;
    ranges.splice(Math.min(index, place), 1, { start: Math.min(one.start, other.start), prefix: one.prefix - 1 });
    ranges.splice(Math.max(index, place), 1);
    return true;
  }
  return false;
}
