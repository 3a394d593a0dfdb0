import { dayLike } from "./day.ts";
import * as z from "./zod.ts";

/** A finding of a policy rule that somebody lets pass for a while; `policy/exceptions.ts` knows the rules. */
export interface Exception {
  /** Id of a rule, as a finding says it. */
  readonly rule: string;
  /** Logical name of the resource that it is for. @default every resource */
  readonly resource?: string;
  /** Why it may pass, for the next reader. */
  readonly reason: string;
  /** Last day on which it counts, by UTC, e.g. 2027-03-01. */
  readonly until: string;
}

const id = (allowed: string, pattern: RegExp) => z.string({ error: allowed }).regex(pattern, allowed);

export const exceptions = z.array(
  z.strictObject({
    rule: id("a rule's id such as targets-drain", /^[a-z]+(-[a-z]+)+$/),
    resource: id("a resource's logical name", /^[A-Za-z0-9][\w.:-]{0,199}$/).optional(),
    reason: id("one line of 10 to 300 characters", /^[^\p{Cc}]{10,300}$/u),
    until: dayLike("a day such as 2027-03-01"),
  }),
  { error: "a list of exceptions, each with rule, reason and until" },
);
