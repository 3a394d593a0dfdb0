/** The one element of a list; anything else is a mistake in what is read. */
export function only<T>(list: readonly T[], what: string): T {
  const [one, ...more] = list;
  if (one === undefined || more.length > 0) throw new Error(`not one but ${list.length}: ${what}`);
  return one;
}
