import { secretForms } from "../config/secret.ts";
import { requiredSections } from "../config/sections/index.ts";
import { secretKeys } from "../model/cluster.ts";
import { type JsonSchema, sectionSchemas } from "./config-table/json-schema.ts";

/** The arguments of AmsCluster as declarations of plain TypeScript, written from the schema: no library's types are in it. */
export function argsTypes(): string {
  const sections = sectionSchemas();
  const required: readonly string[] = requiredSections;
  const region =
    "The cloud's region, which must match the provider's region. Default: `aws:region` or `alicloud:region`.";
  const secrets = secretKeys.map((key) => field(key, secretForms[key].description, "pulumi.Input<string>", false, 2));
  return [
    'import * as pulumi from "@pulumi/pulumi";',
    "/** A cluster in a program: the keys of a stack file without `ams:`, with the region and the secrets. */",
    "export interface AmsClusterArgs {",
    ...Object.entries(sections).map(([name, schema]) =>
      field(name, meaning(schema), typeOf(schema, 1), required.includes(name), 1),
    ),
    field("region", region, "string", false, 1),
    field("secrets", "All values are marked as secret.", `{\n${secrets.join("\n")}\n    }`, false, 1),
    "}",
    "",
  ].join("\n");
}

const indent = (depth: number): string => "    ".repeat(depth);

function field(name: string, description: string, type: string, required: boolean, depth: number): string {
  const comment = description === "" ? [] : [`${indent(depth)}/** ${description.replaceAll("*/", "* /")} */`];
  return [...comment, `${indent(depth)}readonly ${name}${required ? "" : "?"}: ${type};`].join("\n");
}

/** A key's text, with its default and its source. */
function meaning({ description = "", default: byDefault, source }: JsonSchema): string {
  const value = byDefault === undefined ? "" : JSON.stringify(byDefault);
  const why = typeof source === "string" ? source : "";
  const said = [value, value !== "" && why !== "" ? `(${why})` : why].filter((text) => text !== "").join(" ");
  return said === "" ? description : `${description} Default: ${said}.`;
}

function typeOf(schema: JsonSchema, depth: number): string {
  const { anyOf, oneOf, properties, required = [] } = schema;
  if (schema.handle === true) return "pulumi.Input<string>";
  if (schema["const"] !== undefined) return JSON.stringify(schema["const"]);
  if (Array.isArray(schema["enum"])) return schema["enum"].map((value) => JSON.stringify(value)).join(" | ");
  const options = anyOf ?? oneOf;
  if (options !== undefined) return [...new Set(options.map((option) => typeOf(option, depth)))].join(" | ");
  if (properties !== undefined) {
    const fields = Object.entries(properties).map(([key, part]) =>
      field(key, meaning(part), typeOf(part, depth + 1), required.includes(key), depth + 1),
    );
    return `{\n${fields.join("\n")}\n${indent(depth)}}`;
  }
  return plainTypeOf(schema, depth);
}

function plainTypeOf(schema: JsonSchema, depth: number): string {
  const inner = (key: string): string => {
    const part = schema[key];
    if (typeof part !== "object" || part === null) throw new Error(`no ${key} in ${JSON.stringify(schema)}`);
    return typeOf(part as JsonSchema, depth);
  };
  switch (schema["type"]) {
    case "string":
    case "boolean":
    case "number":
      return schema["type"];
    case "integer":
      return "number";
    case "array":
      return `readonly (${inner("items")})[]`;
    case "object":
      return `{ readonly [key: string]: ${inner("additionalProperties")} }`;
    default:
      throw new Error(`a schema without a type: ${JSON.stringify(schema)}`);
  }
}
