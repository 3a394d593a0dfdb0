import { isMap, isNode, parseDocument, stringify } from "yaml";
import type { Change } from "../stack-file/config-path.ts";

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const flow = (value: unknown): string =>
  stringify(value, { collectionStyle: "flow", flowCollectionPadding: false, lineWidth: 0 }).trim();

/**
 * The text of a stack file with changes of values that it has, and with sections that it does not have. Comments stay where
 * they are, but those that ask to replace what has been replaced; examples are still to be.
 */
export function changedText(text: string, changes: readonly Change[], examples: readonly Change[] = []): string {
  const document = parseDocument(text);
  const config = document.get("config");
  if (!isMap(config) || config.range?.[1] === undefined) throw new Error("the stack file has no config");
  const edits = [...changes, ...examples].flatMap((change): readonly Edit[] => {
    const { path, value } = change;
    const node = config.getIn(path, true);
    if (!isNode(node) || !node.range)
      return [{ from: sectionAt(text), to: sectionAt(text), text: section(path[0], value) }];
    const [from, to] = node.range;
    return [{ from, to, text: flow(value) }, ...(examples.includes(change) ? [] : asksToReplace(text, from))];
  });
  const changed = [...edits]
    .sort((a, b) => b.from - a.from)
    .reduce((changed, { from, to, text: by }) => changed.slice(0, from) + by + changed.slice(to), text);
  const [header = "", ...lines] = changed.split(/^(?=config:)/m);
  return lines.join("").includes("# REPLACE")
    ? changed
    : header.replace(/ Values marked REPLACE .*/, "") + lines.join("");
}

/** Sections that the file does not have come before the settings of its cloud. Pulumi writes the file without blank lines. */
const sectionAt = (text: string): number => text.search(/\n\n? {2}# ---- Settings (?:of|for) this cloud/) + 1;

const section = (key: string, value: unknown): string =>
  `  ${key}: # expected concurrent audience; plan warns if the groups are too small\n${stringify(value).replace(/^/gm, "    ").trimEnd()}\n`;

/** A comment that asks for a value: at its line's end, or on a line above it. */
function asksToReplace(text: string, from: number): readonly Edit[] {
  const end = text.indexOf("\n", from);
  const beside = text.slice(from, end).search(/ # REPLACE\b/);
  if (beside >= 0) return [{ from: from + beside, to: end, text: "" }];
  const line = text.lastIndexOf("\n", from) + 1;
  const above = /(?: *#.*\n)+$/.exec(text.slice(0, line));
  const asks = / *# REPLACE\b.*\n/.exec(above?.[0] ?? "");
  if (above === null || asks === null) return [];
  const start = above.index + asks.index;
  return [{ from: start, to: start + asks[0].length, text: "" }];
}
