import type { Role } from "../../../model/cluster.ts";
import { type RecordedResource, type Recording, Secret, Unknown, type Value } from "../../../recording/record.ts";
import { valueAt } from "../../../recording/value.ts";

/** A recording, with questions that readers ask of it. */
export class Recorded {
  readonly resources: readonly RecordedResource[];

  constructor({ resources }: Recording) {
    this.resources = resources;
  }

  ofType(type: string): readonly RecordedResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The one resource of a type, by its logical name if there may be more. */
  one(type: string, name?: string): RecordedResource {
    const found = this.ofType(type).filter((resource) => name === undefined || resource.name === name);
    const [first] = found;
    if (first === undefined || found.length > 1) throw new Error(`${found.length} of ${type} ${name ?? ""}`);
    return first;
  }

  /** The resource whose output stands at the path. */
  referred(resource: RecordedResource, path: string): RecordedResource {
    const urn = referenceTo(at(resource, path), `${resource.name} ${path}`);
    const found = this.resources.find((other) => other.urn === urn);
    if (found === undefined) throw new Error(`${resource.name} ${path} refers to ${urn}, which is not there`);
    return found;
  }

  /** Those whose output at the path is the resource's. */
  referring(type: string, path: string, to: RecordedResource): readonly RecordedResource[] {
    return this.ofType(type).filter((resource) => {
      const value = valueAt(resource.inputs, path);
      return value instanceof Unknown && value.origins[0]?.urn === to.urn;
    });
  }
}

export function at(resource: RecordedResource, path: string): Value {
  const value = valueAt(resource.inputs, path);
  if (value === undefined) throw new Error(`${resource.name} has no ${path}`);
  return value;
}

export const has = (resource: RecordedResource, path: string): boolean => valueAt(resource.inputs, path) !== undefined;

/** Providers take some numbers as texts. */
export function numberAt(resource: RecordedResource, path: string): number {
  const value = at(resource, path);
  const number = typeof value === "string" ? Number.parseInt(value, 10) : value;
  if (typeof number !== "number" || Number.isNaN(number)) throw new Error(`${resource.name} ${path} is no number`);
  return number;
}

export function textAt(resource: RecordedResource, path: string): string {
  const value = at(resource, path);
  if (typeof value !== "string") throw new Error(`${resource.name} ${path} is no text: ${JSON.stringify(value)}`);
  return value;
}

export function listAt(resource: RecordedResource, path: string): readonly Value[] {
  const value = valueAt(resource.inputs, path) ?? [];
  if (!Array.isArray(value)) throw new Error(`${resource.name} ${path} is no list`);
  return value;
}

export const textsAt = (resource: RecordedResource, path: string): readonly string[] =>
  listAt(resource, path).map(String);

/** URN of the resource whose output the value is. */
export function referenceTo(value: Value, what: string): string {
  if (!(value instanceof Unknown) || value.text !== undefined) throw new Error(`${what} is no reference`);
  return value.origins[0]?.urn ?? "";
}

/** The last part of a logical name: `origin` of ams-test-balancer-origin. */
export const lastOf = (name: string): string => name.slice(name.lastIndexOf("-") + 1);

/** The role of a group, from its name. */
export function toRole({ name }: { readonly name: string }): Role {
  const role = lastOf(name);
  if (role !== "origin" && role !== "edge") throw new Error(`${name} is no role's group`);
  return role;
}

/** What all of them are. */
export function sameOf(texts: readonly string[]): string {
  const [text, ...others] = new Set(texts);
  if (text === undefined || others.length > 0) throw new Error(`${texts.length} machines differ in their user data`);
  return text;
}

/** The secret's content, for a test that looks into a store. */
export function revealAt(resource: RecordedResource, path: string): Value {
  const value = at(resource, path);
  if (!(value instanceof Secret)) throw new Error(`${resource.name} ${path} is not marked secret`);
  return value.reveal();
}
