import * as z from "zod";
import { usualKinds } from "../../config/parse.ts";
import { secretForms } from "../../config/secret.ts";
import { type SectionName, sectionNames, sections } from "../../config/sections/index.ts";
import { type SecretKey, secretKeys } from "../../model/cluster.ts";
import { schema as alibaba } from "../../providers/alibaba/schema.ts";
import { schema as aws } from "../../providers/aws/schema.ts";

/** What this module reads of a JSON schema. */
export interface JsonSchema {
  readonly [key: string]: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly description?: string;
  /** An id of something that exists already; in a program it may be an output. */
  readonly handle?: boolean;
}

/** Every section, then the clouds' own blocks, as a stack file has them: a default's key may be left out. */
export function sectionSchemas(): Readonly<Record<string, JsonSchema>> {
  const neutral = sectionNames.map((name) => [name, withUsualKind(name, toJson(sections[name]))] as const);
  return { ...Object.fromEntries(neutral), aws: toJson(aws), alibaba: toJson(alibaba) };
}

function toJson(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    target: "draft-7",
    io: "input",
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      const { anyOf } = jsonSchema;
      if (jsonSchema["handle"] !== true || anyOf === undefined) return;
      Object.assign(jsonSchema, anyOf[1]);
      delete jsonSchema.anyOf;
    },
  });
  return json as JsonSchema;
}

/** A kind that a section may leave out is not required. */
function withUsualKind(name: SectionName, schema: JsonSchema): JsonSchema {
  const usual = usualKinds[name];
  const options = schema.oneOf ?? schema.anyOf;
  if (usual === undefined || options === undefined) return schema;
  const { oneOf: _, ...rest } = schema;
  return {
    ...rest,
    anyOf: options.map((option) => {
      const isUsual = option.properties?.["kind"]?.["const"] === usual;
      const required = (option.required ?? []).filter((key) => key !== "kind" || !isUsual);
      return { ...option, required };
    }),
  };
}

const encrypted: JsonSchema = {
  type: "object",
  properties: { secure: { type: "string" } },
  required: ["secure"],
  additionalProperties: false,
};

function secret(key: SecretKey): JsonSchema {
  const { description: meaning, isMap = false } = secretForms[key];
  const description = `${meaning} Set it with: pulumi config set --secret.`;
  return { description, ...(isMap ? { type: "object", additionalProperties: encrypted } : encrypted) };
}

/** Schema of a stack file, `Pulumi.<stack>.yaml`: editors complete and check the file with it. */
export function stackFileSchema(): JsonSchema {
  const named = Object.entries(sectionSchemas()).map(([name, schema]) => [`ams:${name}`, schema] as const);
  const secrets = secretKeys.map((key) => [`ams:${key}`, secret(key)] as const);
  const regions = ["aws:region", "alicloud:region"].map((key) => [
    key,
    { type: "string", description: "Region in which the cluster is deployed." },
  ]);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Stack file of an ams-cluster project",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: Object.fromEntries([...named, ...secrets, ...regions]),
        patternProperties: { "^(?!ams:)": {} },
        additionalProperties: false,
      },
    },
  };
}
