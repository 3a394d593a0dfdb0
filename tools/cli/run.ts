import { Command, CommanderError, Option as Parsed } from "commander";
import { ConfigError } from "../../config/fault.ts";
import { CommandError, UsageError } from "./faults.ts";
import { commandLine, program } from "./invocation.ts";
import type { Given, Option, Options } from "./options.ts";

/** A command's row in the table: what its help says, and what it takes. */
export interface Spec<O extends Options = Options> {
  readonly summary: string;
  /** Words that are no options; `stack...` are many. */
  readonly words?: { readonly name: string; readonly help: string; readonly optional?: true };
  readonly options: O;
  /** What else a person has to know. */
  readonly notes?: string;
  readonly exitCodes: string;
  readonly examples: readonly Example[];
}

/** A command's words, without its own name; and what a reader needs to run it beside this project and Node.js. */
export type Example = string | { readonly words: string; readonly requires: string };

/** As a line that can be pasted, what it requires in a comment. */
export function exampleLine(name: string, example: Example): string {
  if (typeof example === "string") return commandLine(name, example);
  return `${commandLine(name, example.words)}  # requires ${example.requires}`;
}

/** Gives the exit code; without one it is what `process.exitCode` has been set to. */
export type Run<O extends Options> = (given: Given<O>, words: readonly string[]) => Promise<number | undefined>;

/** `trafficGb` is `--traffic-gb`. */
export const optionName = (key: string): string => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

export const usageOf = (name: string, { words }: Pick<Spec, "words">): string =>
  commandLine(name, words === undefined ? "[options]" : `${placeOf(words)} [options]`);

const placeOf = ({ name, optional }: NonNullable<Spec["words"]>): string =>
  optional === true ? `[${name.toUpperCase()}]` : name.toUpperCase();

export const optionHelp = ({ help, usual }: Option<unknown>): string =>
  typeof usual === "string" || typeof usual === "number" ? `${help} (default: ${usual})` : help;

/** The library's command for a row of the table. */
export function commandOf<O extends Options>(name: string, spec: Spec<O>, run: Run<O>): Command {
  const { words, options, exitCodes, examples, notes } = spec;
  const command = configured(new Command(name), usageOf(name, spec)).description(spec.summary);
  if (words !== undefined) command.argument(`[${words.name}]`, words.help);
  const all = Object.entries<Option<unknown>>(options).map(
    ([key, option]) => [key, option, toParsed(key, option)] as const,
  );
  for (const [, , parsed] of all) command.addOption(parsed);
  const lines = examples.map((example) => `  ${exampleLine(name, example)}`);
  const after = [notes, `Examples:\n${lines.join("\n")}`, `Exit code: ${exitCodes}`];
  command.addHelpText("after", `\n${after.filter((text) => text !== undefined).join("\n\n")}`);
  return command.action(async () => {
    const values = command.opts();
    const given = all.map(([key, { usual }, parsed]) => {
      const found: unknown = values[parsed.attributeName()];
      return [key, parsed.negate ? found === false : (found ?? usual)];
    });
    process.exitCode = (await run(Object.fromEntries(given), command.args)) ?? process.exitCode;
  });
}

/** Errors are thrown, and the help is as wide as the documentation's lines. */
export function configured(command: Command, usage: string): Command {
  return command
    .exitOverride()
    .configureOutput({ outputError: () => undefined, getOutHelpWidth: () => 110, getErrHelpWidth: () => 110 })
    .configureHelp({ commandUsage: () => usage })
    .helpOption("-h, --help", "show this help")
    .helpCommand(false);
}

function toParsed(key: string, option: Option<unknown>): Parsed {
  const name = optionName(key);
  const place = option.value === undefined ? "" : ` <${option.value}>`;
  const parsed = new Parsed(
    `${option.short === undefined ? "" : `${option.short}, `}${name}${place}`,
    optionHelp(option),
  );
  if (option.kind === "flag") return parsed;
  return parsed.argParser((text: string, before: unknown) => {
    const read = option.read(text, name);
    return option.kind === "list" ? [...(Array.isArray(before) ? before : []), read] : read;
  });
}

/** Runs the command that the words name, tells its errors, and sets the exit code. */
export async function runWords(command: Command, words: readonly string[]): Promise<void> {
  // A reader that has seen enough, such as head, is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(0);
  });
  try {
    await command.parseAsync([...words], { from: "user" });
  } catch (error) {
    const { text, code } = told(error);
    const asked = command.commands.find((one) => one.name() === words[0]) ?? command;
    if (text !== "")
      process.stderr.write(`${text}\n${code === 2 ? `Help: ${commandLine(asked.name(), "--help")}\n` : ""}`);
    process.exitCode = code;
  }
}

/** What a person can mend is told in its own words, all else with its stack trace. */
function told(error: unknown): { readonly text: string; readonly code: number } {
  if (error instanceof CommanderError) {
    const isHelp = error.code.startsWith("commander.help") || error.code === "commander.version";
    return { text: isHelp ? "" : error.message.replace(/^error: /, ""), code: error.exitCode === 0 ? 0 : 2 };
  }
  if (error instanceof CommandError) return { text: error.message, code: error.exitCode };
  if (error instanceof ConfigError) return { text: error.message, code: 1 };
  return { text: error instanceof Error ? String(error.stack) : String(error), code: 1 };
}

/** What the words give for a command's options; throws a UsageError. */
export async function readWords<O extends Options>(
  spec: Spec<O>,
  words: readonly string[],
): Promise<{ readonly given: Given<O>; readonly words: readonly string[] }> {
  let read: { readonly given: Given<O>; readonly words: readonly string[] } | undefined;
  const command = commandOf(program, spec, async (given, rest) => {
    read = { given, words: rest };
    return undefined;
  });
  try {
    await command.parseAsync([...words], { from: "user" });
  } catch (error) {
    throw error instanceof CommanderError ? new UsageError(told(error).text) : error;
  }
  if (read === undefined) throw new Error("no command was run");
  return read;
}
