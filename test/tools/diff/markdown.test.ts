import assert from "node:assert/strict";
import type { ResourceChange } from "../../../tools/diff/change.ts";
import { code, longestComment, markdownText } from "../../../tools/diff/page/markdown.ts";
import { type Report, reportOn } from "../../../tools/diff/page/report.ts";
import { terminalText } from "../../../tools/diff/page/terminal.ts";

const plain = { paint: (_: string, text: string) => text, width: 200 } as const;

const change = (over: Partial<ResourceChange> = {}): ResourceChange => ({
  operation: "update",
  urn: "urn:pulumi:aws::ams::aws:ec2/subnet:Subnet::a",
  type: "aws:ec2/subnet:Subnet",
  name: "a",
  before: {},
  after: {},
  changes: [{ path: "mapPublicIpOnLaunch", before: false, after: true, verdict: "update" }],
  isRefused: false,
  isRetained: false,
  ...over,
});

const report = (resources: readonly ResourceChange[], stack = "aws"): Report => ({
  title: "abc -> working tree",
  notes: [],
  stacks: [reportOn({ stack, resources, same: 3, notes: [] })],
});

const hostile = [
  "</details><script>alert(1)</script>",
  "| x | y |\n\n# heading",
  "![image](https://evil.example/x.png)",
  "@octocat #1 [link](javascript:alert(1)) `tick` **bold** <!-- ",
  "http://evil.example www.evil.example &lt; &#60;",
  "\u001b[31mred\u001b]0;title\u0007",
  "abc\u202Efdp.exe",
];

describe("The Markdown of a diff", () => {
  it("shows the tally outside of the fold, and the resources within", () => {
    const text = markdownText(report([change(), change({ name: "b", operation: "delete" })]));
    const [visible = "", folded = ""] = text.split("<details>");
    assert.match(visible, /### <code>aws<\/code>: 0 create, 1 update in place, 0 replace, 1 delete, 3 unchanged/);
    assert.match(folded, /mapPublicIpOnLaunch false -&#62; true/);
    assert.ok(folded.indexOf("- delete") < folded.indexOf("~ update"), "what is lost comes first");
    assert.match(folded, /<\/details>/);
  });

  it("says that nothing changes, with nothing to unfold", () => {
    const text = markdownText(report([]));
    assert.match(text, /<code>aws<\/code>: no changes/);
    assert.ok(!text.includes("<details>"));
  });

  it("stays below the limit for any number of changes, closes what it opens and says what it cut", () => {
    const long = "x".repeat(1500);
    const many = Array.from({ length: 2000 }, (_, index) =>
      change({
        name: `${index}-${long}`,
        changes: [
          { path: "tags.a", before: `${long}<`, after: `${long}>`, verdict: "update" },
          { path: "userData", before: `${index}\n${"`".repeat(9)}`, after: long, verdict: "unknown" },
        ],
      }),
    );
    const stacks = Array.from({ length: 9 }, (_, index) => report(many, `s${index}`).stacks).flat();
    for (const one of [report(many), { ...report(many), stacks }, { ...report([]), notes: [long, long, long] }]) {
      const text = markdownText(one);
      assert.ok(text.length < longestComment, `${text.length} characters`);
      assert.equal(text.match(/<details>/g)?.length, text.match(/<\/details>/g)?.length);
    }
    const text = markdownText(report(many));
    assert.match(text, /_Omitted to fit the comment size limit: \d+ resources, \d+ text differences\._/);
    assert.match(text, /2000 update in place/);
  });

  it("stays below the limit for any number of stacks", () => {
    const stacks = Array.from({ length: 3000 }, (_, index) => report([change()], `stack-${index}`).stacks).flat();
    const text = markdownText({ ...report([]), stacks });
    assert.ok(text.length < longestComment, `${text.length} characters`);
    assert.match(text, /_\d+ more stacks do not fit/);
  });

  it("lets no text of a name, tag or value become Markdown, HTML, a mention or a link", () => {
    for (const text of hostile) {
      const shown = code(text);
      const inner = shown.slice("<code>".length, -"</code>".length);
      assert.doesNotMatch(inner, /[<>`*|[\]@\\_~\p{Cc}\p{Cf}]|:\/\/|www\./u, text);
      assert.match(inner.replace(/&#\d+;/g, ""), /^[^&#]*$/, "only whole character references");
    }
  });

  it("keeps a hostile name within its cell and a hostile text within its fence", () => {
    const resources = hostile.map((text) =>
      change({
        name: text,
        changes: [
          { path: `tags["${text}"]`, before: text, after: `${text}!`, verdict: "update" },
          { path: "userData", before: "a", after: `${text}\n\`\`\`\n</details>\n# heading`, verdict: "update" },
        ],
      }),
    );
    const text = markdownText(report(resources, hostile[1]));
    const outside = text.replace(/^(`{3,})diff\n[\s\S]*?\n\1$/gm, "");
    assert.equal(outside.match(/<details>/g)?.length, 1);
    assert.equal(outside.match(/<\/details>/g)?.length, 1);
    assert.doesNotMatch(outside, /<script|^# heading|\]\(|@octocat|https?:\/\//m);
    const rows = outside.split("\n").filter((line) => line.startsWith("| ~"));
    assert.equal(rows.length, hostile.length);
    assert.ok(rows.every((row) => row.split("|").length === 5));
  });

  it("prints a note of several lines as lines, and nothing else of what is in it", () => {
    const text = terminalText({ ...report([]), notes: ["can't be planned:\nams:name\u001b[2J: got 1"] }, plain);
    assert.match(text, /^note: can't be planned:\n {6}ams:name\\u\{1b\}\[2J: got 1$/m);
  });

  it("steers no terminal", () => {
    const resources = hostile.map((name) =>
      change({ name, changes: [{ path: "a", before: name, after: "", verdict: "update" }] }),
    );
    const text = terminalText(report(resources, hostile[5]), plain);
    assert.doesNotMatch(text.replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
    assert.equal(
      text.split("\n").length,
      terminalText(report(resources.map(() => change())), plain).split("\n").length,
    );
  });
});
