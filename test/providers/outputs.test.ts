import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import ts from "typescript";
import { readOutputs, withoutUnreadOutputs } from "../../providers/outputs.ts";
import { recordProgram } from "../../tools/record.ts";
import { programOf } from "../../tools/typescript.ts";
import { root } from "../support/contract.ts";

const folder = join(root, "providers");

/** Where an object's property is read: `vpc.arn`, `vpc["arn"]`, and `{ arn }` of an assignment or a function's words. */
function readAt(node: ts.Node): { readonly of: ts.Node; readonly name: string } | undefined {
  if (ts.isPropertyAccessExpression(node)) return { of: node.expression, name: node.name.text };
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
    return { of: node.expression, name: node.argumentExpression.text };
  if (!ts.isBindingElement(node) || !ts.isObjectBindingPattern(node.parent)) return undefined;
  return { of: node.parent, name: (node.propertyName ?? node.name).getText() };
}

/** Names of all properties of the SDKs' own resources that the adapters read, as TypeScript's checker sees it. */
function namesRead(): ReadonlySet<string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const files = names.map((name) => join(folder, name));
  const program = programOf(root, files, ["node"]);
  const checker = program.getTypeChecker();
  const found = new Set<string>();
  const isOutput = (type: ts.Type, name: string): boolean => {
    const file = type.getProperty(name)?.valueDeclaration?.getSourceFile().fileName ?? "";
    const isResource = type.getProperty("urn") !== undefined && type.getProperty("id") !== undefined;
    return isResource && /@pulumi\/(?!pulumi\/)/.test(file);
  };
  const visit = (node: ts.Node): void => {
    const read = readAt(node);
    if (read !== undefined) {
      const type = checker.getTypeAtLocation(read.of);
      const types = type.isUnion() ? type.types : [type];
      if (types.some((one) => isOutput(one, read.name))) found.add(read.name);
    }
    ts.forEachChild(node, visit);
  };
  for (const file of files) {
    const source = program.getSourceFile(file);
    if (source !== undefined) visit(source);
  }
  return found;
}

class Queue extends pulumi.CustomResource {
  declare readonly arn: pulumi.Output<string>;
  declare readonly size: pulumi.Output<number>;
  declare readonly colour: pulumi.Output<string>;

  constructor(name: string) {
    super("test:index:Queue", name, { arn: undefined, size: 3, colour: undefined });
  }
}

const record = (program: () => object) =>
  recordProgram({ stack: "test" }, async () => {
    pulumi.runtime.registerStackTransformation(withoutUnreadOutputs);
    return program();
  });

describe("A resource's outputs", () => {
  it("are those that the program reads, no more and no fewer", () => {
    assert.deepEqual([...namesRead()].sort(), [...readOutputs].sort());
  });

  it("and what was given are there, with their values", async () => {
    const { outputs, resources } = await record(() => {
      const { arn, size } = new Queue("one");
      return { arn, size };
    });
    assert.equal(outputs["size"], 3);
    assert.ok(outputs["arn"] !== undefined);
    assert.deepEqual(
      resources.map(({ inputs }) => inputs),
      [{ size: 3 }],
    );
  });

  it("that are left out say where to name them", async () => {
    const reading = record(() => ({ colour: new Queue("one").colour }));
    await assert.rejects(reading, /test:index:Queue: the output colour is left out\. .*providers\/outputs\.ts/);
  });
});
