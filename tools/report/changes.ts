import { monthlyCost } from "../cost/monthly.ts";
import { costDelta } from "../cost/text.ts";
import { parseArguments } from "../diff/arguments.ts";
import { compare } from "../diff/compare.ts";
import { reportOn, type StackReport } from "../diff/report.ts";
import { revisionSides } from "../diff/sides.ts";

export interface Changes {
  /** What was compared with what, and what has to be known about it. */
  readonly title: string;
  readonly byStack: ReadonlyMap<string, StackReport>;
}

/** What the working tree changes since a revision, as `npm run diff` sees it, with the price of the change. */
export async function changesSince(base: string, changes: readonly string[]): Promise<Changes> {
  const words = [base, ...changes.flatMap((change) => ["--config", change])];
  const { title, notes, pairs } = await revisionSides(parseArguments(words));
  const reports = pairs.map(({ before, after, secrets }) => {
    const cost = costDelta(monthlyCost(before), monthlyCost(after));
    return reportOn(compare(before, after, secrets), undefined, { findings: [], cost });
  });
  return {
    title: [title, ...notes].join(". "),
    byStack: new Map(reports.map((report) => [report.diff.stack, report])),
  };
}
