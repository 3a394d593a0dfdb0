import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import {
  type SchemaFile,
  type SchemaPackage,
  schemaFile,
  schemaPackages,
  schemaUrl,
  type Written,
  type WrittenBlock,
} from "../../../recording/provider-schema.ts";
import type { Fields, ResourceSchema, Shape } from "./schema.ts";
import { Sdk } from "./sdk.ts";

/** Writes provider-schema/*.json anew from a dump: `provider-schema/README.md` says how to make one. */

/** A dump's field: of the alicloud provider's schema structures, or of `terraform providers schema -json`. */
interface Dumped {
  readonly type?: string;
  readonly block?: string;
  readonly fields?: Readonly<Record<string, Dumped>>;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly forceNew?: boolean;
  readonly ownHash?: boolean;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly min_items?: number;
  readonly max_items?: number;
  readonly default?: string;
  readonly conflictsWith?: readonly string[];
  readonly exactlyOneOf?: readonly string[];
  readonly atLeastOneOf?: readonly string[];
}

type Block = Readonly<Record<string, Dumped>>;

const words: Readonly<Record<string, string>> = {
  Bool: "boolean",
  bool: "boolean",
  Int: "number",
  Float: "number",
  number: "number",
  String: "string",
  string: "string",
  Map: "map",
  List: "list",
  Set: "set",
  list: "list",
  set: "set",
  map: "map",
  single: "list",
};

function kindOf({ type, block }: Dumped): string {
  const name = block ?? type ?? "";
  const found = words[name] ?? words[name.match(/^\["(\w+)"/)?.[1] ?? ""];
  if (found === undefined) throw new Error(`unknown type ${name}`);
  return found;
}

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const bare = (name: string): string => name.replaceAll("_", "").toLowerCase();
const plurals = (name: string): readonly string[] => [name, `${name}s`, `${name}es`, name.replace(/y$/, "ies")];

/** Properties that the SDK calls otherwise. */
const renamed: Readonly<Record<string, string>> = { alarm_name: "name", topic_arn: "topic" };

/** The SDK's name of a property: lists are plural there, and a list of one is a single object. */
function sdkName(name: string, fields: Fields): string | undefined {
  const keys = Object.keys(fields);
  const exact = [...plurals(camel(name)), renamed[name] ?? ""].find((one) => keys.includes(one));
  return exact ?? keys.find((key) => plurals(bare(name)).includes(bare(key)) || bare(key) === bare(name).slice(0, -1));
}

function objectIn(shape: Shape): string | undefined {
  if (shape.kind === "object") return shape.name;
  if (shape.kind === "list" || shape.kind === "map") return objectIn(shape.of);
  return shape.kind === "either" ? shape.of.map(objectIn).find((name) => name !== undefined) : undefined;
}

const settable = ({ required, optional, computed }: Dumped): boolean =>
  required === true || optional === true || computed !== true;

class Converter {
  readonly unmatched: string[] = [];
  readonly #schema: ResourceSchema;

  constructor(schema: ResourceSchema) {
    this.#schema = schema;
  }

  convert(dump: Block, fields = this.#schema.inputs, path = ""): WrittenBlock {
    const exact = new Set(Object.keys(dump).map(camel));
    const entries = Object.entries(dump).flatMap(([name, field]) => {
      if (!settable(field) || field.block === "single") return [];
      const found = sdkName(name, fields);
      // The SDK has one of two that differ in their underscores alone.
      const key = found !== undefined && found !== camel(name) && exact.has(found) ? undefined : found;
      if (key === undefined) {
        if (!["id", "tags_all"].includes(name)) this.unmatched.push(`${path}${name}`);
        return [];
      }
      const filled = path === "" && field.block !== undefined && this.#schema.outputs[key]?.required === true;
      // `terraform providers schema` doesn't say of a block that the cloud fills it in; the SDK's output does.
      const told = filled && field.required !== true ? { ...field, computed: true } : field;
      return [[key, this.#write(told, fields[key]?.shape, `${path}${name}.`)] as const];
    });
    return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  #write(field: Dumped, shape: Shape | undefined, path: string): Written {
    const text = this.#text(field);
    const name = shape === undefined ? undefined : objectIn(shape);
    if (field.fields === undefined || name === undefined) return text;
    return { "": text, ...this.convert(field.fields, this.#schema.objects[name] ?? {}, path) };
  }

  #text(field: Dumped): string {
    const names = (key: string, list: readonly string[] | undefined) => {
      const known = (list ?? []).map((one) => sdkName(one, this.#schema.inputs)).filter((one) => one !== undefined);
      return known.length === 0 ? [] : [`${key}=${known.join(",")}`];
    };
    const [min, max] = [field.minItems ?? field.min_items, field.maxItems ?? field.max_items];
    return [
      kindOf(field),
      ...(["required", "computed", "forceNew", "ownHash"] as const).filter((key) => field[key] === true),
      ...(min === undefined ? [] : [`min=${min}`]),
      ...(max === undefined ? [] : [`max=${max}`]),
      ...(field.default === undefined || field.default === "" ? [] : [`default=${field.default}`]),
      ...names("conflicts", field.conflictsWith),
      ...names("exactlyOneOf", field.exactlyOneOf),
      ...names("atLeastOneOf", field.atLeastOneOf),
    ].join(" ");
  }
}

interface Dump {
  readonly source: string;
  readonly resources: Readonly<Record<string, Block | { readonly fields: Block }>>;
}

const blockOf = (resource: Block | { readonly fields: Block }, name: SchemaPackage): Block =>
  name === "alicloud" ? (resource as { readonly fields: Block }).fields : (resource as Block);

function renewed(name: SchemaPackage, dump: Dump): SchemaFile {
  const sdk = new Sdk(name);
  const types = Object.entries(schemaFile(name).types).map(([token, { terraform }]) => {
    const [schema, resource] = [sdk.resource(token), dump.resources[terraform]];
    if (schema === undefined || resource === undefined) throw new Error(`${token} or ${terraform} is not there`);
    const converter = new Converter(schema);
    const fields = converter.convert(blockOf(resource, name));
    for (const path of converter.unmatched) console.warn(`${token} has no property for ${path}`);
    return [token, { terraform, fields }] as const;
  });
  return { source: dump.source, types: Object.fromEntries(types) };
}

const { values } = parseArgs({ options: { alicloud: { type: "string" }, aws: { type: "string" } } });
for (const name of schemaPackages) {
  const file = values[name];
  if (file !== undefined)
    writeFileSync(
      schemaUrl(name),
      `${JSON.stringify(renewed(name, JSON.parse(readFileSync(file, "utf8"))), null, 1)}\n`,
    );
}
