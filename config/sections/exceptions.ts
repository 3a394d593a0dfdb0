import { dayLike } from "../day.ts";
import * as z from "../zod.ts";

const id = (allowed: string, pattern: RegExp) => z.string({ error: allowed }).regex(pattern, allowed);

export const exceptions = z
  .array(
    z.strictObject({
      rule: id("a rule id such as targets-drain", /^[a-z]+(-[a-z]+)+$/).describe("Rule id, as shown in the finding."),
      resource: id("the logical name of a resource", /^[A-Za-z0-9][\w.:-]{0,199}$/)
        .optional()
        .meta({
          description: "Logical name of the resource to which the exception applies.",
          source: "none: the exception applies to every resource",
        }),
      reason: id("one line of 10 to 300 characters", /^[^\p{Cc}]{10,300}$/u)
        .meta({ example: "accepted until the next review" })
        .describe("Reason for the exception."),
      until: dayLike("a date such as 2027-03-01").describe(
        "Last day on which the exception applies, in UTC, e.g. 2027-03-01.",
      ),
    }),
    { error: "a list of exceptions, each with the keys rule, reason and until" },
  )
  .describe("Policy findings to accept temporarily. Exceptions do not change any resources.");
