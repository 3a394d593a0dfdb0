import assert from "node:assert/strict";
import { archive } from "../../../machine/index.ts";
import type { ResourceChange } from "../../../tools/diff/change.ts";
import { agentEffects } from "../../../tools/diff/effects/agent.ts";
import { changeText, textDiffs } from "../../../tools/diff/page/words.ts";
import { cluster } from "../../support/cluster.ts";

describe("The difference of an agent", () => {
  const { text } = archive(cluster(), "origin");
  const change = (after: string): ResourceChange => ({
    urn: "urn:pulumi:test::ams::antmedia:cluster:Cluster$antmedia:cluster:Agent$aws:s3/bucketObjectv2:BucketObjectv2::ams-agent-media",
    type: "aws:s3/bucketObjectv2:BucketObjectv2",
    name: "ams-agent-media",
    operation: "replace",
    isRefused: false,
    isRetained: true,
    before: {},
    after: {},
    changes: [{ path: "content", before: text, after, verdict: "update" }],
  });

  it("names the files that are others", () => {
    const after = text.replace("lost a member", "lost a node").replace('"import ', '"import abc, ');
    for (const name of ["applications.py", "drain.py"]) {
      assert.deepEqual(agentEffects([change(withChanged(text, name))]), [
        `new media machines run a changed agent; changed files: ${name}`,
      ]);
    }
    assert.match(
      agentEffects([change(after)]).join(),
      /^new media machines run a changed agent; changed files: .+\.py/,
    );
    assert.deepEqual(agentEffects([change(text.replace("--no-block", "--no-blocks"))]), [
      "new media machines run a changed agent; only its commands changed",
    ]);
  });

  it("is shown line by line", () => {
    const other = change(text.replace('"def turn(shared):"', '"def turn(every):"'));
    const [shown] = textDiffs([other]);
    assert.equal(shown?.title, "ams-agent-media content");
    assert.match(shown?.text ?? "", /^- +"def turn\(shared\):",$/m);
    assert.match(shown?.text ?? "", /^\+ +"def turn\(every\):",$/m);
    assert.deepEqual(other.changes.map(changeText), ["content +1 -1 lines"]);
  });
});

/** The archive's text with another first line in one of its files. */
function withChanged(text: string, name: string): string {
  const content: { readonly files: Readonly<Record<string, readonly string[]>> } = JSON.parse(text);
  const [path, lines] = Object.entries(content.files).find(([each]) => each.endsWith(`/${name}`)) ?? [];
  assert.ok(path !== undefined && lines !== undefined, `no ${name} in the archive`);
  return JSON.stringify({ ...content, files: { ...content.files, [path]: ["# changed", ...lines.slice(1)] } });
}
