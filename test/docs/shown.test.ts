import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { commands as table } from "../../tools/cli/commands.ts";
import { readWords, type Spec } from "../../tools/cli/run.ts";
import { root } from "../support/contract.ts";
import { blocks, blocksOf, commandsOf, pages, textOf } from "../support/shown/blocks.ts";
import { notRun } from "../support/shown/not-run.ts";

const shown = blocks.flatMap(({ page, commands }) => commands.map((command) => ({ page, ...command })));

/** Programs that blocks begin with; anything else is the output of one, or a block without its language. */
const programs =
  /^(aliyun|aws|curl|dig|ffmpeg|git|group=|mkdir|mongo|npm|printf|promtool|pulumi|region=|ssh|sudo|system)/;

/** `npm run NAME -- WORDS` within code, in blocks and in the text. */
const scriptsIn = (text: string): readonly (readonly [name: string, words: string])[] =>
  [...text.matchAll(/npm run (?:--silent )?([a-z][\w:-]*) -- ([^`\n#|]*)/g)].map(([, name = "", words = ""]) => [
    name,
    words.trim(),
  ]);

const unquoted = (words: string): readonly string[] =>
  [...words.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) => word.replace(/['"]/g, ""));

describe("The commands that the documentation shows", () => {
  it("are found in the pages' blocks, with what they require", () => {
    assert.ok(shown.length > 120, `${shown.length} commands`);
    const text = [
      "# A `# b`",
      "```",
      "npm ci && npm run plan -- aws   # requires time; and more",
      "aws a \\",
      "  --query 'b # c'",
      "```",
      "## Alibaba Cloud",
      "   ```sh",
      "   # requires an account",
      "   pulumi up",
      "   ```",
      "```yaml",
      "a: b",
      "```",
    ].join("\n");
    assert.deepEqual(
      blocksOf("docs/a.md", text).map(({ line, cloud, commands }) => ({ line, cloud, commands })),
      [
        {
          line: 2,
          cloud: "aws",
          commands: [
            { text: "npm ci", requires: "time" },
            { text: "npm run plan -- aws", requires: "time" },
            { text: "aws a --query 'b # c'" },
          ],
        },
        { line: 8, cloud: "alibaba", commands: [{ text: "pulumi up", requires: "an account" }] },
      ],
    );
    assert.deepEqual(commandsOf("a=$(b |\n  c)"), [{ text: "a=$(b |\nc)" }]);
  });

  it("are commands: other blocks name their language", () => {
    assert.deepEqual(
      shown.filter(({ text }) => !programs.test(text)),
      [],
    );
  });

  it("run on a fresh machine, or say what they require and are listed with the reason", () => {
    const marked = shown.flatMap(({ text, requires }) => (requires === undefined ? [] : [`${requires}: ${text}`]));
    const listed = Object.entries(notRun).flatMap(([what, { commands }]) => commands.map((text) => `${what}: ${text}`));
    assert.deepEqual([...new Set(marked)].sort(), [...listed].sort());
  });

  it("are marked on each page that shows them", () => {
    const listed = Object.values(notRun).flatMap(({ commands }) => commands);
    assert.deepEqual(
      shown.filter(({ text, requires }) => requires === undefined && listed.includes(text)),
      [],
    );
  });

  it("are scripts of package.json with the options of the command line, in the text too", async () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const found = pages.flatMap((page) => scriptsIn(textOf(page)).map(([name, words]) => ({ page, name, words })));
    assert.ok(found.length > 80, `${found.length} scripts`);
    const wrong: string[] = [];
    for (const { page, name, words } of found) {
      const spec = Object.entries<Spec>(table).find(([one]) => one === name)?.[1];
      if (!(name in scripts)) wrong.push(`${page}: no script ${name}`);
      // A usage line has no words of its own.
      if (spec === undefined || /\[options\]|\.\.\./.test(words)) continue;
      await readWords(spec, unquoted(words)).catch((error: unknown) =>
        wrong.push(`${page}: ${name} ${words}: ${error}`),
      );
    }
    assert.deepEqual(wrong, []);
  });
});
