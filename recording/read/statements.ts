import { perStack } from "./links.ts";
import { type Fields, type Found, isFields, isUnknown, listAt, type Plain, type Resource, valueAt } from "./plain.ts";

/** Policy documents of both clouds, which share one form. */

/** One statement that allows something. */
export interface Grant {
  readonly on: Resource;
  readonly actions: readonly string[];
  /** What isn't known yet stands in braces, as in `{ams-aws-secrets-media.arn}`. */
  readonly resources: readonly string[];
  /** Under which it applies; empty without any. */
  readonly condition: Fields;
  /** Whether it allows all but what it names. */
  readonly inverted: boolean;
}

const documentPaths: Readonly<Record<string, readonly string[]>> = {
  "aws:iam/rolePolicy:RolePolicy": ["policy"],
  "aws:iam/policy:Policy": ["policy"],
  "aws:iam/role:Role": ["inlinePolicies[].policy"],
  "aws:iam/userPolicy:UserPolicy": ["policy"],
  "alicloud:ram/policy:Policy": ["policyDocument", "document"],
};

export const policyTypes: readonly string[] = Object.keys(documentPaths);

export const grantsOf = perStack((all): readonly Grant[] =>
  all.flatMap((on) =>
    (documentPaths[on.type] ?? [])
      .flatMap((path) => listAt(on.props, path))
      .flatMap(statementsOf)
      .filter(({ Effect }) => Effect === "Allow")
      .map((statement) => ({
        on,
        actions: textsOf(statement["Action"]),
        resources: textsOf(statement["Resource"]),
        condition: isFields(statement["Condition"]) ? statement["Condition"] : {},
        inverted: "NotAction" in statement || "NotResource" in statement,
      })),
  ),
);

/** Statements of a document that is an object, JSON, or JSON with unknown ids in it. */
export function statementsOf(document: Found): readonly Fields[] {
  const text = isUnknown(document)
    ? valueAt(isFields(document) ? { text: document["text"] ?? null } : {}, "text")
    : document;
  if (text === undefined || text === null) return [];
  const parsed: Plain = typeof text === "string" ? parse(text) : text;
  const statements = valueAt(parsed, "Statement");
  const list: readonly Plain[] = Array.isArray(statements) ? statements : statements === undefined ? [] : [statements];
  return list.filter(isFields);
}

function parse(text: string): Plain {
  try {
    return JSON.parse(text);
  } catch {
    // Cut by an unknown value in a place that isn't a text; nothing can be said about it.
    return null;
  }
}

/** Whether a statement is about everybody: `*` alone, or as an account. */
export function isEverybody(principal: Found): boolean {
  const names = isFields(principal) ? Object.values(principal).flatMap(textsOf) : textsOf(principal);
  return names.includes("*");
}

/** One text or a list of them. */
export const textsOf = (value: Found): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string").map(String);
