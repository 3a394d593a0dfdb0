import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { runCommand, toChanges } from "./diagram/arguments.ts";
import { toMermaid } from "./diagram/mermaid.ts";
import { toPicture } from "./diagram/picture.ts";
import { planStack } from "./diagram/planned.ts";
import { toSvg } from "./diagram/svg.ts";
import { chooseStacks, UsageError } from "./plan/arguments.ts";
import { stackNames } from "./stack-file.ts";

const usage = "usage: npm run diagram -- aws|alibaba|all [--mermaid|--svg] [--out DIR] [--config key=value]...";

/** Draws stacks from their plans: Mermaid or SVG on standard output, or files <stack>.mmd and <stack>.svg in a directory. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      mermaid: { type: "boolean", default: false },
      svg: { type: "boolean", default: false },
      out: { type: "string" },
      config: { type: "string", multiple: true },
    },
  });
  const directory = resolve(import.meta.dirname, "..");
  const stacks = chooseStacks(positionals, stackNames(directory));
  if (values.out === undefined && (stacks.length > 1 || values.svg === values.mermaid)) {
    throw new UsageError(`without --out, one stack and one of --mermaid and --svg\n${usage}`);
  }
  const both = values.svg === values.mermaid;
  for (const stack of stacks) {
    const picture = toPicture(await planStack(directory, stack, toChanges(values.config)));
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

await runCommand(main);
