import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { userData } from "../../../machine/index.ts";
import { readableUserData, unifiedDiff } from "../../../tools/diff/user-data.ts";
import { cluster } from "../../support/cluster.ts";

describe("User data in a diff", () => {
  it("shows every file that the machine gets, as it will lie there", () => {
    const text = readableUserData(userData(cluster(), "edge"));
    const program = readFileSync(new URL("../../../machine/media.py", import.meta.url), "utf8");
    const line = program.split("\n").find((each) => each.startsWith("def membership")) ?? "none";
    assert.ok(text.includes(`\n${line}\n`), "the media program's own lines");
    assert.match(text, /^==> \/etc\/ams-cluster\/facts\.json$/m);
    assert.ok(!text.includes("\0"), "no padding of an archive");
  });

  it("shows a changed fact as its one line", () => {
    const of = (panelUser: string) => readableUserData(userData(cluster({ media: { panelUser } }), "edge"));
    const changed = unifiedDiff(of("JamesBond"), of("Q"))
      .split("\n")
      .filter((line) => /^[+-]/.test(line));
    assert.deepEqual(changed, ['-  "panelUser": "JamesBond",', '+  "panelUser": "Q",']);
  });
});
