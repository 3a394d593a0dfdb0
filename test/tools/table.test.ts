import assert from "node:assert/strict";
import fc from "fast-check";
import { alignRows } from "../../tools/cli/table.ts";
import { terminalFor } from "../../tools/cli/terminal.ts";

const plain = { paint: (_: string, text: string) => text, width: Number.POSITIVE_INFINITY };
const word = fc.stringMatching(/^[a-zA-Z0-9:/.{}-]{1,30}$/);
const cell = fc.record({ text: fc.array(word, { maxLength: 12 }).map((words) => words.join(" ")) });
const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 });
const letters = (text: string): string => [...text.replace(/\s/g, "")].sort().join("");

describe("A table on a terminal", () => {
  it("stays within any width from 40 columns on, and cuts no text", () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 40, max: 200 }), (given, width) => {
        const shown = alignRows(given, 2, { ...plain, width });
        assert.equal(shown.length, given.length);
        assert.deepEqual(
          shown
            .join("\n")
            .split("\n")
            .filter((line) => line.length > width),
          [],
        );
        for (const [index, text] of shown.entries())
          assert.equal(letters(text), letters((given[index] ?? []).map((one) => one.text).join("")));
      }),
    );
  });

  it("breaks no word while another column has blanks to break at", () => {
    const longest = "s3.BucketServerSideEncryptionConfiguration";
    const given = [
      [{ text: "s3.BucketVersioning" }, { text: "a description of nine words that can be broken" }],
      [{ text: longest }, { text: "short" }],
    ];
    const column = " ".repeat(longest.length + 2);
    assert.deepEqual(alignRows(given, 0, { ...plain, width: 60 }), [
      `${"s3.BucketVersioning".padEnd(column.length)}a description of\n${column}nine words that\n${column}can be broken`,
      `${longest}  short`,
    ]);
  });

  it("aligns sums at the right, and paints each line of a cell alone", () => {
    const paint = (_: string, text: string) => `\u001b[2m${text}\u001b[22m`;
    const given = [
      [
        { text: "x".repeat(50), style: "dim" as const },
        { text: "1.50", align: "right" as const },
      ],
      [{ text: "y" }, { text: "1,234.50", align: "right" as const }],
    ];
    const [first = "", second] = alignRows(given, 0, { paint, width: 40 });
    assert.deepEqual(first.split("\n"), [
      `\u001b[2m${"x".repeat(30)}\u001b[22m      1.50`,
      `\u001b[2m${"x".repeat(20)}\u001b[22m`,
    ]);
    assert.equal(second, `y${" ".repeat(31)}1,234.50`);
  });

  it("takes its width from COLUMNS, then from the terminal, and has none in a pipe", () => {
    const stream = (columns?: number) =>
      Object.assign(Object.create(process.stdout), { isTTY: columns !== undefined, hasColors: () => false, columns });
    const widths = [
      terminalFor(stream(100), { COLUMNS: "80" }),
      terminalFor(stream(100), {}),
      terminalFor(stream(), {}),
      terminalFor(stream(9), {}),
    ];
    assert.deepEqual(
      widths.map(({ width }) => width),
      [80, 100, Number.POSITIVE_INFINITY, 40],
    );
  });
});
