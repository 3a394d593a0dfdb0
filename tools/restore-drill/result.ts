/** What the machine found, as the last line of its program says it. */
export interface Counted {
  readonly databases: number;
  readonly collections: number;
  readonly documents: number;
  /** Time of the last write that the restored database has, in ISO 8601. */
  readonly lastWrite?: string;
}

const ready = /ams-cluster: step=restore-drill state=ready (.*)/g;
const failure = /ams-cluster: (step=\S+ state=failed .*)/g;

/** A console's text may have anything else in it, of the kernel and of other programs. */
export function countedIn(console: string): Counted | undefined {
  const words = [...console.matchAll(ready)].at(-1)?.[1] ?? "";
  const number = (key: string): number => Number(new RegExp(`\\b${key}=(\\d+)`).exec(words)?.[1] ?? Number.NaN);
  const counted = {
    databases: number("databases"),
    collections: number("collections"),
    documents: number("documents"),
  };
  if (!Object.values(counted).every((value) => value > 0)) return undefined;
  const lastWrite = /\blastWrite=(\d{4}-\d\d-\d\dT[\d:.]+Z)/.exec(words)?.[1];
  return { ...counted, ...(lastWrite === undefined ? {} : { lastWrite }) };
}

/** The last thing that did not work, in the machine's own words. */
export const failureIn = (console: string): string | undefined => [...console.matchAll(failure)].at(-1)?.[1]?.trim();
