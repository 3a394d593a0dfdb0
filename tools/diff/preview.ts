import { Secret, Unknown, type Value } from "../../recording/value.ts";
import { reasonOf, UsageError } from "../cli/faults.ts";
import { decodeUserData } from "../plan/json.ts";
import type { Operation, PropertyChange, ResourceChange } from "./change.ts";
import type { StackDiff } from "./compare.ts";
import type { GroupNames } from "./firewall.ts";
import { type Fields, isCustom, isJson, list } from "./planned.ts";
import { changesOf, isFields, isList } from "./values.ts";

/** What `pulumi preview --json` printed, as the same summary that a comparison of plans gives. */
export interface Preview {
  readonly diff: StackDiff;
  readonly groups: GroupNames;
}

/** Marks of the engine's wire format (pulumi sdk/go/common/resource/sig.go, plugin/rpc.go). */
const signature = "4dabf18193072939515e22adb298388d";
const unknownTexts = [
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "output<string>",
];

type Json = Readonly<Record<string, unknown>>;

export function readPreview(text: string): Preview {
  const { steps, failures } = partsOf(text);
  const byUrn = new Map<string, Json[]>();
  for (const step of steps) byUrn.set(String(step["urn"]), [...(byUrn.get(String(step["urn"])) ?? []), step]);
  const resources = [...byUrn].flatMap(([urn, own]) => toChange(urn, own) ?? []);
  const isSame = (own: readonly Json[]) => own.every(({ op }) => op === "same");
  const sames = [...byUrn].filter(([urn, own]) => isSame(own) && isCustom(typeOf(urn))).length;
  const [urn = /urn:pulumi:[^:]+::/.exec(text)?.[0]] = byUrn.keys();
  const same = sames === 0 ? undefined : sames;
  const diff = { stack: urn?.split(":")[2] ?? "preview", resources, same, notes: [] };
  const operations = steps.flatMap(otherOperation);
  return {
    diff: { ...diff, ...(failures.length > 0 ? { failures } : {}), ...(operations.length > 0 ? { operations } : {}) },
    groups: groupNames(steps),
  };
}

/** What a preview's file is made with. */
const remedy = "Create the file with: pulumi preview --json > preview.json";

function partsOf(text: string): { readonly steps: readonly Json[]; readonly failures: readonly string[] } {
  let preview: unknown;
  try {
    preview = JSON.parse(text);
  } catch (error) {
    const isMixed = /^\s*[^\s[{]/.test(text);
    const what = isMixed ? "starts with log output instead of JSON" : `is not JSON: ${reasonOf(error)}`;
    throw new UsageError(`the preview ${what}. ${remedy}`);
  }
  if (!isJson(preview)) throw new UsageError(`the file is not the output of a preview. ${remedy}`);
  const failures = failuresIn(preview);
  const { steps } = preview;
  // A stack without resources, and a preview that failed early, have no steps at all.
  if (steps === undefined && (isJson(preview["changeSummary"]) || failures.length > 0)) return { steps: [], failures };
  if (!Array.isArray(steps))
    throw new UsageError(`the file is not the output of \`pulumi preview --json\`: it has no steps. ${remedy}`);
  return { steps: steps.filter(isJson), failures };
}

/** Errors among the diagnostics; a preview that may be corrupt has failed too. */
function failuresIn({ diagnostics, maybeCorrupt }: Json): readonly string[] {
  const errors = list(diagnostics)
    .filter(isJson)
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => String(message).trim());
  return errors.length === 0 && maybeCorrupt === true ? ["error: the preview did not complete"] : errors;
}

const silent = ["same", "read", "read-replacement", "read-discard"];

const known: Readonly<Record<string, string>> = {
  refresh: "refresh: the resource in the cloud differs from the state",
  "discard-replaced": "pending: a read resource that was replaced is discarded",
  "remove-pending-replace": "pending: an earlier replacement is completed",
};

/** A step that creates, updates, replaces and deletes nothing, in words. */
function otherOperation({ op, urn }: Json): readonly string[] {
  const name = String(op);
  if (name in operationsOf || silent.includes(name)) return [];
  const resource = String(urn).split("::").at(-1);
  return [`${known[name] ?? `unknown operation ${name}`}: ${resource}`];
}

const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

const operationsOf: Readonly<Record<string, Operation>> = {
  create: "create",
  import: "create",
  update: "update",
  delete: "delete",
  replace: "replace",
  "create-replacement": "replace",
  "import-replacement": "replace",
  "delete-replaced": "replace",
};

function toChange(urn: string, steps: readonly Json[]): ResourceChange | undefined {
  const type = typeOf(urn);
  const found = steps.map(({ op }) => operationsOf[String(op)]);
  const operation = found.includes("replace") ? "replace" : found.find((candidate) => candidate !== undefined);
  if (operation === undefined || !isCustom(type)) return undefined;
  const states = (key: string) => steps.map((step) => step[key]).find(isJson) ?? {};
  const [before, after] = [
    operation === "create" ? {} : states("oldState"),
    operation === "delete" ? {} : states("newState"),
  ];
  const isGone = operation === "delete" || operation === "replace";
  const inputs = { before: fieldsOf(before, "inputs"), after: fieldsOf(after, "inputs") };
  return {
    operation,
    urn,
    type,
    name: urn.split("::").at(-1) ?? urn,
    ...inputs,
    changes: operation === "update" || operation === "replace" ? changes(steps, before, after) : [],
    isRefused: isGone && before["protect"] === true,
    isRetained: isGone && before["retainOnDelete"] === true,
  };
}

function changes(steps: readonly Json[], before: Json, after: Json): readonly PropertyChange[] {
  const detailed = Object.assign({}, ...steps.map((step) => step["detailedDiff"]).filter(isJson)) as Json;
  const reasons = new Set(steps.flatMap((step) => list(step["replaceReasons"]).map(String)));
  const isForced = (path: string) => reasons.has(path) || reasons.has(path.split(/[.[]/)[0] ?? path);
  if (Object.keys(detailed).length === 0) {
    const found = changesOf(fieldsOf(before, "inputs"), fieldsOf(after, "inputs"), () => false);
    return found.map((change) => ({ ...change, verdict: isForced(change.path) ? "replace" : "update" }));
  }
  return Object.entries(detailed).map(([path, entry]) => {
    const isReplace = isJson(entry) && String(entry["kind"]).endsWith("replace");
    const [was, is] = [stateAt(before, path), stateAt(after, path)];
    return {
      path,
      ...(was === undefined ? {} : { before: was }),
      ...(is === undefined ? {} : { after: is }),
      verdict: isReplace || isForced(path) ? "replace" : "update",
    };
  });
}

/** What the program asked for, or where it asks for nothing, what the cloud said. */
const stateAt = (state: Json, path: string): Value | undefined =>
  at(fieldsOf(state, "inputs"), path) ?? at(fieldsOf(state, "outputs"), path);

/** What stands at a path of the engine's, such as `a[0].b["c.d"]`. */
function at(root: Value, path: string): Value | undefined {
  const steps = [...path.matchAll(/\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? "");
  return steps.reduce<Value | undefined>((value, key) => {
    if (value === undefined) return undefined;
    if (isList(value)) return value[Number(key)];
    return isFields(value) ? value[key] : undefined;
  }, root);
}

function fieldsOf(state: Json, key: string): Fields {
  const raw = state[key];
  if (!isJson(raw)) return {};
  const shown = Object.entries(raw).filter(([name]) => !name.startsWith("__"));
  return decodeUserData(Object.fromEntries(shown.map(([name, value]) => [name, read(value)]))) as Fields;
}

/** A value of the engine's, without what is secret. */
function read(raw: unknown): Value {
  if (typeof raw === "string") return readText(raw);
  if (typeof raw === "number" || typeof raw === "boolean") return raw;
  if (Array.isArray(raw)) return raw.map(read);
  if (!isJson(raw)) return null;
  // Also assets and references carry the signature; none of them is of use in a summary.
  if (signature in raw) return new Secret(null);
  const shown = Object.entries(raw).filter(([name]) => !name.startsWith("__"));
  return Object.fromEntries(shown.map(([key, value]) => [key, read(value)]));
}

function readText(text: string): Value {
  if (text === "[secret]" || /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return new Secret(null);
  return unknownTexts.includes(text) ? new Unknown([], "{known after up}") : text;
}

const groupKeys = ["securityGroupId", "referencedSecurityGroupId", "sourceSecurityGroupId"];

/** Security groups' names by their ids: a rule of a preview has the id alone, but says whose property it came from. */
function groupNames(steps: readonly Json[]): GroupNames {
  const states = steps.flatMap((step) => [step["oldState"], step["newState"]]).filter(isJson);
  const entries = states.flatMap((state) => {
    const inputs = isJson(state["inputs"]) ? state["inputs"] : {};
    const sources = isJson(state["propertyDependencies"]) ? state["propertyDependencies"] : {};
    return groupKeys.flatMap((key) => {
      const [urn] = list(sources[key]);
      const id = inputs[key];
      return typeof urn === "string" && typeof id === "string" ? [[id, urn.split("::").at(-1) ?? urn] as const] : [];
    });
  });
  return new Map(entries);
}
