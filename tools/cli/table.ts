import { createRequire } from "node:module";
import { projectFile } from "../../model/project.ts";
import type { Style, Terminal } from "./terminal.ts";

interface Lines {
  div(...cells: readonly object[]): void;
  toString(): string;
}

/** Loaded as CommonJS: the ES module of this library does not break lines at blanks. */
const cliui: (options: { readonly width: number }) => Lines = createRequire(projectFile("package.json"))("cliui");

export interface Cell {
  readonly text: string;
  readonly style?: Style;
  /** @default left */
  readonly align?: "right";
}

export type Row = readonly Cell[];

export const headingRow = (...titles: readonly string[]): Row => titles.map((text) => ({ text, style: "dim" }));

const gap = 2;

/**
 * One text for each row, with aligned columns. Where a row would be longer than the terminal's line, the widest columns
 * are made narrower and their cells continue in the next line; no text is cut.
 */
export function alignRows(rows: readonly Row[], indent: number, { paint, width }: Terminal): readonly string[] {
  const words = columnWidths(rows, ({ text }) => Math.max(...text.split(" ").map((word) => word.length)));
  const widths = narrowed(
    columnWidths(rows, ({ text }) => text.length),
    words,
    width - indent,
  );
  return rows.map((row) => {
    const lines = cliui({ width });
    const cells = row.map(({ text, style, align = "left" }, column) => ({
      text: style === undefined || text === "" ? text : paint(style, text),
      align,
      width: (widths[column] ?? 0) + (column === 0 ? indent : gap),
      padding: [0, 0, 0, column === 0 ? indent : gap],
    }));
    lines.div(...cells);
    return lines.toString();
  });
}

function columnWidths(rows: readonly Row[], widthOf: (cell: Cell) => number): readonly number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: columns }, (_, column) =>
    Math.max(1, ...rows.map((row) => widthOf(row[column] ?? { text: "" }))),
  );
}

/** A word is broken only where its column has nothing else left to give. */
function narrowed(natural: readonly number[], words: readonly number[], room: number): readonly number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, one) => sum + one, gap * (widths.length - 1)) - room;
  for (; excess > 0; excess--) {
    const slack = widths.map((width, column) => (width > (words[column] ?? 0) ? width : 0));
    const wide = Math.max(...slack) > 0 ? slack : widths;
    const column = wide.indexOf(Math.max(...wide));
    widths[column] = Math.max(1, (widths[column] ?? 0) - 1);
  }
  return widths;
}
