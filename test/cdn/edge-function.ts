import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import ts from "typescript";
import { run } from "../machine/rig.ts";

/** A program of CloudFront Functions, with what its runtime 2.0 has and nothing more. */

export interface ViewerRequest {
  readonly uri: string;
  readonly querystring: Readonly<Record<string, { readonly value: string }>>;
}

/** The request as the cache gets it, or an answer in its place. */
export type Answer = ViewerRequest | { readonly statusCode: number };

type Keys = Readonly<Record<string, string>>;

const { SyntaxKind: Kind } = ts;

/** What the runtime does not know (developer guide, "JavaScript runtime 2.0 features"), as far as a program may have it. */
const unknown: ReadonlySet<ts.SyntaxKind> = new Set([
  Kind.ArrayBindingPattern,
  Kind.BigIntLiteral,
  Kind.ClassDeclaration,
  Kind.ForOfStatement,
  Kind.ObjectBindingPattern,
  Kind.QuestionDotToken,
  Kind.ShorthandPropertyAssignment,
  Kind.SpreadAssignment,
  Kind.SpreadElement,
  Kind.YieldExpression,
]);

/** Bytes of a program at most (quotas of CloudFront Functions). */
const mostBytes = 10_240;

/** Throws where CloudFront would refuse the program. */
export function checkProgram(code: string): void {
  assert.ok(Buffer.byteLength(code) <= mostBytes, `${Buffer.byteLength(code)} bytes`);
  const imports: string[] = [];
  const visit = (node: ts.Node): void => {
    assert.ok(!unknown.has(node.kind), `${Kind[node.kind]}: ${node.getText()}`);
    if (ts.isImportDeclaration(node)) imports.push(node.moduleSpecifier.getText());
    if (ts.isIdentifier(node)) assert.doesNotMatch(node.text, /^(eval|Function|require|process|fetch|set\w+)$/);
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile("function.js", code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS));
  assert.deepEqual(
    imports.filter((name) => !["'crypto'", "'cloudfront'", "'querystring'"].includes(name)),
    [],
  );
}

const kvs = (keys: Keys) => ({
  get: (name: string) =>
    Object.hasOwn(keys, name) ? Promise.resolve(keys[name]) : Promise.reject(new Error(`no key ${name}`)),
});

/** The program's handler. */
export function handlerOf(code: string, keys: Keys): (request: ViewerRequest) => Promise<Answer> {
  checkProgram(code);
  const modules = { cf: { kvs: () => kvs(keys) }, crypto: { createHash, createHmac } };
  const body = code.replace(/^import (\w+) from '\w+';$/gm, "");
  const handler = runInNewContext(`${body}; handler`, { ...modules, Buffer }, { timeout: 1000 });
  return async (request) => {
    const answer: Answer = await handler({ request: JSON.parse(JSON.stringify(request)) });
    return JSON.parse(JSON.stringify(answer));
  };
}

/** What njs makes of the same program, Nginx's interpreter with the same modules. */
export function answersInNjs(code: string, keys: Keys, requests: readonly ViewerRequest[]): readonly Answer[] {
  const folder = mkdtempSync(join(tmpdir(), "ams-njs-"));
  try {
    const store = `export default { kvs: function () { return { get: async function (name) { return ${JSON.stringify(keys)}[name]; } }; } };`;
    writeFileSync(join(folder, "cloudfront"), store);
    const loop = `const all = ${JSON.stringify(requests)};
(async function () {
  const answers = [];
  for (let at = 0; at < all.length; at++) {
    const answer = await handler({ request: all[at] });
    answers.push(answer);
  }
  console.log(JSON.stringify(answers));
})();`;
    writeFileSync(join(folder, "function.js"), `${code}${loop}\n`);
    const done = run("njs", ["-p", folder, join(folder, "function.js")]);
    assert.equal(done.status, 0, done.all);
    return JSON.parse(done.out);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
