import { Deferred } from "./handle.js";
/** Pieces of the configuration's form; their messages say what is allowed. */
export declare const whole: (min: number, max: number) => import("zod").ZodInt;
export declare const oneOf: <const T extends readonly [string, ...string[]]>(...values: T) => import("zod").ZodEnum<{ [k_1 in T[number]]: k_1; } extends infer T_1 ? { [k in keyof T_1]: T_1[k]; } : never>;
export declare const text: (pattern: RegExp, allowed: string) => import("zod").ZodString;
export declare const flag: import("zod").ZodBoolean;
export declare const cidr: import("zod").ZodString;
export declare const hostName: import("zod").ZodString;
/** Of something that is there already: a text of this form, or what a program knows after its deployment. */
export declare const handle: (pattern: RegExp, allowed: string) => import("zod").ZodUnion<readonly [import("zod").ZodInstanceOf<Deferred>, import("zod").ZodString]>;
/** Each cloud checks its own form. */
export declare const cloudId: (what: string) => import("zod").ZodUnion<readonly [import("zod").ZodInstanceOf<Deferred>, import("zod").ZodString]>;
export declare const machine: import("zod").ZodEnum<{
    "compute-2": "compute-2";
    "compute-4": "compute-4";
    "compute-8": "compute-8";
    "compute-16": "compute-16";
    "compute-32": "compute-32";
    "general-2": "general-2";
    "general-4": "general-4";
    "general-8": "general-8";
    "general-16": "general-16";
    "gpu-4": "gpu-4";
    "gpu-8": "gpu-8";
    "gpu-16": "gpu-16";
}>;
export declare const clock: import("zod").ZodString;
export declare function isTimeZone(name: string): boolean;
export declare const pem: (what: string) => import("zod").ZodString;
