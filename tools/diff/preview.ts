import { UsageError, reasonOf } from "../cli/faults.ts";
import { Secret, Unknown, type Value } from "../../recording/value.ts";
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
  const steps = stepsOf(text);
  const byUrn = new Map<string, Json[]>();
  for (const step of steps) byUrn.set(String(step["urn"]), [...(byUrn.get(String(step["urn"])) ?? []), step]);
  const resources = [...byUrn].flatMap(([urn, own]) => toChange(urn, own) ?? []);
  const isSame = (own: readonly Json[]) => own.every(({ op }) => op === "same");
  const sames = [...byUrn].filter(([urn, own]) => isSame(own) && isCustom(typeOf(urn))).length;
  const stack = [...byUrn.keys()][0]?.split(":")[2] ?? "preview";
  return { diff: { stack, resources, same: sames === 0 ? undefined : sames, notes: [] }, groups: groupNames(steps) };
}

function stepsOf(text: string): readonly Json[] {
  let preview: unknown;
  try {
    preview = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`is no JSON: ${reasonOf(error)}`);
  }
  const steps = isJson(preview) ? preview["steps"] : undefined;
  // A stack without resources has no steps at all.
  if (steps === undefined && isJson(preview) && isJson(preview["changeSummary"])) return [];
  if (!Array.isArray(steps)) throw new UsageError("is not what `pulumi preview --json` prints: there are no steps");
  return steps.filter(isJson);
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
