import { styleText } from "node:util";

export type Style = "bold" | "dim" | "cyan" | "green" | "yellow" | "red";
export type Paint = (style: Style, text: string) => string;

/** Colours on a terminal that has them, unless NO_COLOR says no; FORCE_COLOR says yes in a pipe too. */
export function paintFor(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): Paint {
  const { NO_COLOR: no = "", FORCE_COLOR: force = "0" } = environment;
  const colours = no === "" && (force !== "0" || (stream.isTTY === true && stream.hasColors()));
  return colours ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
}

export interface Cell {
  readonly text: string;
  readonly style?: Style;
}

/** Rows with aligned columns, two blanks apart; the last column is as long as it is, up to the width. */
export function alignRows(
  rows: readonly (readonly Cell[])[],
  indent: string,
  width: number,
  paint: Paint,
): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.text.length ?? 0)));
  return rows.map((row) => {
    let used = indent.length;
    const cells = row.map(({ text, style }, column) => {
      const isLast = row.slice(column + 1).every((cell) => cell.text === "");
      const shown = isLast ? cut(text, width - used) : text.padEnd(widths[column] ?? 0);
      used += (widths[column] ?? 0) + 2;
      return isLast && shown === "" ? "" : style === undefined ? shown : paint(style, shown);
    });
    return `${indent}${cells.join("  ")}`.trimEnd();
  });
}

const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(width - 1, 1))}…`;

/** Words as lines of at most the width, which no word is cut for. */
export function wrap(words: readonly string[], indent: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 2 <= width) lines[lines.length - 1] = `${last}  ${word}`;
    else lines.push(`${indent}${word}`);
  }
  return lines;
}
