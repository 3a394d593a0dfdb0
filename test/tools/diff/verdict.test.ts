import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ResourceChange } from "../../../tools/diff/change.ts";
import { compare } from "../../../tools/diff/compare.ts";
import { markdownText } from "../../../tools/diff/page/markdown.ts";
import { reportOn } from "../../../tools/diff/page/report.ts";
import { readPreview } from "../../../tools/diff/preview.ts";
import { root } from "../../support/contract.ts";
import { planned } from "../../support/planned.ts";

const part = (name: string, type: string): string => `urn:pulumi:aws::ams::antmedia:cluster:${name}$${type}::x`;

const change = (over: Partial<ResourceChange>): ResourceChange => ({
  operation: "update",
  urn: part("NodeGroup", String(over.type)),
  type: "aws:ec2/subnet:Subnet",
  name: "x",
  before: {},
  after: {},
  changes: [{ path: "size", before: 1, after: 2, verdict: "update" }],
  isRefused: false,
  isRetained: false,
  ...over,
});

const firstLine = (...resources: readonly ResourceChange[]): string => {
  const stacks = [reportOn({ stack: "aws", resources, same: 3, notes: [] })];
  return (
    markdownText({ title: "a -> b", notes: [], stacks })
      .split("\n")[0]
      ?.replace(/<\/?code>|\*\*/g, "") ?? ""
  );
};

const volume = "aws:ebs/volume:Volume";
const group = "aws:autoscaling/group:Group";

describe("The first line of a diff", () => {
  const cases: readonly (readonly [string, Partial<ResourceChange>, RegExp])[] = [
    [
      "protection",
      { type: volume, operation: "delete", isRefused: true },
      /blocked by resource protection: delete x\. .*ams:protect/,
    ],
    ["lost data", { type: volume, operation: "replace" }, /^aws: data is lost: replace x$/],
    ["data that stays", { type: volume, operation: "delete", isRetained: true }, /^aws: no interruption$/],
    [
      "a last snapshot",
      { type: volume, operation: "delete", before: { finalSnapshot: true } },
      /^aws: no interruption$/,
    ],
    ["cut sessions", { type: group, operation: "replace" }, /^aws: all sessions are interrupted: replace x$/],
    ["a harmless change", {}, /^aws: no interruption$/],
  ];
  for (const [what, over, expected] of cases)
    it(`tells of ${what}`, () => assert.match(firstLine(change(over)), expected));

  it("tells of the worst", () =>
    assert.match(firstLine(change({}), change({ type: group, operation: "delete" })), /all sessions are interrupted/));

  it("tells that nothing changes", () => assert.equal(firstLine(), "aws: no changes"));

  it("tells that nodes roll", async () => {
    const [before, after] = [await planned("aws"), await planned("aws", ["edge.machine=compute-8"])];
    const stacks = [reportOn(compare(before, after))];
    assert.match(markdownText({ title: "t", notes: [], stacks }), /^\*\*.*nodes are replaced one by one/);
  });

  it("has no replacement for a new version of a secret", () => {
    const type = "aws:secretsmanager/secretVersion:SecretVersion";
    const { diff, verdict } = reportOn({
      stack: "aws",
      resources: [change({ type, operation: "replace" })],
      same: 1,
      notes: [],
    });
    assert.deepEqual([diff.resources[0]?.operation, verdict.text], ["update", "no interruption"]);
  });
});

describe("A change of the balancer's kind", () => {
  it("is told by what it means", async () => {
    const changes = ["balancer.kind=haproxy", 'certificate={"source":"issued"}'];
    const { effects } = reportOn(compare(await planned("aws"), await planned("aws", changes)));
    for (const told of [
      /all clients must reconnect/,
      /SRT ingest is no longer available/,
      /Let's Encrypt issues the certificate/,
    ])
      assert.ok(
        effects.some((effect) => told.test(effect)),
        `${told}: ${effects.join("\n")}`,
      );
  });
});

const step = (op: string, name: string) => ({ op, urn: `urn:pulumi:aws::ams::aws:s3/bucket:Bucket::${name}` });

describe("A preview", () => {
  it("that failed says so, with its errors", () => {
    const text = JSON.stringify({
      diagnostics: [
        { urn: "urn:pulumi:aws::ams::pulumi:pulumi:Stack::x", message: "error: 2 errors", severity: "error" },
        { message: "a warning", severity: "warning" },
      ],
      changeSummary: { create: 3 },
    });
    const { diff } = readPreview(text);
    assert.deepEqual([diff.stack, diff.failures], ["aws", ["error: 2 errors"]]);
    assert.match(markdownText({ title: "t", notes: [], stacks: [reportOn(diff)] }), /^\*\*.*the preview failed/);
    assert.deepEqual(readPreview('{"changeSummary":{},"maybeCorrupt":true}').diff.failures, [
      "error: the preview did not complete",
    ]);
  });

  it("names operations that are none of the four, and one that it does not know", () => {
    const steps = [step("refresh", "one"), step("entangle", "two"), step("same", "three")];
    const { diff } = readPreview(JSON.stringify({ steps }));
    assert.deepEqual(diff.operations, [
      "refresh: the resource in the cloud differs from the state: one",
      "unknown operation entangle: two",
    ]);
    assert.match(reportOn(diff).verdict.text, /^cannot be fully evaluated: 2 unknown operations/);
  });

  const directory = () => mkdtempSync(join(tmpdir(), "preview-"));
  const read = (bytes: Uint8Array) => {
    const folder = directory();
    try {
      writeFileSync(join(folder, "preview.json"), bytes);
      const words = [join(root, "start.mjs"), "tools/cli.ts", "diff", "--preview", join(folder, "preview.json")];
      return spawnSync(process.execPath, words, { cwd: root, encoding: "utf8" });
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  const text = JSON.stringify({ steps: [step("delete", "one")] });

  it("is read as PowerShell writes it", () => {
    for (const bytes of [Buffer.from(`\ufeff${text}`, "utf8"), Buffer.from(`\ufeff${text}`, "utf16le")]) {
      const { status, stdout, stderr } = read(bytes);
      assert.equal(status, 0, stderr);
      assert.match(stdout, /1 delete/);
    }
  });

  it("that failed ends with 1, and a log is refused with the command that makes the file", () => {
    assert.equal(read(Buffer.from('{"changeSummary":{},"maybeCorrupt":true}')).status, 1);
    const { status, stderr } = read(Buffer.from(`Previewing update (aws):\n${text}`));
    assert.equal(status, 2);
    assert.match(
      stderr,
      /starts with log output instead of JSON\. Create the file with: pulumi preview --json > preview\.json/,
    );
  });
});
