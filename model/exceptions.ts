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

const isDay = (text: string): boolean => {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
};

/** The engine's YAML takes a bare day for a time and hands it over as "2027-03-01 00:00:00 +0000 UTC" (seen on 3.258). */
const day = z
  .string({ error: "a day such as 2027-03-01" })
  .transform((text) => text.replace(/[T ]00:00:00(Z| \+0000 UTC)$/, ""))
  .refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isDay(text), "a day such as 2027-03-01");

export const exceptions = z.array(
  z.strictObject({
    rule: id("a rule's id such as targets-drain", /^[a-z]+(-[a-z]+)+$/),
    resource: id("a resource's logical name", /^[A-Za-z0-9][\w.:-]{0,199}$/).optional(),
    reason: id("one line of 10 to 300 characters", /^[^\p{Cc}]{10,300}$/u),
    until: day,
  }),
  { error: "a list of exceptions, each with rule, reason and until" },
);
