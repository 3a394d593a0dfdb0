import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { projectFolder } from "../model/project.ts";
import { runCommand, toChanges } from "./diagram/arguments.ts";
import { toMermaid } from "./diagram/mermaid.ts";
import { toPicture } from "./diagram/picture.ts";
import { planStack } from "./diagram/planned.ts";
import { toSvg } from "./diagram/svg.ts";
import { chooseStacks, UsageError } from "./plan/arguments.ts";
import { stackNames } from "./stack-file.ts";

const help = `Draws stacks from their plans, as pictures. No account, no network.

Usage: npm run diagram -- STACK... [options]

  STACK                a stack with a file, such as aws or alibaba; all: each of them
  --svg, --mermaid     one format only; default: both
  --out DIR            files STACK.svg and STACK.mmd there; without it, one stack in one format on standard output
  --config KEY=VALUE   tries a change without touching the file; may be given again
  -h, --help           this text

Exit code: 0 drawn, 1 the configuration has faults, 2 the command line has faults.
`;

/** Draws stacks from their plans: Mermaid or SVG on standard output, or files <stack>.mmd and <stack>.svg in a directory. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      mermaid: { type: "boolean", default: false },
      svg: { type: "boolean", default: false },
      out: { type: "string" },
      config: { type: "string", multiple: true },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return void process.stdout.write(help);
  const stacks = chooseStacks(positionals, stackNames(projectFolder));
  if (values.out === undefined && (stacks.length > 1 || values.svg === values.mermaid)) {
    throw new UsageError(`without --out, one stack and one of --mermaid and --svg\nHelp: npm run diagram -- --help`);
  }
  const both = values.svg === values.mermaid;
  for (const stack of stacks) {
    const picture = toPicture(await planStack(projectFolder, stack, toChanges(values.config)));
    if (values.svg || both) emit(values.out, `${stack}.svg`, toSvg(picture));
    if (values.mermaid || both) emit(values.out, `${stack}.mmd`, toMermaid(picture));
  }
}

function emit(directory: string | undefined, file: string, text: string): void {
  if (directory === undefined) {
    process.stdout.write(text);
    return;
  }
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, file), text);
  process.stderr.write(`${join(directory, file)}\n`);
}

void runCommand(main);
