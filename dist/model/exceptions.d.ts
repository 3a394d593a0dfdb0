import * as z from "./zod.js";
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
export declare const exceptions: import("zod").ZodArray<import("zod").ZodObject<{
    rule: import("zod").ZodString;
    resource: import("zod").ZodOptional<import("zod").ZodString>;
    reason: import("zod").ZodString;
    until: import("zod").ZodPipe<import("zod").ZodString, import("zod").ZodTransform<string, string>>;
}, z.core.$strict>>;
