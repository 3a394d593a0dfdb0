import type { Unknown, Value } from "../../../recording/value.ts";
import type { ResourceChange } from "../change.ts";

type Files = Readonly<Record<string, unknown>>;

/** Which files of its agent a kind of machine gets anew; what rolls because of it stands with the groups' templates. */
export function agentEffects(changes: readonly ResourceChange[]): readonly string[] {
  return changes.flatMap(({ name, changes: properties }) => {
    const content = properties.find(({ path }) => path === "content");
    const [before, after] = [filesIn(content?.before), filesIn(content?.after)];
    if (before === undefined || after === undefined) return [];
    const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    const other = paths.filter((path) => JSON.stringify(before[path]) !== JSON.stringify(after[path]));
    const files = other.map((path) => path.split("/").at(-1)).join(", ");
    const what = other.length === 0 ? "only its commands changed" : `changed files: ${files}`;
    return [`new ${name.split("-").at(-1)} machines run a changed agent; ${what}`];
  });
}

function filesIn(text: Value | Unknown | undefined): Files | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const { files }: { readonly files?: Files } = JSON.parse(text);
    return files;
  } catch {
    // No archive of ours.
    return undefined;
  }
}
