import type { PolicyResource } from "@pulumi/policy";
import { type Fields, isFields, isUnknown, type Plain } from "../../recording/read/plain.ts";
import { documentsOf, withDocuments } from "../documents.ts";
import type { Resource } from "../rule.ts";

/** What the engine shows a pack of a resource: its outputs, and what each property was made from. */
export interface Seen {
  readonly type: PolicyResource["type"];
  readonly name: PolicyResource["name"];
  readonly urn: PolicyResource["urn"];
  /** Reading what isn't known yet throws. */
  readonly props: object;
  readonly propertyDependencies: Readonly<Record<string, readonly Seen[]>>;
}

/** Inputs of resources by URN, as the program gave them and the provider completed them. */
export type Inputs = ReadonlyMap<string, Fields>;

/**
 * The engine's resources as the rules know them. What the rules judge is inputs: outputs have values of the provider's
 * own in them, such as a hash in place of user data. A reference is an id there, known or not; the rules follow
 * references as a recording has them, `{ unknown: "URN.id" }`, which the property's dependencies tell.
 */
export function toResources(stack: readonly Seen[], inputs: Inputs): readonly Resource[] {
  const account = accountOf(stack);
  const documents = stack
    .filter(({ type }) => type.startsWith("antmedia:cluster:"))
    .map(({ props }) => documentsOf(readFields(props)));
  return stack.map((seen) => {
    const props = withoutAccount(toFields(seen, inputs), account);
    const resource = { type: seen.type, name: seen.name, urn: seen.urn, props };
    return documents.reduce<Resource>((one, some) => withDocuments(one, some), resource);
  });
}

/** The account that the stack's own roles and keys are of, once there are any. */
function accountOf(stack: readonly Seen[]): string | undefined {
  for (const { type, props } of stack) {
    if (!/^aws:(iam|kms|secretsmanager|lb)\//.test(type)) continue;
    const { arn } = readFields(props);
    const account = /^arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}):/.exec(String(arn))?.[1];
    if (account !== undefined) return account;
  }
  return undefined;
}

/** What documents say of the stack's own account, as a plan has it: nothing that could be another's. */
function withoutAccount(props: Fields, account: string | undefined): Fields {
  if (account === undefined) return props;
  const bare = mapLeaves(props, (one) =>
    typeof one === "string" && one.includes('"Statement"') ? one.replaceAll(account, "{account}") : one,
  );
  return isFields(bare) ? bare : props;
}

function toFields({ urn, props, propertyDependencies }: Seen, inputs: Inputs): Fields {
  return Object.fromEntries(
    Object.entries(inputs.get(urn) ?? readFields(props))
      // The providers' own remarks, such as which values are defaults.
      .filter(([key]) => !key.startsWith("__"))
      .map(([key, value]) => [key, withReferences(value, propertyDependencies[key] ?? [])]),
  );
}

/** Properties as the engine hands them over, in plain form. */
export function readFields(props: object): Fields {
  const fields = plain(props);
  return isFields(fields) ? fields : {};
}

const nobodyKnows: Plain = { unknown: "" };

function plain(value: unknown): Plain {
  if (typeof value !== "object" || value === null) return leaf(value);
  const part = (key: string): Plain => {
    try {
      return plain(Reflect.get(value, key));
    } catch {
      // How @pulumi/policy says that a value isn't known during this preview.
      return nobodyKnows;
    }
  };
  const keys = Object.keys(value);
  return Array.isArray(value) ? keys.map(part) : Object.fromEntries(keys.map((key) => [key, part(key)]));
}

const leaf = (value: unknown): Plain =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;

function withReferences(value: Plain, sources: readonly Seen[]): Plain {
  if (sources.length === 0) return value;
  const resolved = byIdentifier(value, sources.flatMap(identifiersOf));
  const hinted = byName(resolved, sources);
  if (hinted !== undefined) return hinted;
  const queue = guesses(resolved, sources);
  return mapLeaves(resolved, (one) => (isUnknown(one) && one === nobodyKnows ? (queue.shift() ?? one) : one));
}

/** Names of properties that take ids of one type alone, where a list of objects has several. */
const hints: Readonly<Record<string, RegExp>> = {
  vswitchId: /:Switch$/,
  subnetId: /:Subnet$/,
  allocationId: /:Eip(Address)?$/,
};

/** References for unknown values of such names, in the order of the dependencies; undefined where their numbers differ. */
function byName(value: Plain, sources: readonly Seen[]): Plain | undefined {
  if (new Set(sources.map(({ type }) => type)).size < 2) return undefined;
  const used = new Map<string, number>();
  const fill = (one: Plain, key: string): Plain => {
    if (Array.isArray(one)) return one.map((part: Plain) => fill(part, key));
    if (isFields(one) && one !== nobodyKnows)
      return Object.fromEntries(Object.entries(one).map(([name, part]) => [name, fill(part, name)]));
    const hint = hints[key];
    const fitting = hint === undefined ? [] : sources.filter(({ type }) => hint.test(type));
    const place = used.get(key) ?? 0;
    used.set(key, place + 1);
    const source = fitting[place];
    return one === nobodyKnows && source !== undefined ? { unknown: `${source.urn}.id` } : one;
  };
  const filled = fill(value, "");
  const matches = Object.entries(hints).every(([key, hint]) => {
    const count = sources.filter(({ type }) => hint.test(type)).length;
    return !used.has(key) || used.get(key) === count;
  });
  return matches && used.size > 0 ? filled : undefined;
}

/** An identifier that the cloud gave a resource, and the reference that it stands for. */
interface Identifier {
  readonly text: string;
  readonly urn: string;
  readonly name: string;
  readonly property: string;
}

function identifiersOf({ urn, name, props }: Seen): readonly Identifier[] {
  return Object.entries(readFields(props)).flatMap(([property, text]) =>
    typeof text === "string" && text !== "" && /^(id|arn|name|bucket)$|(Id|Arn|Name)$/.test(property)
      ? [{ text, urn, name, property }]
      : [],
  );
}

/** Known ids become references; within a longer text, such as a policy's, they become `{name.property}`. */
function byIdentifier(value: Plain, identifiers: readonly Identifier[]): Plain {
  const long = identifiers.filter(({ property }) => property === "arn");
  return mapLeaves(value, (one) => {
    if (typeof one !== "string") return one;
    const whole = identifiers.find(({ text }) => text === one);
    if (whole !== undefined) return { unknown: `${whole.urn}.${whole.property}` };
    return long.reduce((text, found) => text.replaceAll(found.text, `{${found.name}.${found.property}}`), one);
  });
}

/**
 * References for what isn't known yet, where the dependencies leave no doubt: there is one, or there are as many of one
 * type as there are unknown values.
 */
function guesses(value: Plain, sources: readonly Seen[]): Plain[] {
  const count = leavesOf(value).filter((one) => one === nobodyKnows).length;
  const references = sources.map(({ urn }) => ({ unknown: `${urn}.id` }));
  const [first] = references;
  if (first !== undefined && references.length === 1) return Array.from({ length: count }, () => first);
  const alike = new Set(sources.map(({ type }) => type)).size === 1;
  return alike && references.length === count ? references : [];
}

function leavesOf(value: Plain): readonly Plain[] {
  return typeof value !== "object" || value === null || isUnknown(value)
    ? [value]
    : Object.values(value).flatMap(leavesOf);
}

function mapLeaves(value: Plain, change: (leaf: Plain) => Plain): Plain {
  if (typeof value !== "object" || value === null || isUnknown(value)) return change(value);
  if (Array.isArray(value)) return value.map((one: Plain) => mapLeaves(one, change));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapLeaves(one, change)]));
}
