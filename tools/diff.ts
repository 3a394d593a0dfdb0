import { readFileSync } from "node:fs";
import { type Arguments, help, parseArguments } from "./diff/arguments.ts";
import { reportOnPair } from "./diff/extras.ts";
import { jsonText } from "./diff/machine.ts";
import { markdownText } from "./diff/markdown.ts";
import { PreviewError, readPreview } from "./diff/preview.ts";
import { type Report, reportOn } from "./diff/report.ts";
import { FaultsError, fileSides, revisionSides, type Sides } from "./diff/sides.ts";
import { terminalText } from "./diff/terminal.ts";
import { UsageError } from "./plan/arguments.ts";
import { paintFor } from "./plan/style.ts";

/** `npm run diff`: what a change does to the stacks. */
async function main(words: readonly string[]): Promise<void> {
  const asked = parseArguments(words);
  if (asked.help) {
    process.stdout.write(help);
    return;
  }
  const report = asked.preview === undefined ? compareSides(await sidesOf(asked)) : summarize(asked.preview);
  process.stdout.write(format(report, asked.format));
}

function sidesOf(asked: Arguments): Promise<Sides> {
  const { files } = asked;
  return files === undefined ? revisionSides(asked) : fileSides({ ...asked, files });
}

const compareSides = ({ title, notes, pairs }: Sides): Report => ({ title, notes, stacks: pairs.map(reportOnPair) });

function summarize(file: string): Report {
  const { diff, groups } = readPreview(readText(file));
  return { title: `pulumi preview of ${diff.stack}`, notes: [], stacks: [reportOn(diff, groups)] };
}

function readText(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new UsageError(`${file}: can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function format(report: Report, kind: Arguments["format"]): string {
  if (kind === "json") return jsonText(report);
  if (kind === "markdown") return markdownText(report);
  const width = Math.max(process.stdout.columns ?? 500, 80);
  return terminalText(report, { paint: paintFor(process.stdout, process.env), width });
}

// A reader that has seen enough, such as head, is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

function refuse(error: unknown): void {
  if (error instanceof FaultsError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } else if (error instanceof UsageError || error instanceof PreviewError) {
    process.stderr.write(`${error.message}\nHelp: npm run diff -- --help\n`);
    process.exitCode = 2;
  } else throw error;
}

void main(process.argv.slice(2)).catch(refuse);
