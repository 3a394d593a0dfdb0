import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { GivenTo } from "./cli/commands.ts";
import { UsageError } from "./cli/faults.ts";
import { toMermaid } from "./diagram/mermaid.ts";
import { toPicture } from "./diagram/picture.ts";
import { planStack } from "./diagram/planned.ts";
import { toSvg } from "./diagram/svg.ts";
import { chooseStacks } from "./stack-file/read.ts";

/** Draws stacks from their plans: Mermaid or SVG on standard output, or files <stack>.mmd and <stack>.svg in a directory. */
export async function run(given: GivenTo<"diagram">, words: readonly string[]): Promise<number> {
  const { svg, mermaid, out, config, cwd } = given;
  const stacks = chooseStacks(words, cwd);
  const both = svg === mermaid;
  if (out === undefined && (stacks.length > 1 || both)) {
    throw new UsageError(
      "to print a diagram, specify one stack and either --mermaid or --svg; to write files, specify --out DIR",
    );
  }
  for (const stack of stacks) {
    const picture = toPicture(await planStack(cwd, stack, config));
    if (svg || both) emit(out, `${stack}.svg`, toSvg(picture));
    if (mermaid || both) emit(out, `${stack}.mmd`, toMermaid(picture));
  }
  return 0;
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
