import type { Operation, PropertyChange, ResourceChange } from "./change.ts";
import type { Report } from "./page/report.ts";

/** `--json`: one object on one line. */
export function jsonText({ stacks }: Report): string {
  const json = stacks.map(({ diff: { stack, resources, failures, operations } }) => {
    const of = (operation: Operation) => resources.filter((change) => change.operation === operation).map(toEntry);
    return {
      stack,
      create: of("create"),
      update: of("update"),
      replace: of("replace"),
      delete: of("delete"),
      failures,
      operations,
    };
  });
  return `${JSON.stringify({ stacks: json })}\n`;
}

const toEntry = ({ urn, type, name, changes }: ResourceChange): object => ({
  urn,
  type,
  name,
  changes: changes.map(toChange),
});

/** `replaces` is true, false or "unknown"; an absent side is left out, a value that is made anew says so. */
function toChange({ path, before, after, renewed, verdict }: PropertyChange): object {
  const replaces = verdict === "unknown" ? verdict : verdict === "replace";
  return { path, before, after, ...(renewed === true ? { renewed } : {}), replaces };
}
