import { reasonOf } from "../cli/faults.ts";
import { NameError } from "../live/names.ts";
import { type Check, type Finding, type Flight, fail, notRun, type State } from "./check.ts";

export interface Result extends Finding {
  readonly id: string;
  readonly title: string;
}

/** Few enough for a balancer not to take it for an attack. */
const atOnce = 8;

export interface RunOptions {
  /** For all checks together; what is not done then is a failure. */
  readonly totalSeconds: number;
  /** Called in the order of the checks, as soon as those before are known. */
  readonly onResult: (result: Result, done: number, total: number) => void;
}

/** Runs all checks, several at a time, and never longer than it may. */
export async function runChecks(
  checks: readonly Check[],
  flight: Flight,
  { totalSeconds, onResult }: RunOptions,
): Promise<readonly Result[]> {
  const end = Date.now() + totalSeconds * 1000;
  const results = new Map<number, Result>();
  let next = 0;
  let shown = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < checks.length; index = next++) {
      const check = checks[index];
      if (check === undefined) return;
      results.set(index, await runOne(check, flight, end));
      for (let result = results.get(shown); result !== undefined; result = results.get(shown)) {
        shown += 1;
        onResult(result, shown, checks.length);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}

async function runOne(check: Check, flight: Flight, end: number): Promise<Result> {
  const { id, title } = check;
  const finding = await new Promise<Finding>((resolve) => {
    const late = (): void => resolve(fail("no result within the time limit for all checks", "broken"));
    const timer = setTimeout(late, Math.max(end - Date.now(), 0));
    check
      .run(flight)
      .catch(ofError)
      .then(resolve)
      .finally(() => clearTimeout(timer));
  });
  return { id, title, ...finding };
}

const ofError = (error: unknown): Finding =>
  error instanceof NameError ? notRun(`${reasonOf(error)}; see the names check`) : fail(reasonOf(error), "broken");

export function countOf(results: readonly Result[], state: State): number {
  return results.filter((result) => result.state === state).length;
}
