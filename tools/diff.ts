import type { GivenTo } from "./cli/commands.ts";
import { UsageError } from "./cli/faults.ts";
import { readInput } from "./cli/input.ts";
import { terminalFor } from "./cli/terminal.ts";
import { reportOnPair } from "./diff/extras.ts";
import { jsonText } from "./diff/machine.ts";
import { markdownText } from "./diff/page/markdown.ts";
import { type Report, reportOn, type StackReport } from "./diff/page/report.ts";
import { terminalText } from "./diff/page/terminal.ts";
import { readPreview } from "./diff/preview.ts";
import { fileSides, revisionSides } from "./diff/sides.ts";

type Asked = GivenTo<"diff">;

/** What a change does to the stacks. */
export async function run(given: Asked, bases: readonly string[]): Promise<number> {
  checkTogether(given, bases);
  const report = given.preview === undefined ? await compared(given, bases[0]) : summarize(given.preview);
  process.stdout.write(format(report, given));
  return report.stacks.some(({ diff: { failures = [] } }) => failures.length > 0) ? 1 : 0;
}

async function compared({ stack, config, files, cwd }: Asked, base: string | undefined): Promise<Report> {
  const changes = config.map(({ text }) => text);
  const [before, after] = files;
  const { title, notes, pairs } =
    before === undefined || after === undefined
      ? await revisionSides({ base, stack, changes, directory: cwd })
      : await fileSides([before, after], changes);
  return { title, notes, stacks: inOrder(pairs.map(reportOnPair)) };
}

/** AWS comes before Alibaba Cloud. */
const inOrder = (stacks: readonly StackReport[]): readonly StackReport[] => {
  const isAws = ({ diff }: StackReport): boolean => /aws/.test(diff.stack);
  return [...stacks.filter(isAws), ...stacks.filter((stack) => !isAws(stack))];
};

function summarize(file: string): Report {
  const { diff, groups } = readPreview(readInput(file));
  return { title: `pulumi preview of ${diff.stack}`, notes: [], stacks: [reportOn(diff, groups)] };
}

function format(report: Report, { json, markdown }: Asked): string {
  if (json) return jsonText(report);
  if (markdown) return markdownText(report);
  return terminalText(report, terminalFor(process.stdout, process.env));
}

/** Options of which one would not be read. */
function checkTogether({ files, preview, config, stack, json, markdown }: Asked, bases: readonly string[]): void {
  if (bases.length > 1) throw new UsageError(`specify one base, not ${bases.join(" and ")}`);
  if (files.length === 1 || files.length > 2) throw new UsageError("--files requires two files");
  if (json && markdown) throw new UsageError("use either --json or --markdown, not both");
  const sources = { BASE: bases.length > 0, "--files": files.length > 0, "--preview": preview !== undefined };
  const named = Object.entries(sources).flatMap(([name, isGiven]) => (isGiven ? [name] : []));
  if (named.length > 1) throw new UsageError(`${named.join(" and ")} cannot be combined`);
  if (preview !== undefined && config.length > 0) throw new UsageError("--config cannot be combined with --preview");
  if (stack !== "all" && (files.length > 0 || preview !== undefined))
    throw new UsageError(`--stack cannot be combined with ${named[0]}`);
}
