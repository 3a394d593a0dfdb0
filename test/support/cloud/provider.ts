import { createHash } from "node:crypto";
import { attributesOf } from "../../../recording/provider-schema.ts";
import {
  changedByUpdate,
  protectedBy,
  refusedCombination,
  refusedTime,
  refusedUpdate,
  reservedNames,
  special,
} from "./behaviour.ts";
import { applyChecks, checksOf, replaces } from "./checks.ts";
import { computedKeys, computedOutputs, newId, type Origin } from "./computed.ts";
import { differences } from "./difference.ts";
import { filledIn } from "./filled.ts";
import { machinesOf, refreshed, refreshType } from "./instance-refresh.ts";
import type { ResourceSchema } from "./schema.ts";
import type { Sdk } from "./sdk.ts";
import { joined, refusedJoin } from "./shared-bandwidth.ts";
import type { Standing, Store } from "./store.ts";
import { type Failure, validate } from "./validate.ts";
import { same, stringsIn, type Unwrapped, unknown, type Values } from "./wire.ts";

/** Refused by the cloud, with the reason as the engine shows it. */
export class Refused extends Error {}

export interface Changes {
  readonly changed: readonly string[];
  readonly replacing: readonly string[];
  readonly deleteFirst: boolean;
}

/** One provider of the stand-in cloud: what the engine asks, answered from the SDK's declarations and the store. */
export class StandInProvider {
  readonly sdk: Sdk;
  readonly store: Store;
  region = "stand-in-1";

  constructor(sdk: Sdk, store: Store) {
    this.sdk = sdk;
    this.store = store;
  }

  private schema(token: string): ResourceSchema {
    const schema = this.sdk.resource(token);
    if (schema === undefined)
      throw new Refused(`unknown resource type ${token} in ${this.sdk.name} ${this.sdk.version}`);
    return schema;
  }

  check(
    urn: string,
    before: Values,
    given: Values,
    seed: Uint8Array,
  ): { inputs: Values; failures: readonly Failure[] } {
    const token = typeOf(urn);
    const schema = this.schema(token);
    const inputs = withName(schema, urn, before, given, seed);
    const failures = [
      ...validate(schema, inputs, Object.keys(checksOf(token).oneOf ?? {})),
      ...applyChecks(token, inputs),
      ...refusedCombination(token, inputs),
    ];
    return { inputs, failures };
  }

  /** `before`: the inputs of the last time; `state`: what was read since. */
  diff(urn: string, before: Values, after: Values, state: Values): Changes {
    const token = typeOf(urn);
    const schema = this.schema(token);
    const attributes = attributesOf(token) ?? {};
    const found = differences(attributes, after, state, this.sdk.name === "alicloud" ? "strict" : "matching");
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => !key.startsWith("__"));
    // What the schemas' data do not have is compared with the inputs of the last time.
    const others = keys.filter((key) => attributes[key] === undefined && !same(before[key], after[key]));
    const changed = [...found.keys(), ...others];
    // A random value is never changed in place.
    const replacing = changed.filter(
      (key) =>
        this.sdk.name === "random" ||
        found.get(key)?.forcesNew === true ||
        replaces(token, schema.inputs, key, before, after),
    );
    const named =
      after["name"] !== undefined && after["__defaults"] === undefined && same(before["name"], after["name"]);
    return { changed, replacing, deleteFirst: replacing.length > 0 && named };
  }

  create(urn: string, { values: inputs, secrets }: Unwrapped, preview: boolean): Standing {
    const type = typeOf(urn);
    const schema = this.schema(type);
    const marked = [...new Set([...secrets, ...schema.secretOutputs])];
    if (preview)
      return { id: "", type, urn, inputs, outputs: { ...inputs, ...unknowns(schema, inputs) }, secrets: marked };
    this.refuseReferences(inputs);
    this.refuseTakenNames(type, inputs);
    const refusal = refusedTime(type, inputs) ?? refusedJoin(type, inputs, this.store.all());
    if (refusal !== undefined) throw new Refused(refusal);
    const origin: Origin = {
      pack: this.sdk.name,
      region: String(inputs["region"] ?? this.region),
      schema,
      inputs,
      seed: `${urn}#${this.store.nextSerial()}`,
    };
    const id = newId(origin);
    if (this.store.find(type, id) !== undefined) throw new Refused(`${type} ${id} already exists`);
    const outputs = { ...computedOutputs(origin, id), ...filledIn(type, inputs), ...special(type, inputs) };
    if (type === refreshType) this.startRefresh(inputs);
    for (const other of joined(type, inputs, this.store.all())) this.store.put(other);
    const standing = { id, type, urn, inputs, outputs, secrets: marked, ...machinesOf({ type, inputs }) };
    this.store.put(standing);
    return standing;
  }

  private startRefresh(inputs: Values): void {
    const group = refreshed(inputs, this.store.all());
    if (typeof group === "string") throw new Refused(`StartInstanceRefresh: ${group}`);
    this.store.put(group);
  }

  update(urn: string, id: string, { values: inputs, secrets }: Unwrapped, preview: boolean): Standing {
    const type = typeOf(urn);
    const standing = this.store.find(type, id);
    if (standing === undefined) throw new Refused(`${type} ${id} does not exist`);
    const removed = Object.keys(standing.inputs).filter((key) => inputs[key] === undefined);
    const kept = Object.entries(standing.outputs).filter(([key]) => !removed.includes(key));
    const different = this.diff(urn, standing.inputs, inputs, standing.outputs).changed;
    const changed = changedByUpdate(type, different, inputs, standing.outputs);
    const outputs = { ...Object.fromEntries(kept), ...filledIn(type, inputs), ...changed };
    const marked = [...new Set([...secrets, ...this.schema(type).secretOutputs])];
    const tags = "tagsAll" in outputs ? { tagsAll: inputs["tags"] ?? {} } : {};
    const updated = { ...standing, urn, inputs, outputs: { ...outputs, ...tags }, secrets: marked };
    if (preview) return { ...updated, outputs: { ...updated.outputs, ...unknownOf(changed) } };
    this.refuseReferences(inputs);
    const refusal = refusedTime(type, inputs) ?? refusedUpdate(type, different, inputs, standing.outputs);
    if (refusal !== undefined) throw new Refused(refusal);
    this.store.put(updated);
    return updated;
  }

  read(urn: string, id: string): Standing | undefined {
    return this.store.find(typeOf(urn), id);
  }

  delete(urn: string, id: string): void {
    const type = typeOf(urn);
    const standing = this.store.find(type, id);
    if (standing === undefined) return;
    const lock = protectedBy(type, standing.inputs);
    if (lock !== undefined) throw new Refused(`${type} ${id} cannot be deleted: ${lock} is on`);
    const user = isName(standing) ? undefined : this.userOf(standing);
    if (user !== undefined) throw new Refused(`${type} ${id} cannot be deleted: ${user.type} ${user.id} uses it`);
    for (const object of this.store.emptiedWith(standing)) this.store.remove(object, [], false);
    this.store.remove(standing, reservedNames(type, standing.inputs), !isName(standing));
  }

  /** Something else that refers to it by its id. */
  private userOf(standing: Standing): Standing | undefined {
    const gone = [standing, ...this.store.emptiedWith(standing)];
    return this.store.all().find((other) => !gone.includes(other) && stringsIn(other.inputs).includes(standing.id));
  }

  private refuseReferences(inputs: Values): void {
    const lost = stringsIn(inputs).find((text) => this.store.isGone(text));
    if (lost !== undefined) throw new Refused(`${lost} does not exist`);
  }

  private refuseTakenNames(type: string, inputs: Values): void {
    for (const key of checksOf(type).unique ?? []) {
      const name = inputs[key];
      if (typeof name !== "string") continue;
      const taken = this.store.all().some((other) => other.type === type && other.inputs[key] === name);
      if (taken) throw new Refused(`${type} with ${key} ${name} already exists`);
      if (this.store.isReserved(name)) throw new Refused(`a secret named ${name} is already scheduled for deletion`);
    }
  }
}

/** Some types' ids are names: they may be shared by chance, and come back. */
const isName = (standing: Standing): boolean => standing.id === standing.inputs["name"];

/** Type token of a URN: `urn:pulumi:stack::project::parent$type::name`. */
export function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").pop() ?? "";
}

function unknowns(schema: ResourceSchema, inputs: Values): Values {
  const keys = [...computedKeys(schema, inputs).map(([key]) => key), ...schema.secretOutputs];
  return Object.fromEntries(keys.map((key) => [key, unknown]));
}

const unknownOf = (values: Values): Values => Object.fromEntries(Object.keys(values).map((key) => [key, unknown]));

/** The real providers name what the program leaves unnamed: the logical name, a dash and seven hex digits. */
function withName(schema: ResourceSchema, urn: string, before: Values, given: Values, seed: Uint8Array): Values {
  const field = schema.inputs["name"];
  if (field === undefined || field.required || field.deprecated || field.shape.kind !== "string") return given;
  if (given["name"] !== undefined || given["namePrefix"] !== undefined) return given;
  const suffix = createHash("sha256").update(seed).update(urn).digest("hex").slice(0, 7);
  const name = typeof before["name"] === "string" ? before["name"] : `${urn.split("::").pop()}-${suffix}`;
  return { ...given, name, __defaults: ["name"] };
}
