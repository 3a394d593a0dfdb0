import { type Fault, shownStep } from "./fault.ts";
import { removePath } from "./remedy/command.ts";

/** Far above what the schema can hold, and small enough that reading, judging and telling it takes no time. */
export const limits = { depth: 16, entries: 5000, keyLength: 256, textLength: 131_072 } as const;

interface Place {
  readonly value: unknown;
  /** Of the top-level key that it stands under. */
  readonly path: string;
  readonly depth: number;
}

/**
 * The first thing that is too deep, too long or too much among the values of a configuration, as one short fault, before
 * anything else looks at them. Walks without recursion, and no further than to a limit.
 */
export function checkLimits(values: Readonly<Record<string, unknown>>): Fault | undefined {
  let [entries, letters] = [0, 0];
  const places: Place[] = [{ value: values, path: "ams:", depth: 0 }];
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const { value, path, depth } = place;
    if (typeof value === "string") letters += value.length;
    if (letters > limits.textLength)
      return tooMuch(path, "more text", `up to ${limits.textLength} characters in total`);
    if (typeof value !== "object" || value === null) continue;
    if (depth > limits.depth)
      return tooMuch(path, "more nesting levels", `up to ${limits.depth} levels of objects and lists`);
    const keys = Object.keys(value);
    entries += keys.length;
    if (entries > limits.entries) return tooMuch(path, "more values", `up to ${limits.entries} values in total`);
    for (const key of keys) {
      letters += key.length;
      if (key.length > limits.keyLength)
        return tooMuch(path, "a longer key", `keys of up to ${limits.keyLength} characters`);
      const inner = depth === 0 ? shownStep(path, key) : path;
      places.push({ value: Reflect.get(value, key), path: inner, depth: depth + 1 });
    }
  }
  return undefined;
}

const tooMuch = (path: string, got: string, allowed: string): Fault => ({
  path,
  got: `${got} than a configuration can contain`,
  allowed,
  fix: path === "ams:" ? "List the keys with: pulumi config" : removePath(path),
});
