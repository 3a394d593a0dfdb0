import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { strToU8 } from "fflate";
import { CommentBench, pull, repository, sha } from "./comment-bench.ts";

describe("The comment on a pull request", () => {
  let bench: CommentBench;
  beforeEach(() => {
    bench = new CommentBench();
  });
  afterEach(() => bench.remove());

  it("goes to the open pull request whose newest commit ran", () => {
    assert.equal(bench.find([pull(12, repository)]).output, "number=12\n");
    assert.match(bench.read("calls.txt"), /repos\/acme\/cluster\/pulls .*head=acme:topic/);
  });

  it("goes to a fork's pull request", () => {
    assert.equal(bench.find([pull(13, "mallory/cluster")], { HEAD_REPO: "mallory/cluster" }).output, "number=13\n");
  });

  it("goes nowhere when a newer commit was pushed, the head is another repository, or none or two pull requests fit", () => {
    for (const pulls of [
      [],
      [pull(12, repository, "b".repeat(40))],
      [pull(12, "mallory/cluster")],
      [{ ...pull(12, repository), head: { sha, repo: null } }],
      [pull(12, repository), pull(13, repository)],
    ]) {
      const run = bench.find(pulls);
      assert.equal(run.status, 0, run.stderr);
      assert.equal(run.output, "number=\n");
    }
  });

  it("takes nothing but a plain number for the pull request", () => {
    for (const number of ["12; id", "12\nid=1", -1, 0, "../1", null]) {
      assert.equal(bench.find([pull(number, repository)]).output, "number=\n");
    }
  });

  it("runs no command that a branch's name holds", () => {
    const run = bench.find([], { HEAD_LABEL: "mallory:$(touch owned)`touch owned`;touch owned" });
    assert.equal(run.status, 0, run.stderr);
    assert.equal(existsSync(bench.path("owned")), false);
    assert.match(bench.read("calls.txt"), /head=mallory:\$\(touch owned\)/);
  });

  it("takes a fork's offline text and none that claims to be of a live stack", () => {
    bench.offer(
      ["offline", "aws", "alibaba"].map((part) => ({
        name: `preview-${part}`,
        files: { [`${part}.md`]: strToU8(part) },
      })),
    );
    bench.fetchTexts("mallory/cluster");
    assert.deepEqual(readdirSync(bench.path("texts")), ["offline.md"]);
    bench.fetchTexts(repository);
    assert.deepEqual(readdirSync(bench.path("texts")).sort(), ["alibaba.md", "aws.md", "offline.md"]);
  });

  it("takes the newest artefact of a name", () => {
    bench.offer(["old", "new"].map((text) => ({ name: "preview-offline", files: { "offline.md": strToU8(text) } })));
    bench.fetchTexts(repository);
    assert.equal(bench.read("texts/offline.md"), "new");
  });

  it("fetches no artefact of more than a megabyte", () => {
    bench.offer([{ name: "preview-offline", files: { "offline.md": strToU8("text") }, size: 1_000_001 }]);
    assert.equal(bench.fetchTexts(repository).status, 0);
    assert.equal(existsSync(bench.path("texts/offline.md")), false);
    assert.doesNotMatch(bench.read("calls.txt"), /zip/);
  });

  it("cuts what unfolds to more than a quarter of a megabyte", () => {
    bench.offer([{ name: "preview-offline", files: { "offline.md": new Uint8Array(6_000_000).fill(0x61) } }]);
    assert.equal(bench.fetchTexts(repository).status, 0);
    assert.equal(bench.read("texts/offline.md").length, 250_000);
  });

  it("writes none of the archive's paths and follows none of its links", () => {
    bench.offer([
      {
        name: "preview-offline",
        files: {
          "../escaped.md": strToU8("out"),
          "bin/gh": strToU8("#!/bin/bash\ntouch owned"),
          "offline.md": [strToU8("/etc/passwd"), { os: 3, attrs: 0o120777 << 16 }],
        },
      },
    ]);
    assert.equal(bench.fetchTexts(repository).status, 0);
    assert.equal(bench.read("texts/offline.md"), "/etc/passwd");
    assert.equal(existsSync(bench.path("../escaped.md")), false);
    assert.doesNotMatch(bench.read("bin/gh"), /owned/);
  });

  it("survives an archive that is none and one without the text", () => {
    bench.offer([{ name: "preview-offline", files: { "other.md": strToU8("text") } }]);
    assert.match(bench.fetchTexts(repository).stdout, /::warning::/);
    bench.write("zip-1", "no archive");
    const run = bench.fetchTexts(repository);
    assert.equal(run.status, 0, run.stderr);
    assert.deepEqual(readdirSync(bench.path("texts")), []);
  });

  it("is made once for each part, and names commit and run", () => {
    bench.offer(
      ["offline", "aws"].map((part) => ({ name: `preview-${part}`, files: { [`${part}.md`]: strToU8(`${part}\n`) } })),
    );
    bench.fetchTexts(repository);
    const run = bench.step("Post or update the comments", { NUMBER: "12" });
    assert.equal(run.status, 0, run.stderr);
    const [offline = "", aws = ""] = bench.sent();
    assert.match(offline, /^<!-- ams-cluster preview: offline -->\n.*aaaaaaaaaaaa.*actions\/runs\/77.*\n\noffline\n$/s);
    assert.match(aws, /^<!-- ams-cluster preview: aws -->\n### .* live `aws` stack\n.*\n\naws\n$/s);
    assert.equal(
      bench.read("calls.txt").match(/--method POST repos\/acme\/cluster\/issues\/12\/comments /g)?.length,
      2,
    );
  });

  it("is updated in place, and never one of another person or part", () => {
    const marker = "<!-- ams-cluster preview: offline -->";
    const comment = (id: number, login: string, body: string) => ({ id, user: { login }, body });
    const first = [comment(1, "mallory", marker), comment(2, "github-actions[bot]", `quoted ${marker}`)];
    const second = [comment(3, "github-actions[bot]", `${marker}\nold`), comment(4, "github-actions[bot]", "other")];
    // gh prints one array for each page.
    bench.write("comments-answer.json", `${JSON.stringify(first)}${JSON.stringify(second)}`);
    bench.offer([{ name: "preview-offline", files: { "offline.md": strToU8("new") } }]);
    bench.fetchTexts(repository);
    assert.equal(bench.step("Post or update the comments", { NUMBER: "12" }).status, 0);
    assert.match(bench.read("calls.txt"), /--method PATCH repos\/acme\/cluster\/issues\/comments\/3 /);
    assert.doesNotMatch(bench.read("calls.txt"), /POST/);
    assert.equal(bench.sent().length, 1);
  });
});
