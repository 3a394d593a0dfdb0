import { existsSync } from "node:fs";
import type { RecordedResource } from "../record.ts";

/** What a policy finds fault with. */
export interface Finding {
  readonly rule: string;
  readonly name: string;
  readonly message: string;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;

/**
 * Findings of `policy/index.ts`, if it is there: it exports
 * `check(resources: readonly {type, name, props}[]): readonly {rule, name, message}[]`, as the diff tool expects it.
 */
export async function findingsOn(resources: readonly RecordedResource[]): Promise<readonly Finding[] | undefined> {
  const url = new URL("../../policy/index.ts", import.meta.url);
  if (!existsSync(url)) return undefined;
  const policy: unknown = await import(url.href);
  const check = isFields(policy) ? policy["check"] : undefined;
  if (typeof check !== "function") return undefined;
  const made = resources.filter(({ custom }) => custom);
  const found: unknown = await check(made.map(({ type, name, inputs }) => ({ type, name, props: inputs })));
  const list: readonly unknown[] = Array.isArray(found) ? found : [];
  return list.filter(isFields).map(({ rule, name, message }) => ({
    rule: String(rule),
    name: String(name),
    message: String(message),
  }));
}
