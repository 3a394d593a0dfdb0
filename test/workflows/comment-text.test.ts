import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CommentBench, space } from "./comment-bench.ts";

describe("The text of a comment", () => {
  let bench: CommentBench;
  beforeEach(() => {
    bench = new CommentBench();
  });
  afterEach(() => bench.remove());

  it("keeps the summary's own markup and characters as they are", () => {
    const text =
      "**2 to create** | `a → b`\n<details><summary>3 &lt;rules&gt;</summary>\n\n| a | b |\n|---|---|\n</details>\n10.0.0.0/16 größer &#62; &#91;2&#93;";
    assert.equal(bench.clean(text), text);
  });

  it("leaves to the eye what the project's own diff writes", () => {
    const project = fileURLToPath(new URL("../..", import.meta.url));
    const file = bench.path("Pulumi.aws.yaml");
    const changed = readFileSync(`${project}/Pulumi.aws.yaml`, "utf8").replace("zones: [a, b]", "zones: [a, b, c]");
    writeFileSync(file, changed);
    const words = ["start.mjs", "tools/cli.ts", "diff", "--files", "Pulumi.aws.yaml", file, "--markdown"];
    const run = spawnSync(process.execPath, words, { cwd: project, encoding: "utf8" });
    assert.equal(run.status, 0, run.stderr);
    assert.match(run.stdout, /<details>.*<code>.*&#/s);
    const cleaned = bench.clean(run.stdout);
    assert.equal(cleaned.replaceAll(space, ""), run.stdout);
    assert.doesNotMatch(cleaned, new RegExp(`<${space}|&${space}|\\]${space}`));
  });

  it("breaks mentions, references, links, images, foreign tags, comments and entities, and leaves their text", () => {
    const hostile = [
      "@octocat",
      "fixes #1",
      "[log in](https://evil.example)",
      "![x](//evil.example/x.png)",
      "[x]: //evil.example",
      "https://evil.example",
      "www.evil.example",
      '<img src="//evil.example">',
      "<a href=//evil.example>x</a>",
      "<!-- ams-cluster preview: aws -->",
      "&#64;octocat",
      "&#0064;octocat",
      "&#x40;octocat",
      "&#35;1",
      "https&#58;//evil.example",
      "&commat;octocat",
      "<details onclick=x>",
    ];
    const cleaned = bench.clean(hostile.join("\n")).split("\n");
    for (const [index, line] of hostile.entries()) {
      assert.notEqual(cleaned[index], line);
      assert.equal(cleaned[index]?.replaceAll(space, ""), line);
      assert.doesNotMatch(
        cleaned[index] ?? "",
        /(@|&#64;|&#0|&#x|&commat;|#35;)\w|[^&]#\d|\]\(|\]:|(:|&#58;)\/\/|www\.|<[a!]|<img|<details /,
      );
    }
  });

  it("takes out bytes that are no text, control characters and marks that turn the reading direction", () => {
    const cleaned = bench.clean(Buffer.from([0x61, 0xff, 0x00, 0x1b, 0x0d, 0xe2, 0x80, 0xae, 0x62, 0x0a, 0xc3]));
    assert.equal(cleaned, "ab\n");
  });

  it("says so when it cuts, and stays under GitHub's limit however much the breaking adds", () => {
    bench.clean("@ß".repeat(60_000));
    assert.equal(bench.step("Post or update the comments", { NUMBER: "12" }).status, 0);
    const [body = ""] = bench.sent();
    assert.match(body, /truncated/);
    assert.ok(Buffer.byteLength(body) < 65_536, `${Buffer.byteLength(body)} bytes`);
    assert.doesNotMatch(body, /\ufffd/);
  });
});
