import type { Exception } from "../../config/types.ts";
import { Secret, Unknown, type Value } from "../../recording/value.ts";
import { type Stated, statedForm } from "../cost/stated.ts";

export type Fields = Readonly<Record<string, Value>>;

/** What the program says about a resource beside its inputs. */
export interface Options {
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  /** Former names and URNs. */
  readonly aliases: readonly string[];
}

export interface PlannedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: Fields;
  readonly options: Options;
  /** For each input that is a secret: what it is made of, as `name.property`; never a value. */
  readonly secrets: Readonly<Record<string, readonly string[]>>;
  /** For each such input: a hash of what stands around these parts. Older revisions' plans have none. */
  readonly fingerprints: Readonly<Record<string, string>>;
}

export interface PlannedStack {
  readonly stack: string;
  readonly cloud: string;
  /** Without components, in the order in which the program makes them. */
  readonly resources: readonly PlannedResource[];
  /** What the stack lets pass of the policy's findings. */
  readonly exceptions?: readonly Exception[];
  /** What the stack says of its cost; older revisions' plans have none. */
  readonly stated?: Stated;
}

type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a provider makes it: components and the stack itself have no cloud behind them. */
export const isCustom = (type: string): boolean => !/^(antmedia|pulumi):/.test(type);

/** What `plan --json` printed, of this revision or of an older one. */
export function readPlan(text: string): readonly PlannedStack[] {
  const plan: unknown = JSON.parse(text);
  const stacks = isJson(plan) ? plan["stacks"] : undefined;
  if (!Array.isArray(stacks)) throw new Error("a plan without stacks");
  return stacks.filter(isJson).map((stack) => ({
    stack: String(stack["stack"]),
    cloud: String(stack["cloud"]),
    resources: list(stack["resources"])
      .filter(isJson)
      .map(toResource)
      .filter(({ type }) => isCustom(type)),
    exceptions: list(stack["exceptions"]).filter(isJson).map(toException),
    ...toStated(stack["stated"]),
  }));
}

/** This revision's own form alone: what another one says otherwise is left out. */
function toStated(raw: unknown): Pick<PlannedStack, "stated"> {
  const { success, data } = statedForm.safeParse(raw);
  return success ? { stated: data } : {};
}

function toException({ rule, resource, reason, until }: Json): Exception {
  const scope = resource === undefined ? {} : { resource: String(resource) };
  return { rule: String(rule), ...scope, reason: String(reason), until: String(until) };
}

function toResource(raw: Json): PlannedResource {
  const options = isJson(raw["options"]) ? raw["options"] : {};
  const secrets = isJson(options["secrets"]) ? options["secrets"] : {};
  const fingerprints = isJson(options["fingerprints"]) ? options["fingerprints"] : {};
  return {
    urn: String(raw["urn"]),
    type: String(raw["type"]),
    name: String(raw["name"]),
    inputs: reviveFields(raw["inputs"]),
    options: {
      protect: options["protect"] === true,
      retainOnDelete: options["retainOnDelete"] === true,
      ignoreChanges: list(options["ignoreChanges"]).map(String),
      replaceOnChanges: list(options["replaceOnChanges"]).map(String),
      aliases: list(options["aliases"])
        .map(String)
        .filter((alias) => alias !== ""),
    },
    secrets: Object.fromEntries(Object.entries(secrets).map(([key, parts]) => [key, list(parts).map(String)])),
    fingerprints: Object.fromEntries(Object.entries(fingerprints).map(([key, hash]) => [key, String(hash)])),
  };
}

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function reviveFields(raw: unknown): Fields {
  return isJson(raw) ? Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, revive(value)])) : {};
}

/** The inverse of how secrets and unknown values print themselves. */
function revive(raw: unknown): Value {
  if (raw === "[secret]") return new Secret(null);
  if (typeof raw === "string" || typeof raw === "number" || typeof raw === "boolean") return raw;
  if (Array.isArray(raw)) return raw.map(revive);
  if (!isJson(raw)) return null;
  const keys = Object.keys(raw).sort().join();
  const source = raw["unknown"];
  if (typeof source === "string" && (keys === "unknown" || keys === "text,unknown")) {
    return new Unknown([toOrigin(source)], typeof raw["text"] === "string" ? raw["text"] : undefined);
  }
  return reviveFields(raw);
}

/** `urn.property`: the last part of a URN is a name, in which a dot may stand too, but not in a property's own name. */
function toOrigin(source: string): Unknown["origins"][number] {
  const nameAt = source.lastIndexOf("::") + 2;
  const dot = source.indexOf(".", Math.max(nameAt, 0));
  const urn = dot < 0 ? source : source.slice(0, dot);
  return { urn, name: urn.split("::").at(-1) ?? urn, property: dot < 0 ? "" : source.slice(dot + 1), secret: false };
}
