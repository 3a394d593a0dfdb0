import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { cached } from "./cache.ts";
import type { Fields, ResourceSchema, Shape } from "./schema.ts";
import { type EnumValues, fieldsOf } from "./shapes.ts";

/** The providers that the stand-in plays; every fact about them is read from the installed SDK. */
export type Package = "aws" | "alicloud" | "random";
export const packages: readonly Package[] = ["aws", "alicloud", "random"];

const require = createRequire(import.meta.url);

type Declaration = ts.InterfaceDeclaration | ts.ClassDeclaration;

/** A change of the extraction makes older cache entries wrong. */
const cacheForm = digest(
  ["./sdk.ts", "./shapes.ts"].map((file) => declarationText(fileURLToPath(new URL(file, import.meta.url)))),
);

/** One installed SDK, read with TypeScript's parser. */
export class Sdk {
  readonly name: Package;
  readonly version: string;
  private readonly root: string;
  private readonly sources = new Map<string, ReadonlyMap<string, Declaration>>();
  private readonly schemas = new Map<string, ResourceSchema | undefined>();

  constructor(name: Package) {
    this.name = name;
    const manifest = require.resolve(`@pulumi/${name}/package.json`);
    this.root = dirname(manifest);
    this.version = String(JSON.parse(readFileSync(manifest, "utf8")).version);
  }

  /** The resource type of a token, or undefined when this SDK has none such. */
  resource(token: string): ResourceSchema | undefined {
    if (!this.schemas.has(token)) this.schemas.set(token, this.load(token));
    return this.schemas.get(token);
  }

  private load(token: string): ResourceSchema | undefined {
    const [pack, path, className] = token.split(":");
    if (pack !== this.name || path === undefined || className === undefined) return undefined;
    const base = join(this.root, path.replace(/^index\//, ""));
    if (!existsSync(`${base}.js`)) return undefined;
    const code = readFileSync(`${base}.js`, "utf8");
    if (!code.includes(`__pulumiType = '${token}'`)) return undefined;
    const key = `${this.name}-${this.version}-${cacheForm}-${path.replaceAll("/", ".")}`;
    return cached(key, () => this.extract(token, className, base, code));
  }

  private extract(token: string, className: string, base: string, code: string): ResourceSchema {
    const declarations = this.declarations(`${base}.d.ts`);
    const fields = (name: string): Fields => {
      const found = declarations.get(name);
      return found === undefined ? {} : fieldsOf(found, this.enums);
    };
    const inputs = fields(`${className}Args`);
    const outputs = fields(className);
    const exampleId = declarationText(`${base}.d.ts`).match(/\$ pulumi import \S+ \S+ '?([^\s']+)/)?.[1];
    const secrets = code.match(/additionalSecretOutputs: \[([^\]]*)\]/)?.[1] ?? "";
    return {
      token,
      inputs,
      outputs,
      objects: this.objectsWithin([inputs, outputs]),
      secretOutputs: [...secrets.matchAll(/"(\w+)"/g)].map((match) => match[1] ?? ""),
      ...(exampleId === undefined ? {} : { exampleId }),
    };
  }

  /** Every nested object that can be reached from these fields. */
  private objectsWithin(roots: readonly Fields[]): Readonly<Record<string, Fields>> {
    const objects: Record<string, Fields> = {};
    const queue = roots.flatMap(objectNames);
    for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
      if (objects[name] !== undefined) continue;
      const fields = this.nested(name);
      objects[name] = fields;
      queue.push(...objectNames(fields));
    }
    return objects;
  }

  private nested(name: string): Fields {
    const [side, ...path] = name.split(".");
    const file = join(this.root, "types", side === "inputs" ? "input.d.ts" : "output.d.ts");
    const found = this.declarations(file).get(path.join("."));
    if (found === undefined) throw new Error(`${name} is not declared in ${file}`);
    return fieldsOf(found, this.enums);
  }

  /** `enums.ec2.Tenancy` lives in types/enums/ec2/index.d.ts as an object of literal types. */
  private readonly enums: EnumValues = (name) => {
    const path = name.split(".");
    const own = path.pop() ?? "";
    const text = declarationText(join(this.root, "types", "enums", ...path, "index.d.ts"));
    const body = text.match(new RegExp(`export declare const ${own}: \\{([^}]*)\\}`))?.[1] ?? "";
    return [...body.matchAll(/readonly \w+: "([^"]*)"/g)].map((match) => match[1] ?? "");
  };

  private declarations(file: string): ReadonlyMap<string, Declaration> {
    const known = this.sources.get(file);
    if (known !== undefined) return known;
    const source = ts.createSourceFile(file, declarationText(file), ts.ScriptTarget.ES2022, true);
    const found = new Map<string, Declaration>();
    collect(source.statements, "", found);
    this.sources.set(file, found);
    return found;
  }
}

function declarationText(file: string): string {
  return readFileSync(file, "utf8");
}

function digest(texts: readonly string[]): string {
  return createHash("sha256").update(texts.join("\n")).digest("hex").slice(0, 12);
}

function collect(statements: readonly ts.Statement[], prefix: string, found: Map<string, Declaration>): void {
  for (const statement of statements) {
    if (ts.isInterfaceDeclaration(statement)) found.set(prefix + statement.name.text, statement);
    if (ts.isClassDeclaration(statement) && statement.name !== undefined)
      found.set(prefix + statement.name.text, statement);
    if (!ts.isModuleDeclaration(statement) || statement.body === undefined) continue;
    if (ts.isModuleBlock(statement.body)) collect(statement.body.statements, `${prefix}${statement.name.text}.`, found);
  }
}

function objectNames(fields: Fields): readonly string[] {
  return Object.values(fields).flatMap((field) => namesIn(field.shape));
}

function namesIn(shape: Shape): readonly string[] {
  if (shape.kind === "object") return [shape.name];
  if (shape.kind === "list" || shape.kind === "map") return namesIn(shape.of);
  return shape.kind === "either" ? shape.of.flatMap(namesIn) : [];
}
