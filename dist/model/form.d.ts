import { type Fault } from "./fault.js";
import * as z from "./zod.js";
export interface Formed<T> {
    readonly faults: readonly Fault[];
    /** There only without faults. */
    readonly data?: T;
    /** What is said besides unknown keys, where they are all that is wrong: for looking further, not for use. */
    readonly known?: T;
}
/**
 * Holds a value against its schema: a section of the model, or a cloud's own block, for which the faults' paths read
 * `ams:aws.images.media`. A block that the stack doesn't have is checked as an empty one, by passing `{}`.
 */
export declare function checkForm<T>(section: string, schema: z.ZodType<T>, value: unknown): Formed<T>;
/** The keys of an object's schema, through defaults and options; of a union, those of the member that the value names. */
export declare function shapeOf(schema: unknown, value: unknown): Readonly<Record<string, unknown>> | undefined;
