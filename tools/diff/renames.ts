import type { ResourceChange } from "./change.ts";
import { canonical } from "./values.ts";

/** Marks deleted and new resources that differ in nothing but their name. */
export function withRenames(changes: readonly ResourceChange[]): readonly ResourceChange[] {
  const texts = new Map(changes.map((change) => [change, withoutName(change)]));
  return changes.map((change) => {
    if (change.operation !== "create" && change.operation !== "delete") return change;
    const opposite = change.operation === "create" ? "delete" : "create";
    const partners = changes.filter(
      (candidate) => candidate.operation === opposite && texts.get(candidate) === texts.get(change),
    );
    const [partner] = partners;
    return partner === undefined || partners.length > 1 ? change : { ...change, renamed: partner.name };
  });
}

function withoutName({ type, name, before, after, operation }: ResourceChange): string {
  const { tags: _, ...inputs } = operation === "create" ? after : before;
  return `${type} ${canonical(inputs).replaceAll(name, "")}`;
}
