import { type Judgement, rules } from "../../policy/index.ts";
import type { Row } from "../cli/table.ts";

/** What the policy says of a stack, as rows: rule, resource, and what is wrong or why it passes. */
export function findingRows({ findings, excepted }: Judgement): readonly Row[] {
  if (findings.length + excepted.length === 0)
    return [[{ text: `No findings from ${rules.length} rules`, style: "green" }]];
  return [
    ...findings.map(
      ({ rule, name, message }): Row => [{ text: rule, style: "yellow" }, { text: name }, { text: message }],
    ),
    ...excepted.map(
      ({ rule, name, reason, until }): Row => [
        { text: rule, style: "dim" },
        { text: name },
        { text: `accepted until ${until}: ${reason}`, style: "dim" },
      ],
    ),
  ];
}
