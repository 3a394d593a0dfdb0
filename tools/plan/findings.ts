import { type Judgement, rules } from "../../policy/index.ts";
import type { Cell } from "./style.ts";

/** What the policy says of a stack, as rows: rule, resource, and what is wrong or why it passes. */
export function findingRows({ findings, excepted }: Judgement): readonly (readonly Cell[])[] {
  if (findings.length + excepted.length === 0)
    return [[{ text: `${rules.length} rules find nothing`, style: "green" }]];
  return [
    ...findings.map(({ rule, name, message }): readonly Cell[] => [
      { text: rule, style: "yellow" },
      { text: name },
      { text: message },
    ]),
    ...excepted.map(({ rule, name, reason, until }): readonly Cell[] => [
      { text: rule, style: "dim" },
      { text: name },
      { text: `passes until ${until}: ${reason}`, style: "dim" },
    ]),
  ];
}
