import { alignRows, type Row } from "../../cli/table.ts";
import type { Paint, Style, Terminal } from "../../cli/terminal.ts";
import type { Operation, ResourceChange } from "../change.ts";
import { shortType } from "../urn.ts";
import { firewallText, isUnchanged, type Report, type StackReport } from "./report.ts";
import { detailsOf, isUncertain, operations, symbols, tallyText, textDiffs, visible, visibleLines } from "./words.ts";

const styles: Readonly<Record<Operation, Style>> = { replace: "red", delete: "red", update: "yellow", create: "green" };

/** The report for a person at a terminal. */
export function terminalText(report: Report, options: Terminal): string {
  const notes = report.notes.map((note) => options.paint("yellow", `note: ${visibleLines(note, "      ")}`));
  const head = [visible(report.title), ...notes];
  return `${[...head, ...report.stacks.flatMap((stack) => stackLines(stack, options))].join("\n")}\n`;
}

function stackLines(stack: StackReport, options: Terminal): readonly string[] {
  const { diff, verdict, firewall, effects, findings, cost } = stack;
  const { paint } = options;
  const name = paint("bold", visible(diff.stack));
  const notes = diff.notes.map((note) => `  ${visibleLines(note, "    ")}`);
  if (isUnchanged(stack)) return ["", `${name}: no changes`, ...notes];
  const openings = firewall.map((change) => paint(change.isWorld ? "red" : "dim", visible(firewallText(change))));
  const { failures = [], operations: others = [] } = diff;
  if (failures.length > 0)
    return ["", `${name}: ${verdict.text}`, ...failures.map((text) => `  ${visibleLines(text, "    ")}`)];
  return [
    "",
    `${name}: ${visible(verdict.text)}`,
    ...section("Cost", cost === undefined ? [] : [cost], paint),
    `  ${tallyText(diff)}`,
    ...others.map((text) => `  ${visible(text)}`),
    ...notes,
    ...section("Resources", resourceLines(diff.resources, options), paint),
    ...section("Running nodes", effects.length === 0 ? ["are not affected"] : effects.map(visible), paint),
    ...section("Firewall", openings, paint),
    ...section("New policy findings", findings.map(visible), paint),
    ...textDiffs(diff.resources).flatMap(({ title, text }) => {
      const lines = text.split("\n").map((line) => paintDiffLine(line, paint));
      return section(visible(title), lines, paint);
    }),
  ];
}

const section = (title: string, lines: readonly string[], paint: Paint): readonly string[] =>
  lines.length === 0 ? [] : [`  ${paint("bold", title)}`, ...lines.map((line) => `    ${line}`)];

/** How many of a resource's changes one line holds. */
const mostDetails = 4;

function resourceLines(resources: readonly ResourceChange[], { paint, width }: Terminal): readonly string[] {
  const sorted = operations.flatMap((operation) => resources.filter((change) => change.operation === operation));
  const rows = sorted.map((change): Row => {
    const details = detailsOf(change);
    const rest = details.length - mostDetails;
    const shown = [...details.slice(0, mostDetails), ...(rest > 0 ? [`and ${rest} more`] : [])];
    return [
      { text: isUncertain(change) ? "?" : symbols[change.operation], style: styles[change.operation] },
      { text: shortType(change.type), style: "cyan" },
      { text: visible(change.name) },
      { text: shown.join("; ") },
    ];
  });
  return alignRows(rows, 0, { paint, width: width - 4 }).flatMap((row) => row.split("\n"));
}

function paintDiffLine(line: string, paint: Paint): string {
  if (line.startsWith("@@")) return paint("cyan", line);
  if (line.startsWith("+")) return paint("green", line);
  return line.startsWith("-") ? paint("red", line) : line;
}
