import { type Change, ChangeError, parseChange } from "../stack-file/config-path.ts";

export interface Arguments {
  readonly help: boolean;
  readonly json: boolean;
  /** Names of stacks, or `all`. */
  readonly stacks: readonly string[];
  readonly changes: readonly Change[];
  /** Where the stack files are; undefined for this project. */
  readonly directory: string | undefined;
}

/** A command line that can't be understood: exit code 2. */
export class UsageError extends Error {}

export const help = `Shows the resources that a stack would create. No account, no Pulumi CLI, no network.

Usage: npm run plan -- STACK... [options]

  STACK                a stack with a file Pulumi.STACK.yaml, such as aws or alibaba; all: each of them
  --config KEY=VALUE   tries a change without touching the file, as \`pulumi config set --path\` would make it;
                       KEY is origin.max, ams:network.zones[2], aws:region ...; may be given again
  --json               one JSON object on standard output and nothing else (npm run --silent plan -- ...)
  -C, --cwd DIR        directory of the stack files
  -h, --help           this text

Exit code: 0 planned, 1 the configuration has faults, 2 the command line has faults.
`;

const withValue = {
  "--config": "key=value, such as origin.max=20",
  "-C": "a directory",
  "--cwd": "a directory",
} as const;

export function parseArguments(words: readonly string[]): Arguments {
  const stacks: string[] = [];
  const changes: Change[] = [];
  const flags = new Set<string>();
  let directory: string | undefined;
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, name = word, glued] = /^(--[a-z]+)=(.*)$/s.exec(word) ?? [];
    if (isKeyOf(withValue, name)) {
      const value = glued ?? rest.shift();
      if (value === undefined) throw new UsageError(`${name} needs ${withValue[name]}`);
      if (name === "--config") changes.push(toChange(value));
      else directory = value;
    } else if (["--json", "-h", "--help"].includes(word)) flags.add(word);
    else if (word.startsWith("-")) throw new UsageError(`unknown option ${word}`);
    else stacks.push(word);
  }
  return { help: flags.has("-h") || flags.has("--help"), json: flags.has("--json"), stacks, changes, directory };
}

const isKeyOf = <T extends object>(table: T, key: PropertyKey): key is keyof T => Object.hasOwn(table, key);

function toChange(text: string): Change {
  try {
    return parseChange(text);
  } catch (error) {
    if (error instanceof ChangeError) throw new UsageError(error.message);
    throw error;
  }
}

/** The stacks' names, `all` replaced by those that have a file. */
export function chooseStacks(asked: readonly string[], known: readonly string[]): readonly string[] {
  const list = known.length === 0 ? "no stack files here" : `the stacks here are ${known.join(", ")}`;
  if (asked.length === 0) throw new UsageError(`which stack? ${list}; all shows each of them`);
  const unknown = asked.find((name) => name !== "all" && !known.includes(name));
  if (unknown !== undefined || known.length === 0)
    throw new UsageError(`no file Pulumi.${unknown ?? "*"}.yaml; ${list}`);
  return [...new Set(asked.flatMap((name) => (name === "all" ? known : [name])))];
}
