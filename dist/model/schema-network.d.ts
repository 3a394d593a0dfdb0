import * as z from "./zod.js";
export declare const network: import("zod").ZodObject<{
    cidr: import("zod").ZodDefault<import("zod").ZodString>;
    zones: import("zod").ZodArray<import("zod").ZodString>;
    databaseZones: import("zod").ZodOptional<import("zod").ZodArray<import("zod").ZodInt>>;
    nat: import("zod").ZodOptional<import("zod").ZodEnum<{
        none: "none";
        one: "one";
        "per-zone": "per-zone";
    }>>;
    avoid: import("zod").ZodDefault<import("zod").ZodArray<import("zod").ZodString>>;
    existing: import("zod").ZodOptional<import("zod").ZodObject<{
        id: import("zod").ZodUnion<readonly [import("zod").ZodInstanceOf<import("./handle.js").Deferred>, import("zod").ZodString]>;
        subnets: import("zod").ZodObject<{
            balancer: import("zod").ZodArray<import("zod").ZodObject<{
                id: import("zod").ZodUnion<readonly [import("zod").ZodInstanceOf<import("./handle.js").Deferred>, import("zod").ZodString]>;
                cidr: import("zod").ZodString;
            }, z.core.$strict>>;
            media: import("zod").ZodArray<import("zod").ZodObject<{
                id: import("zod").ZodUnion<readonly [import("zod").ZodInstanceOf<import("./handle.js").Deferred>, import("zod").ZodString]>;
                cidr: import("zod").ZodString;
            }, z.core.$strict>>;
            database: import("zod").ZodArray<import("zod").ZodObject<{
                id: import("zod").ZodUnion<readonly [import("zod").ZodInstanceOf<import("./handle.js").Deferred>, import("zod").ZodString]>;
                cidr: import("zod").ZodString;
            }, z.core.$strict>>;
        }, z.core.$strict>;
    }, z.core.$strict>>;
}, z.core.$strict>;
