import { reportOnPair } from "../diff/extras.ts";
import type { StackReport } from "../diff/page/report.ts";
import { revisionSides } from "../diff/sides.ts";
import type { TypedChange } from "../stack-file/config-path.ts";

export interface Changes {
  /** What was compared with what, and what has to be known about it. */
  readonly title: string;
  readonly byStack: ReadonlyMap<string, StackReport>;
}

/** What the working tree changes since a revision, as `diff` sees it. */
export async function changesSince(base: string, config: readonly TypedChange[], directory: string): Promise<Changes> {
  const changes = config.map(({ text }) => text);
  const { title, notes, pairs } = await revisionSides({ base, stack: "all", changes, directory });
  const reports = pairs.map(reportOnPair);
  return {
    title: [title, ...notes].join(". "),
    byStack: new Map(reports.map((report) => [report.diff.stack, report])),
  };
}
