import { type Fault } from "./fault.js";
/** Far above what the schema can hold, and small enough that reading, judging and telling it takes no time. */
export declare const limits: {
    readonly depth: 16;
    readonly entries: 5000;
    readonly keyLength: 256;
    readonly textLength: 131072;
};
/**
 * The first thing that is too deep, too long or too much among the values of a configuration, as one short fault, before
 * anything else looks at them. Walks without recursion, and no further than to a limit.
 */
export declare function checkLimits(values: Readonly<Record<string, unknown>>): Fault | undefined;
