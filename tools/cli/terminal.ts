import { styleText } from "node:util";

export type Style = "bold" | "dim" | "cyan" | "green" | "yellow" | "red";
export type Paint = (style: Style, text: string) => string;

/** How a command's page looks where it is read. */
export interface Terminal {
  readonly paint: Paint;
  /** Characters in a line; infinite in a pipe and in a file. */
  readonly width: number;
}

const narrowest = 40;

/** COLUMNS overrides the width of the terminal, as in other command lines. */
export function terminalFor(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): Terminal {
  const columns = Number(environment["COLUMNS"]) || stream.columns || Number.POSITIVE_INFINITY;
  return { paint: paintFor(stream, environment), width: Math.max(columns, narrowest) };
}

/** Colours on a terminal that has them, unless NO_COLOR says no; FORCE_COLOR says yes in a pipe too. */
export function paintFor(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): Paint {
  const { NO_COLOR: no = "", FORCE_COLOR: force = "0" } = environment;
  const colours = no === "" && (force !== "0" || (stream.isTTY === true && stream.hasColors()));
  return colours ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
}
