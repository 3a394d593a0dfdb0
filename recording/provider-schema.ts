import { readFileSync } from "node:fs";
import { projectFile } from "../model/project.ts";

/**
 * The real providers' own schemas, as data: what a property is, whether the cloud fills it in, whether a change makes a
 * new resource, what excludes what. `provider-schema/README.md` says where they come from and how to renew them.
 */

export type Kind = "string" | "number" | "boolean" | "map" | "list" | "set";

export interface Attribute {
  readonly kind: Kind;
  readonly required: boolean;
  /** The provider's Read fills it in where the program leaves it out. */
  readonly computed: boolean;
  readonly forceNew: boolean;
  /** A set that tells its elements apart by a function of its own, of these properties alone where they are known. */
  readonly ownHash: boolean;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly default?: string;
  readonly conflicts: readonly string[];
  readonly exactlyOneOf: readonly string[];
  readonly atLeastOneOf: readonly string[];
  /** Of a nested block. */
  readonly of?: Attributes;
}

export type Attributes = Readonly<Record<string, Attribute>>;

/** A text such as "string computed forceNew", or a block with its own text under the empty key. */
export type Written = string | WrittenBlock;
export interface WrittenBlock {
  readonly [key: string]: Written;
}

export interface WrittenType {
  readonly terraform: string;
  readonly fields: WrittenBlock;
}

export interface SchemaFile {
  readonly source: string;
  readonly types: Readonly<Record<string, WrittenType>>;
}

export const schemaPackages = ["alicloud", "aws"] as const;
export type SchemaPackage = (typeof schemaPackages)[number];

export const schemaUrl = (name: SchemaPackage) => projectFile(`recording/provider-schema/${name}.json`);

export const schemaFile = (name: SchemaPackage): SchemaFile => JSON.parse(readFileSync(schemaUrl(name), "utf8"));

const kinds: readonly Kind[] = ["string", "number", "boolean", "map", "list", "set"];

function attribute(text: string, of?: Attributes): Attribute {
  const words = text.split(" ");
  const kind = kinds.find((one) => one === words[0]);
  if (kind === undefined) throw new Error(`no kind in "${text}"`);
  const value = (key: string) => words.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1);
  const names = (key: string) => value(key)?.split(",") ?? [];
  const [min, max, fallback] = [value("min"), value("max"), value("default")];
  return {
    kind,
    required: words.includes("required"),
    computed: words.includes("computed"),
    forceNew: words.includes("forceNew"),
    ownHash: words.includes("ownHash"),
    ...(min === undefined ? {} : { minItems: Number(min) }),
    ...(max === undefined ? {} : { maxItems: Number(max) }),
    ...(fallback === undefined ? {} : { default: fallback }),
    conflicts: names("conflicts"),
    exactlyOneOf: names("exactlyOneOf"),
    atLeastOneOf: names("atLeastOneOf"),
    ...(of === undefined ? {} : { of }),
  };
}

function read(block: WrittenBlock): Attributes {
  return Object.fromEntries(
    Object.entries(block).flatMap(([key, written]) => {
      if (key === "") return [];
      if (typeof written === "string") return [[key, attribute(written)] as const];
      const own = written[""];
      if (typeof own !== "string") throw new Error(`the block ${key} has no text`);
      return [[key, attribute(own, read(written))] as const];
    }),
  );
}

const all = new Map(
  schemaPackages.flatMap((name) =>
    Object.entries(schemaFile(name).types).map(([token, { fields }]) => [token, read(fields)] as const),
  ),
);

/** The properties that a program may set; undefined for a type that is not among the data. */
export const attributesOf = (token: string): Attributes | undefined => all.get(token);
