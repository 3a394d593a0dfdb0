import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { type Fault, formatFault } from "../../config/fault.ts";
import { readStack } from "../../tools/stack-file/read.ts";
import { files } from "../honoured/values.ts";
import { translatedIn } from "../support/phrases.ts";
import { faultsIn } from "./faults-of.ts";
import type { Mistake } from "./mistakes.ts";
import { applied } from "./pulumi-config.ts";
import { callsIn, fileText } from "./shells.ts";
import type { Tree } from "./tree.ts";

/** What a stack file with this configuration is refused for, read as `npm run plan` reads it. */
async function faultsOf(directory: string, config: Tree): Promise<readonly Fault[]> {
  writeFileSync(join(directory, "Pulumi.test.yaml"), stringify({ config }));
  return faultsIn(readStack(directory, "test"));
}

/** Files hold what their keys take. */
const fromFiles = (words: readonly string[], right: unknown): readonly string[] =>
  words.map((word) => (word.startsWith(fileText("")) ? String(right) : word));

/** The one command of a fault's remedy: all that follows its colon. */
const commandOf = ({ fix }: Fault): string => /^[A-Z][^`]*?: (pulumi config .+)$/s.exec(fix)?.[1] ?? "";

/** What a person would have to put something of their own in place of. */
const placeholder = /\b(VALUE|ID|NAME|ARN|KEY|NUMBER|YYYY|TEXT|USER|HOST)\b|\.\.\.|<\w+>/;

interface State {
  readonly mistake: Mistake;
  readonly config: Tree;
  readonly faults: readonly Fault[];
  readonly seen: readonly string[];
}

const complaint = ({ mistake, faults }: Pick<State, "mistake" | "faults">, problem: string): string =>
  [`${mistake.name}: ${problem}`, ...faults.map((fault) => `    ${formatFault(fault)}`)].join("\n");

/** Runs each fault's command: what each leaves, or what is wrong with it. */
async function followed(directory: string, states: readonly State[], wrong: string[]): Promise<readonly State[]> {
  const lines = states.map(({ faults }) => commandOf(faults[0] as Fault));
  const [bash, zsh] = [callsIn("bash", lines), callsIn("zsh", lines)];
  const next: State[] = [];
  for (const [index, state] of states.entries()) {
    const calls = bash[index] ?? [];
    try {
      assert.deepEqual(zsh[index], calls, "zsh reads another command");
      const config = calls.reduce(
        (before, words) => applied(before, fromFiles(words, state.mistake.right)),
        state.config,
      );
      const faults = await faultsOf(directory, config);
      const path = state.faults[0]?.path ?? "";
      const seen = [...state.seen, path];
      const again = faults.find((fault) => seen.includes(fault.path));
      if (again !== undefined) wrong.push(complaint({ ...state, faults: [...state.faults, again] }, "the fault stays"));
      else if (faults.length > 0) next.push({ ...state, config, faults, seen });
    } catch (error) {
      wrong.push(complaint(state, error instanceof Error ? error.message : String(error)));
    }
  }
  return next;
}

/**
 * Makes each of the mistakes, follows the one command of its one fault until the stack plans, and fails with all that went
 * otherwise.
 */
export async function followAll(mistakes: readonly Mistake[]): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "mistakes-"));
  cpSync(files, directory, { recursive: true });
  writeFileSync(join(directory, "Pulumi.yaml"), "name: ams\nconfig: {}\n");
  try {
    const wrong: string[] = [];
    const states: State[] = [];
    let taken = 0;
    for (const mistake of mistakes) {
      const { config, path, kind } = mistake;
      const faults = await faultsOf(directory, config);
      const [fault] = faults;
      const state = { mistake, config, faults, seen: [] };
      if (fault === undefined) taken += kind === "typo" ? wrong.push(complaint(state, "no fault")) : 1;
      else if (faults.length > 1) wrong.push(complaint(state, `${faults.length} faults`));
      else if (!(fault.path.startsWith(path) || path.startsWith(fault.path)))
        wrong.push(complaint(state, "another key is named"));
      else if (commandOf(fault) === "" || fault.fix.split(/pulumi config .+?(?: && |$)/).length < 2)
        wrong.push(complaint(state, "no command"));
      else if (translatedIn(formatFault(fault)).length > 0)
        wrong.push(complaint(state, translatedIn(formatFault(fault)).join()));
      else if (placeholder.test(commandOf(fault))) wrong.push(complaint(state, "a placeholder"));
      else states.push(state);
    }
    assert.ok(taken < mistakes.length / 20, `${taken} of ${mistakes.length} were taken`);
    let open: readonly State[] = states;
    for (let round = 0; round < 5 && open.length > 0; round += 1) open = await followed(directory, open, wrong);
    wrong.push(...open.map((state) => complaint(state, "no end")));
    assert.equal(wrong.length, 0, `${wrong.length} of ${mistakes.length}:\n${wrong.join("\n")}`);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
