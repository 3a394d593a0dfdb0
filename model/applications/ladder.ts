import type { Applications } from "../../config/types.ts";
import { type RenditionHeight, renditionHeights } from "../capacity/rendition-heights.ts";

const smallestFirst = [...renditionHeights].reverse();

/**
 * Heights into which the costliest application transcodes each stream, of those whose cost is known; one in between counts
 * as the next larger one.
 */
export function ladderOf(applications: Applications): readonly RenditionHeight[] {
  const ladders = Object.values(applications).map(({ renditions = [] }) => {
    const heights = renditions.map(
      ({ height }) => smallestFirst.find((known) => known >= height) ?? renditionHeights[0],
    );
    return [...new Set(heights)].sort((one, other) => other - one);
  });
  const pixels = (ladder: readonly number[]): number => ladder.reduce((sum, height) => sum + height * height, 0);
  return ladders.reduce((most, ladder) => (pixels(ladder) > pixels(most) ? ladder : most), []);
}
