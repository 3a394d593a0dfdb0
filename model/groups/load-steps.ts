/** Target tracking by steps, for a cloud whose own target tracking does not take the machines' figure. */

/** A change of the group's size, in percent of it, by how far the figure is from the threshold; an open end is without end. */
export interface Step {
  readonly from?: number;
  readonly to?: number;
  readonly percent: number;
}

export interface StepRule {
  readonly threshold: number;
  readonly steps: readonly Step[];
}

/** Ends of the growing steps, as shares of the target above it. */
const growth = [1 / 8, 1 / 4, 1 / 2, 1] as const;
/** What is beyond the last of them grows by as much again. */
const most = 1.5;

/** The figure does not shrink a group at more of the target than this. AWS publishes no such share of its target tracking. */
const mostOfTarget = 0.9;

/**
 * The group grows by what its target asks for at a step's upper end, and shrinks by half of what its target allows at a
 * step's upper end. Below the threshold of shrinking even the smallest group that has a machine to give, of one more than
 * its minimum, stays within its target without that machine; otherwise it would have to grow again.
 */
export function loadSteps(targetPercent: number, min: number): { readonly grow: StepRule; readonly shrink: StepRule } {
  const ends = growth.map((share) => Math.round(share * targetPercent));
  const grow = ends.map((to, index): Step => {
    return { from: ends[index - 1] ?? 0, to, percent: Math.ceil((100 * to) / targetPercent) };
  });
  const last: Step = { from: ends.at(-1) ?? 0, percent: most * 100 };
  const threshold = Math.floor(targetPercent * Math.min(mostOfTarget, min / (min + 1)));
  const middle = Math.floor(threshold / 2);
  const allowed = (percent: number): number => -Math.max(1, Math.floor(50 * (1 - percent / targetPercent)));
  return {
    grow: { threshold: targetPercent, steps: [...grow, last] },
    shrink: {
      threshold,
      steps: [
        { to: middle - threshold, percent: allowed(middle) },
        { from: middle - threshold, to: 0, percent: allowed(threshold) },
      ],
    },
  };
}
