import type { ResourceChange } from "../change.ts";
import { shortType } from "../urn.ts";
import { firewallText, isUnchanged, type Report, type StackReport } from "./report.ts";
import { detailsOf, isUncertain, operations, symbols, type TextDiff, tallyText, textDiffs, verbs } from "./words.ts";

/** Characters of a comment: GitHub refuses more than 65,536. */
export const longestComment = 64_000;

/** Room that the notes of what was cut need. */
const reserve = 400;

/** With less room than this a stack's details are left out. */
const leastRoom = 1000;

/** Takes pieces as long as they fit. */
class Budget {
  left: number;
  readonly #pieces: string[] = [];

  constructor(left: number) {
    this.left = left;
  }

  add(piece: string): boolean {
    if (piece.length + 1 > this.left) return false;
    this.left -= piece.length + 1;
    this.#pieces.push(piece);
    return true;
  }

  text(): string {
    return this.#pieces.join("\n");
  }
}

/** The report as a comment on a pull request: tallies visible, all else folded, never longer than a comment may be. */
export function markdownText(report: Report): string {
  const notes = report.notes.map((note) => `> ${code(note)}`);
  const head = [verdictLine(report), "", code(report.title), "", ...notes, ""].join("\n").slice(0, 4000);
  const visible = report.stacks.map(visibleText);
  const budget = new Budget(longestComment - reserve - head.length - 2);
  const shown = report.stacks.filter((_, index) => budget.add(visible[index] ?? ""));
  let left = budget.left;
  const blocks = shown.map((stack, index) => {
    const details = foldedText(stack, Math.floor(left / (shown.length - index)));
    left -= details.length;
    return `${visible[report.stacks.indexOf(stack)]}${details}`;
  });
  const bare = shown.filter((stack, index) => !isUnchanged(stack) && !blocks[index]?.includes("<details>")).length;
  const missing = report.stacks.length - shown.length;
  const cut = [
    ...(bare === 0 ? [] : [`_The details of ${bare} stacks do not fit in this comment._`]),
    ...(missing === 0 ? [] : [`_${missing} more stacks do not fit in this comment._`]),
  ];
  return `${[head, ...blocks, ...cut].join("\n")}\n`;
}

/** How many stacks the first line speaks of. */
const mostVerdicts = 5;

/** The worst first, by its stack. */
function verdictLine({ stacks }: Report): string {
  const sorted = [...stacks].sort((one, other) => one.verdict.rank - other.verdict.rank).slice(0, mostVerdicts);
  const told = sorted.map(({ diff, verdict }) => `${code(diff.stack)}: ${code(shortened(verdict.text, 300))}`);
  return told.length === 0 ? "**No stacks were compared**" : `**${told.join("; ")}**`;
}

function visibleText(stack: StackReport): string {
  const { diff, effects, firewall, cost } = stack;
  if (isUnchanged(stack))
    return [
      `### ${code(diff.stack)}: no changes`,
      "",
      ...diff.notes.map((note) => `- ${code(shortened(note, 300))}`),
      "",
    ].join("\n");
  const { failures = [], operations: others = [] } = diff;
  const tally = failures.length > 0 ? "the preview failed" : tallyText(diff);
  const world = firewall.filter(({ isWorld }) => isWorld).map(firewallText);
  const refused = diff.resources.filter(({ isRefused }) => isRefused).length;
  const lines = [
    ...failures,
    ...(cost === undefined ? [] : [cost]),
    ...(refused === 0 ? [] : [`${refused} protected resources: the engine rejects this change`]),
    ...others,
    ...diff.notes,
    ...(effects.length > 0 || failures.length > 0 ? effects : ["running nodes are not affected"]),
    ...world.slice(0, 10),
  ];
  return [`### ${code(diff.stack)}: ${tally}`, "", ...lines.map((line) => `- ${code(shortened(line, 300))}`), ""].join(
    "\n",
  );
}

const shortened = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

function foldedText(stack: StackReport, room: number): string {
  if (isUnchanged(stack) || room < leastRoom) return "";
  const budget = new Budget(room - reserve);
  budget.add("\n<details><summary>Details</summary>\n");
  const { firewall, findings, diff } = stack;
  const cut = [
    ...addTable(budget, {
      titles: ["Firewall"],
      items: firewall,
      toRow: (change) => [code(firewallText(change))],
      what: "firewall changes",
    }),
    ...addTable(budget, {
      titles: ["", "Resource", "Changes"],
      items: sorted(diff.resources),
      toRow: resourceRow,
      what: "resources",
    }),
    ...addTable(budget, {
      titles: ["New policy findings"],
      items: findings,
      toRow: (text) => [code(shortened(text, 400))],
      what: "policy findings",
    }),
    ...addTexts(budget, textDiffs(diff.resources)),
  ];
  const note = cut.length === 0 ? "" : `\n\n_Omitted to fit the comment size limit: ${cut.join(", ")}._`;
  return `${budget.text()}${note}\n\n</details>\n`;
}

const sorted = (resources: readonly ResourceChange[]): readonly ResourceChange[] =>
  operations.flatMap((operation) => resources.filter((change) => change.operation === operation));

function resourceRow(change: ResourceChange): readonly string[] {
  const { operation, type, name } = change;
  const mark = `${symbols[operation]} ${isUncertain(change) ? "replace?" : verbs[operation]}`;
  const details = detailsOf(change).map((text) => code(shortened(text, 400)));
  return [mark, `${code(shortType(type))} ${code(shortened(name, 200))}`, details.slice(0, 12).join("<br>")];
}

/** Adds rows as long as they fit; says how many did not. */
function addTable<T>(budget: Budget, table: Table<T>): readonly string[] {
  const { titles, items, toRow, what } = table;
  if (items.length === 0) return [];
  const head = `\n| ${titles.join(" | ")} |\n|${titles.map(() => " --- |").join("")}`;
  if (!budget.add(head)) return [`${items.length} ${what}`];
  const fitting = items.findIndex((item) => !budget.add(`| ${toRow(item).join(" | ")} |`));
  return fitting < 0 ? [] : [`${items.length - fitting} ${what}`];
}

interface Table<T> {
  readonly titles: readonly string[];
  readonly items: readonly T[];
  readonly toRow: (item: T) => readonly string[];
  /** What the items are called where they are cut. */
  readonly what: string;
}

function addTexts(budget: Budget, texts: readonly TextDiff[]): readonly string[] {
  const left = texts.filter(({ title, text }) => {
    const fence = "`".repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
    return !budget.add(`\n${code(shortened(title, 400))}\n\n${fence}diff\n${text}\n${fence}`);
  });
  return left.length === 0 ? [] : [`${left.length} text differences`];
}

/**
 * Any text as code on one line. What could be Markdown, HTML, a mention or a link stands as a character reference, which
 * CommonMark never reads as structure.
 */
export function code(text: string): string {
  const safe = text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, " ")
    .replace(/[&<>"'`*_~|\\[\]#@!$^{}]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/:\/\//g, "&#58;//")
    .replace(/www\./gi, (found) => `${found.slice(0, 3)}&#46;`);
  return `<code>${safe}</code>`;
}
