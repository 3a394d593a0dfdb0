import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../policy/index.ts";
import { root } from "../support/contract.ts";

const file = join(root, "docs/policy.md");
const heading = "| rule | requirement | remedy | AWS | Alibaba Cloud |\n| --- | --- | --- | --- | --- |\n";

function table(): string {
  const rows = rules.map(({ id, demands, remedy, sources, notOn }) => {
    const [aws, alibaba] = (["aws", "alibaba"] as const).map((cloud) => {
      const reason = notOn?.[cloud];
      return reason === undefined
        ? sources[cloud].map((source) => source.replace(/^own\b/, "custom rule")).join(", ")
        : `none: ${reason}`;
    });
    return `| ${id} | ${demands} | ${remedy} | ${aws} | ${alibaba} |\n`;
  });
  return heading + rows.join("");
}

describe("docs/policy.md", () => {
  it("lists every rule with what it demands, what to do and who else checks it", () => {
    const text = readFileSync(file, "utf8");
    const [before = ""] = text.split(heading);
    if (process.env["UPDATE"] === "1") writeFileSync(file, before + table());
    assert.equal(readFileSync(file, "utf8"), before + table());
  });
});
