/** Numbers that look random and are the same for the same seed: mulberry32, public domain, by Tommy Ettinger. */
export type Random = () => number;

export function randomFrom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    const again = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((again ^ (again >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Waiting time until the next of events that come by themselves, at a rate. */
export const exponential = (random: Random, perSecond: number): number => -Math.log(1 - random()) / perSecond;

/** Few long ones and many short ones: sigma is the spread of the logarithm. Box and Muller's method. */
export function logNormal(random: Random, median: number, sigma: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return median * Math.exp(sigma * normal);
}

export const logNormalMean = (median: number, sigma: number): number => median * Math.exp(sigma ** 2 / 2);
