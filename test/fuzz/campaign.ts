import * as fc from "fast-check";
import { configurations } from "./configurations.ts";
import { judge } from "./judge.ts";
import { brokenTexts, judgeTexts } from "./stack-texts.ts";
import { startWatchdog } from "./watchdog.ts";

export interface Campaign {
  /** Configurations to try; each is asked of both clouds. One in five comes as broken text. */
  readonly runs: number;
  readonly seed: number;
  /** Where in the sequence of a failure fast-check stood, to come back to its smallest form. */
  readonly path?: string;
  readonly onRun?: (done: number) => void;
}

export type Counts = Readonly<Record<string, number>>;

/** No configuration takes a second; a machine under load may be thirty times slower. */
const hangSeconds = 30;

const textShare = 5;

/** Tries them all; throws fast-check's report with seed, path and the smallest configuration that fails. */
export async function campaign({ runs, seed, path, onRun }: Campaign): Promise<Counts> {
  const counts = new Map<string, number>();
  const watchdog = startWatchdog(hangSeconds);
  let done = 0;
  const judged = async <T>(input: T, run: (input: T) => Promise<readonly string[]>) => {
    watchdog.begin(JSON.stringify(input));
    for (const outcome of await run(input)) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    onRun?.(++done);
  };
  const report = { seed, ...(path === undefined ? {} : { path }) };
  const texts = Math.floor(runs / textShare);
  try {
    await fc.assert(
      fc.asyncProperty(configurations, (sample) => judged(sample, async (one) => [await judge(one)])),
      { ...report, numRuns: runs - texts },
    );
    await fc.assert(
      fc.asyncProperty(brokenTexts, (broken) =>
        judged(broken, async (one) => (await judgeTexts(one)).map((outcome) => `stack file ${outcome}`)),
      ),
      { ...report, numRuns: texts },
    );
  } finally {
    await watchdog.stop();
  }
  return Object.fromEntries([...counts].sort());
}
