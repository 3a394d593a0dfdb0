import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { packedUserData, unpackUserData } from "../../../machine/index.ts";
import { unifiedDiff } from "../../../tools/diff/user-data.ts";
import { cluster } from "../../support/cluster.ts";

describe("User data in a diff", () => {
  for (const cloud of ["aws", "alibaba"] as const) {
    it(`shows each file of user data as it will lie on the machine, of ${cloud}`, () => {
      const text = unpackUserData(packedUserData(cluster({ cloud }), "edge"));
      const program = readFileSync(new URL("../../../machine/agent/bootstrap/bootstrap.py", import.meta.url), "utf8");
      const line = program.split("\n").find((each) => each.startsWith("def fetch")) ?? "none";
      assert.ok(text.includes(`\n    ${line}\n`), "the bootstrap's own lines");
      assert.match(text, /^- path: \/etc\/ams-cluster\/facts\.json$/m);
    });
  }

  it("shows a changed fact as its one line", () => {
    const of = (panelUser: string) => unpackUserData(packedUserData(cluster({ media: { panelUser } }), "edge"));
    const changed = unifiedDiff(of("JamesBond"), of("Q"))
      .split("\n")
      .filter((line) => /^[+-]/.test(line))
      .map((line) => line.replace(/ +/, " "));
    assert.deepEqual(changed, ['- "panelUser": "JamesBond",', '+ "panelUser": "Q",']);
  });

  it("shows what only looks packed as it stands", () => {
    const broken = Buffer.from([0x1f, 0x8b, 0, 1, 2]).toString("base64");
    assert.equal(unpackUserData(broken), broken);
  });
});
