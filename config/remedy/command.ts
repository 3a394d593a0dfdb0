/** Commands that change a stack's configuration, to be pasted into bash and zsh as they are. */

type Simple = string | number | boolean;

/** A text as one word of a shell's command: in quotes unless it has only signs that no shell reads. */
export const shellWord = (text: string): string =>
  /^[\w./:@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

const isNested = (path: string): boolean => /[.[]/.test(path);

/** Below the top level, `pulumi config set` makes numbers and truths of texts that look like them. */
const looksTyped = (value: Simple): boolean => typeof value === "string" && /^(true|false|0|-?[1-9]\d*)$/.test(value);

export function setCommand(path: string, value: Simple): string {
  const flags = isNested(path) ? (looksTyped(value) ? " --path --type string" : " --path") : "";
  const word = shellWord(String(value));
  return `pulumi config set${flags} ${shellWord(path)} ${word.startsWith("-") ? "-- " : ""}${word}`;
}

export const removeCommand = (path: string): string =>
  `pulumi config rm ${isNested(path) ? "--path " : ""}${shellWord(path)}`;

/** Asks for the secret, or reads it from a file. */
export const secretCommand = (key: string, file?: string): string =>
  `pulumi config set --secret ${shellWord(`ams:${key}`)}${file === undefined ? "" : ` < ${file}`}`;

/** One after the other, on one line. */
export const inOrder = (...commands: readonly string[]): string => commands.join(" && ");

/** Sets a list or a group value by value, which is the only way that `pulumi config set` has for them. */
export function assignCommand(path: string, value: unknown): string {
  const leaves = leavesOf(path, value);
  return leaves.length === 0 ? removeCommand(path) : inOrder(...leaves.map((leaf) => setCommand(...leaf)));
}

/** The values below a path, each with its own path. */
export function leavesOf(path: string, value: unknown): readonly (readonly [path: string, value: Simple])[] {
  if (Array.isArray(value)) return value.flatMap((part, index) => leavesOf(stepInto(path, index), part));
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([key, part]) => leavesOf(stepInto(path, key), part));
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? [[path, value]] : [];
}

/** A path one step deeper, as `pulumi config set --path` takes it: `.name`, `[2]`, `["any text"]`. */
export function stepInto(path: string, step: string | number): string {
  if (typeof step === "number") return `${path}[${step}]`;
  if (!/^[\w-]+$/.test(step)) return `${path}[${JSON.stringify(step)}]`;
  return path.endsWith(":") ? `${path}${step}` : `${path}.${step}`;
}

export const setPath = (path: string, value: unknown): string => `Set it with: ${assignCommand(path, value)}`;
export const removePath = (path: string): string => `Remove it with: ${removeCommand(path)}`;
export const setSecret = (key: string, file?: string): string => `Set it with: ${secretCommand(key, file)}`;

/** More on one line help nobody. */
export const mostCommands = 6;

/** Removes the values of a list that are above the number that is allowed, from its end. */
export function shortenPath(path: string, length: number, allowed: number): string {
  const surplus = Array.from({ length: length - allowed }, (_, index) => `${path}[${length - 1 - index}]`);
  return removeOf(path, surplus);
}

/** Removes some of the values of a group or list, or all of it where they are too many. */
export const removeOf = (path: string, surplus: readonly string[]): string =>
  `Remove it with: ${surplus.length > mostCommands ? removeCommand(path) : inOrder(...surplus.map(removeCommand))}`;

/** Sets a certificate's text from its file. */
export const pemCommand = (path: string, file: string): string =>
  `pulumi config set --path ${shellWord(path)} -- "$(cat ${file})"`;
