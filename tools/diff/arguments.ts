import { UsageError } from "../plan/arguments.ts";
import { ChangeError, parseChange } from "../stack-file/config-path.ts";

export type Format = "terminal" | "markdown" | "json";

export interface Arguments {
  readonly help: boolean;
  readonly format: Format;
  /** The revision to compare with; undefined for the merge base with main. */
  readonly base: string | undefined;
  /** Stack's name, `all` or `aws` and the like. */
  readonly stack: string;
  /** Changes of the configuration, `key=value`, tried on the newer side. */
  readonly changes: readonly string[];
  /** Two stack files to compare instead of two revisions. */
  readonly files: readonly [string, string] | undefined;
  /** What `pulumi preview --json` printed. */
  readonly preview: string | undefined;
}

export const help = `Shows the effect of a change on both clouds: compares the plans of two revisions. No account, no network.

Usage: npm run diff -- [BASE] [options]

  BASE                 revision to compare the working tree with; default: merge base with main
  --stack NAME         one stack, such as aws or alibaba; all (default): each that either side has a file for
  --config KEY=VALUE   tries a change of the configuration in the working tree; may be given again
  --files A.yaml B.yaml   compares two stack files instead of two revisions
  --preview FILE       reads the output of \`pulumi preview --json\` from FILE; -: standard input. Omits cost and
                       policy findings: a preview lists only changes, and these need the whole stack
  --markdown           for a comment on a pull request: tallies visible, the rest folded, under 64,000 characters
  --json               {"stacks":[{"stack","create":[],"update":[],"replace":[],"delete":[]}]} and nothing else
  -h, --help           this text

replace? marks a change that may replace the resource: the providers' metadata does not say.
NO_COLOR and FORCE_COLOR are respected.

Exit code: 0 compared; 1 the configuration has faults; 2 the command line has faults, or there is nothing to
compare with.
`;

/** Reads the command line; throws a UsageError. */
export function parseArguments(words: readonly string[]): Arguments {
  const rest = [...words];
  const flags = new Set<string>();
  const changes: string[] = [];
  const bases: string[] = [];
  const values = new Map<string, string>();
  let files: readonly [string, string] | undefined;
  const take = (option: string): string => {
    const value = rest.shift();
    if (value === undefined) throw new UsageError(`${option} needs a value`);
    return value;
  };
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, name = word, glued] = /^(--[a-z]+)=(.*)$/s.exec(word) ?? [];
    if (glued !== undefined) rest.unshift(glued);
    if (name === "--files") files = [take(name), take(name)];
    else if (name === "--config") changes.push(checkChange(take(name)));
    else if (name === "--stack" || name === "--preview") values.set(name, take(name));
    else if (["--json", "--markdown", "-h", "--help"].includes(word)) flags.add(word);
    else if (word.startsWith("-")) throw new UsageError(`unknown option ${word}`);
    else bases.push(word);
  }
  const found = {
    help: flags.has("-h") || flags.has("--help"),
    format: formatOf(flags),
    base: bases[0],
    stack: values.get("--stack") ?? "all",
    changes,
    files,
    preview: values.get("--preview"),
  };
  checkTogether(found, bases);
  return found;
}

function formatOf(flags: ReadonlySet<string>): Format {
  if (flags.has("--json") && flags.has("--markdown")) throw new UsageError("--json or --markdown, not both");
  if (flags.has("--json")) return "json";
  return flags.has("--markdown") ? "markdown" : "terminal";
}

/** `key=value` as it is given on to the plan, which reports its faults. */
function checkChange(text: string): string {
  try {
    parseChange(text);
  } catch (error) {
    throw error instanceof ChangeError ? new UsageError(error.message) : error;
  }
  return text;
}

function checkTogether({ files, preview, changes, stack }: Arguments, bases: readonly string[]): void {
  if (bases.length > 1) throw new UsageError(`one base, not ${bases.join(" and ")}`);
  const kinds = [
    bases.length > 0 ? "BASE" : "",
    files === undefined ? "" : "--files",
    preview === undefined ? "" : "--preview",
  ];
  const given = kinds.filter((kind) => kind !== "");
  if (given.length > 1) throw new UsageError(`${given.join(" and ")} don't go together`);
  if (preview !== undefined && changes.length > 0) throw new UsageError("--config can't change a preview");
  if (stack !== "all" && (files !== undefined || preview !== undefined))
    throw new UsageError(`--stack has no meaning with ${files === undefined ? "--preview" : "--files"}`);
}
