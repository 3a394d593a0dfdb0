import { stepInto } from "./remedy/command.ts";
import { inPasteOrder } from "./remedy/paste-order.ts";

/** One thing that is wrong with the configuration: where it stands, what came, what is allowed, what to do. */
export interface Fault {
  /** Key path as a person types it, e.g. `ams:origin.max` or `aws:region`. */
  readonly path: string;
  readonly got: string;
  readonly allowed: string;
  readonly fix: string;
  /** Values that the key's own form takes, the likeliest first. */
  readonly remedies?: readonly Remedy[];
  /** The key that an unknown one probably means: what its own absence breaks is not another fault. */
  readonly meant?: string;
}

/** A value in place of the wrong one, with the command that sets it. */
export interface Remedy {
  /** The section's name, then the steps below it. */
  readonly at: readonly PropertyKey[];
  readonly value: unknown;
  readonly fix: string;
}

/** Texts that give themselves away as secrets, whatever key they stand under: a private key, a password in a URL. */
const secretTexts = [
  /PRIVATE KEY/,
  /:\/\/[^/\s@]{1,500}@/,
  // A slash in the password, which should be %2F; but no port with a path that has an @ in it.
  /:\/\/[^\s/@:]{1,253}:(?!\d{1,5}\/)[^\s@]{0,500}@/,
] as const;

/** USER:PASSWORD@ without a scheme: not always a secret, and never shown. Bounded, as a text may have a million letters. */
const credentials = /[^\s/:@]:[^\s@]{0,500}@/;

/** Keys whose values are nobody's business, in whatever place somebody put them; `secretStore` is none. */
const secretNames = /(password|secret|token|licenceKey|certificateKey|databaseUrl|databaseTlsKey|logHeaders)("\])?$/i;

export const isSecretText = (text: string): boolean => secretTexts.some((pattern) => pattern.test(text));

const isHidden = (text: string): boolean => isSecretText(text) || credentials.test(text);

/** Control characters, marks that turn the direction of writing, halves of characters: escaped, as JSON escapes some. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (sign) =>
    sign.split("").reduce((all, unit) => `${all}\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`, ""),
  );
}

/** `got` of a key that is not set. */
export const absent = "not set";

const longestShown = 80;

/** A value as a fault shows it: JSON, cut at 80 characters, strings in quotes, without secrets; an absent one is `absent`. */
export function show(value: unknown, key = ""): string {
  if (value === undefined) return absent;
  if (secretNames.test(key)) return "a value that may be a secret";
  if (typeof value === "string" && isHidden(value)) return "text that contains a secret";
  const text = printable(JSON.stringify(value, hideSecrets) ?? String(value));
  const letters = Array.from(text.slice(0, 4 * longestShown));
  return letters.length > longestShown ? `${letters.slice(0, longestShown - 3).join("")}...` : text;
}

/** Whether a value is one that a fault shows in part or not at all. */
export const hasSecret = (value: unknown, key: string): boolean =>
  secretNames.test(key) ||
  (typeof value === "string" && isHidden(value)) ||
  JSON.stringify(value, hideSecrets) !== JSON.stringify(value);

function hideSecrets(key: string, value: unknown): unknown {
  const isSecret = secretNames.test(key) || (typeof value === "string" && isHidden(value));
  if (isSecret) return "(hidden)";
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [isHidden(name) ? "(hidden)" : name, part]));
}

/** A key as a fault names it: somebody may have put a secret there. */
export const shownKey = (key: string): string => (isHidden(key) ? "(hidden)" : key);

/** A path one step deeper, without what may be a secret. */
export const shownStep = (path: string, step: PropertyKey): string =>
  printable(stepInto(path, typeof step === "number" ? step : shownKey(String(step))));

export function formatFault(fault: Fault): string {
  const got = fault.got.startsWith("not ") ? fault.got : `got ${fault.got}`;
  return `${fault.path}: ${got}; allowed: ${fault.allowed}. ${fault.fix}`;
}

/** More help nobody: they have one cause. */
const mostTold = 50;

/** Every fault of a configuration at once, in the order of their remedies, the first 50 in words; thrown before the first resource is made. */
export class ConfigError extends Error {
  readonly faults: readonly Fault[];
  constructor(found: readonly Fault[]) {
    const faults = inPasteOrder(found);
    const count = faults.length === 1 ? "1 error" : `${faults.length} errors`;
    const told = faults.slice(0, mostTold).map((fault) => `  - ${formatFault(fault)}`);
    const rest = faults.length > mostTold ? [`  and ${faults.length - mostTold} more`] : [];
    super([`the configuration has ${count}; no resources were created:`, ...told, ...rest].join("\n"));
    this.name = "ConfigError";
    this.faults = faults;
    // The program's user reads the faults; where in the program they were found is of no use to them.
    this.stack = this.message;
  }
}
