/** One thing that is wrong with the configuration: where it stands, what came, what is allowed, what to do. */
export interface Fault {
  /** Key path as a person types it, e.g. `ams:origin.max` or `aws:region`. */
  readonly path: string;
  readonly got: string;
  readonly allowed: string;
  readonly fix: string;
}

/** Texts that give themselves away as secrets, whatever key they stand under: a private key, a password in a URL. */
const secretTexts = [/PRIVATE KEY/, /:\/\/[^/\s@]+@/] as const;

/** Keys whose values are nobody's business, in whatever place somebody put them; `secretStore` is none. */
const secretNames = /(password|secret|token|licenceKey|certificateKey|databaseUrl|databaseTlsKey)("\])?$/i;

export const isSecretText = (text: string): boolean => secretTexts.some((pattern) => pattern.test(text));

/** Control characters, marks that turn the direction of writing, halves of characters: escaped, as JSON escapes some. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (sign) =>
    sign.split("").reduce((all, unit) => `${all}\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`, ""),
  );
}

const longestShown = 80;

/** A value as a fault shows it: JSON, cut at 80 characters, strings in quotes, without secrets; an absent one is "nothing". */
export function show(value: unknown, key = ""): string {
  if (value === undefined) return "nothing";
  if (secretNames.test(key)) return "a value that may be a secret";
  if (typeof value === "string" && isSecretText(value)) return "a text with a secret in it";
  const text = printable(JSON.stringify(value, hideSecrets) ?? String(value));
  const letters = Array.from(text);
  return letters.length > longestShown ? `${letters.slice(0, longestShown - 3).join("")}...` : text;
}

function hideSecrets(key: string, value: unknown): unknown {
  const isSecret = secretNames.test(key) || (typeof value === "string" && isSecretText(value));
  return isSecret ? "(hidden)" : value;
}

/** A path one step deeper, as `pulumi config set --path` takes it: `.name`, `[2]`, `["any text"]`. */
export function stepInto(path: string, step: PropertyKey): string {
  if (typeof step === "number") return `${path}[${step}]`;
  const name = String(step);
  if (/^[\w-]+$/.test(name)) return path.endsWith(":") ? `${path}${name}` : `${path}.${name}`;
  return `${path}[${printable(JSON.stringify(name))}]`;
}

/** A path as a word of a shell's command. */
export const shellWord = (path: string): string => (/["'\s]/.test(path) ? `'${path.replaceAll("'", "'\\''")}'` : path);

export function formatFault(fault: Fault): string {
  return `${fault.path}: got ${fault.got}; allowed: ${fault.allowed}. ${fault.fix}`;
}

/** Every fault of a configuration at once; thrown before the first resource is made. */
export class ConfigError extends Error {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
    super(
      `the configuration has ${count}; nothing was made:\n${faults.map((f) => `  - ${formatFault(f)}`).join("\n")}`,
    );
    this.name = "ConfigError";
    this.faults = faults;
    // The program's user reads the faults; where in the program they were found is of no use to them.
    this.stack = this.message;
  }
}
