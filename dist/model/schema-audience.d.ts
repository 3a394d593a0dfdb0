import * as z from "./zod.js";
export declare const audience: import("zod").ZodObject<{
    publishers: import("zod").ZodInt;
    viewers: import("zod").ZodInt;
    bitrateKbps: import("zod").ZodDefault<import("zod").ZodInt>;
    ladder: import("zod").ZodDefault<import("zod").ZodArray<import("zod").ZodLiteral<2160 | 1080 | 720 | 480 | 360 | 240>>>;
}, z.core.$strict>;
