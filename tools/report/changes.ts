import { parseArguments } from "../diff/arguments.ts";
import { reportOnPair } from "../diff/extras.ts";
import type { StackReport } from "../diff/report.ts";
import { revisionSides } from "../diff/sides.ts";

export interface Changes {
  /** What was compared with what, and what has to be known about it. */
  readonly title: string;
  readonly byStack: ReadonlyMap<string, StackReport>;
}

/** What the working tree changes since a revision, as `npm run diff` sees it. */
export async function changesSince(base: string, changes: readonly string[]): Promise<Changes> {
  const words = [base, ...changes.flatMap((change) => ["--config", change])];
  const { title, notes, pairs } = await revisionSides(parseArguments(words));
  const reports = pairs.map(reportOnPair);
  return {
    title: [title, ...notes].join(". "),
    byStack: new Map(reports.map((report) => [report.diff.stack, report])),
  };
}
