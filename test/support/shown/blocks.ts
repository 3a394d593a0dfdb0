import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Cloud } from "../../../config/types.ts";
import { root } from "../contract.ts";

/** A command as a page shows it, without its comment. */
export interface Command {
  readonly text: string;
  /** What a reader needs beside this project, Node.js and Pulumi, as the comment says. */
  readonly requires?: string;
}

/** A code block of commands. */
export interface Block {
  readonly page: string;
  readonly line: number;
  /** Where a reader runs it, from the project's root. */
  readonly folder: string;
  /** The stack that it is for. */
  readonly cloud: Cloud;
  readonly commands: readonly Command[];
}

const namesIn = (folder: string): readonly string[] => readdirSync(join(root, folder)).sort();

/** In the order in which a new user reads them: the first two deploy the stacks that the others change. */
export const pages: readonly string[] = [
  ...new Set([
    ...["README.md", "docs/getting-started.md"],
    ...namesIn("docs").flatMap((name) => (name.endsWith(".md") ? [`docs/${name}`] : [])),
    "Pulumi.README.md",
    ...namesIn("examples").map((name) => `examples/${name}/README.md`),
  ]),
];

/** Languages of code blocks that are no commands. */
const otherLanguages = ["js", "json", "text", "ts", "yaml"];

interface Line {
  readonly text: string;
  readonly comment: string;
}

/** Splits off a comment, but not a `#` within quotes. */
function lineOf(raw: string): Line {
  const [, text = "", comment = ""] = /^((?:"[^"]*"|'[^']*'|[^"'])*?)(?:(?:^|\s+)#(.*))?$/.exec(raw) ?? [];
  return text === "" && comment === "" ? { text: raw, comment: "" } : { text: text.trimEnd(), comment };
}

const continues = (text: string): boolean => /[\\|]$/.test(text) || (text.match(/'/g)?.length ?? 0) % 2 === 1;

const requirement = (comment: string): string | undefined => /\brequires ([^;]+)/.exec(comment)?.[1]?.trim();

/** A comment on the first line is for all commands, one behind a command for that command. */
export function commandsOf(block: string): readonly Command[] {
  const lines = block.split("\n").map((line) => lineOf(line.trim()));
  const forAll = lines[0]?.text === "" ? requirement(lines[0].comment) : undefined;
  const commands: Command[] = [];
  let before = "";
  for (const { text, comment } of lines) {
    const whole = before + text;
    before = !continues(text) ? "" : text.endsWith("\\") ? whole.slice(0, -1) : `${whole}\n`;
    if (before !== "" || whole === "") continue;
    const requires = requirement(comment) ?? forAll;
    for (const part of whole.split(" && "))
      commands.push({ text: part, ...(requires === undefined ? {} : { requires }) });
  }
  return commands;
}

const isAlibaba = (text: string): boolean => /alibaba|alicloud|aliyun/i.test(text);

/** The blocks of a page's text. */
export function blocksOf(page: string, text: string): readonly Block[] {
  const headings: string[] = [];
  const blocks: Block[] = [];
  const parts = /^(#+) (.+)$|^( *)```(\w*)\n([\s\S]*?)^ *```$/gm;
  for (const { index, 1: level, 2: title = "", 4: language = "", 5: body = "" } of text.matchAll(parts)) {
    if (level !== undefined) headings.splice(level.length - 1, headings.length, title);
    else if (!otherLanguages.includes(language)) {
      const commands = commandsOf(body);
      const named = [...headings, ...commands.map(({ text }) => text).filter((one) => one.startsWith("pulumi "))];
      const cloud = named.some(isAlibaba) ? "alibaba" : "aws";
      const folder = page.startsWith("examples/") ? dirname(page) : ".";
      blocks.push({ page, line: text.slice(0, index).split("\n").length, folder, cloud, commands });
    }
  }
  return blocks;
}

export const textOf = (page: string): string => readFileSync(join(root, page), "utf8");

/** All blocks of commands that the documentation shows, in the order of its pages. */
export const blocks: readonly Block[] = pages.flatMap((page) => blocksOf(page, textOf(page)));
