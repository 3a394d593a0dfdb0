import { createHash } from "node:crypto";
import type { Field, ResourceSchema, Shape } from "./schema.ts";
import type { Package } from "./sdk.ts";
import type { Value, Values } from "./wire.ts";

/** What a new resource's id and computed outputs are made of. */
export interface Origin {
  readonly pack: Package;
  readonly region: string;
  readonly schema: ResourceSchema;
  readonly inputs: Values;
  /** Differs for every resource that was ever made. */
  readonly seed: string;
}

const account = "123456789012";

const hash = (origin: Origin, salt: string): string =>
  createHash("sha256").update(`${origin.seed}|${origin.schema.token}|${salt}`).digest("hex");

const kebab = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();

const [moduleAt, typeAt] = [1, 2];

function tokenPart(origin: Origin, index: number): string {
  return (origin.schema.token.split(":")[index] ?? "").split("/")[0] ?? "";
}

function nameOf(origin: Origin): string {
  const { name } = origin.inputs;
  return typeof name === "string" ? name : kebab(tokenPart(origin, typeAt));
}

/** An id of the form of the documentation's import example: an ARN, `vpc-0a1b...`, or the resource's name. */
export function newId(origin: Origin): string {
  const example = origin.schema.exampleId ?? "";
  const digits = hash(origin, "id");
  if (example.startsWith("arn:")) return arn(origin);
  const prefix = example.match(/^([a-z]+)-[0-9a-z]{8,}$/)?.[1];
  if (prefix !== undefined) return `${prefix}-${digits.slice(0, 17)}`;
  const isName = origin.pack === "aws" && /^[\w.-]+$/.test(example) && !/_[A-Z]+$/.test(example);
  if (isName && typeof origin.inputs["name"] === "string") return origin.inputs["name"];
  return `${kebab(tokenPart(origin, typeAt))}-${digits.slice(0, 17)}`;
}

function arn(origin: Origin): string {
  const example = (origin.schema.exampleId ?? "").split(":");
  const service = example[2] ?? tokenPart(origin, moduleAt);
  const kind = example[5]?.split("/")[0] ?? kebab(tokenPart(origin, typeAt));
  return `arn:aws:${service}:${origin.region}:${account}:${kind}/${nameOf(origin)}/${hash(origin, "arn").slice(0, 16)}`;
}

function address(origin: Origin, key: string): string {
  const bytes = Buffer.from(hash(origin, key), "hex");
  return /public|eip/i.test(key) ? `203.0.113.${bytes[0]}` : `10.0.${bytes[0]}.${bytes[1]}`;
}

function hostName(origin: Origin): string {
  const label = `${nameOf(origin)}-${hash(origin, "dns").slice(0, 8)}`.toLowerCase();
  return origin.pack === "aws"
    ? `${label}.${origin.region}.elb.amazonaws.com`
    : `${label}.${origin.region}.${tokenPart(origin, moduleAt)}.aliyuncs.com`;
}

function textFor(origin: Origin, key: string): string {
  if (key === "name") return nameOf(origin);
  if (key === "region") return origin.region;
  if (key === "arnSuffix") return arn(origin).split(":").slice(5).join(":").split("/").slice(1).join("/");
  if (/arn$/i.test(key)) return arn(origin);
  if (/^(owner|account|registry)(Id)?$/.test(key)) return account;
  if (/dnsName|domainName$|endpoint/i.test(key)) return hostName(origin);
  if (/(ip|ipAddress|ipv4Address)$/i.test(key)) return address(origin, key);
  if (/^(availabilityZone|zone)$/.test(key)) return `${origin.region}a`;
  return `${kebab(key)}-${hash(origin, key).slice(0, 17)}`;
}

interface Place {
  readonly origin: Origin;
  /** No input sets it, so the cloud fills it: a list has one element then. */
  readonly filled: boolean;
}

function valueFor(place: Place, key: string, shape: Shape): Value | undefined {
  switch (shape.kind) {
    case "string":
      return textFor(place.origin, key);
    case "number":
      return place.filled ? 1 : 0;
    case "boolean":
      return false;
    case "map":
      return {};
    case "list":
      return place.filled && shape.of.kind === "object" ? [valueFor(place, key, shape.of) ?? {}] : [];
    case "object":
      return objectFor(place, shape.name);
    case "any":
    case "either":
      return undefined;
  }
}

function objectFor(place: Place, name: string): Values {
  const fields = Object.entries(place.origin.schema.objects[name] ?? {});
  return Object.fromEntries(fields.map(([key, field]) => [key, valueFor(place, key, field.shape)]));
}

/** Outputs that the cloud decides: those that the SDK promises and that no given input sets. */
export function computedKeys(schema: ResourceSchema, inputs: Values): readonly [string, Field][] {
  const outputs = Object.entries(schema.outputs).filter(([key, field]) => field.required && key !== "urn");
  return outputs.filter(([key]) => inputs[key] === undefined || inputs[key] === null);
}

export function computedOutputs(origin: Origin, id: string): Values {
  const { schema, inputs } = origin;
  const entries = computedKeys(schema, inputs).map(([key, field]) => {
    const filled = schema.inputs[key] === undefined;
    return [key, valueFor({ origin, filled }, key, field.shape)] as const;
  });
  const outputs = Object.fromEntries(entries);
  const own = id.startsWith("arn:") && "arn" in outputs ? { arn: id } : {};
  const tags = "tagsAll" in outputs ? { tagsAll: inputs["tags"] ?? {} } : {};
  return { ...outputs, ...own, ...tags };
}
