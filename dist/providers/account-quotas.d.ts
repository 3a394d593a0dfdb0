import type { QuotaKey } from "../model/quotas.js";
import * as z from "../model/zod.js";
export declare const accountQuotas: import("zod").ZodDefault<import("zod").ZodObject<{
    rulesOfGroup: import("zod").ZodOptional<import("zod").ZodInt>;
    groupsOfInterface: import("zod").ZodOptional<import("zod").ZodInt>;
    webRules: import("zod").ZodOptional<import("zod").ZodInt>;
    webListeners: import("zod").ZodOptional<import("zod").ZodInt>;
    webTargets: import("zod").ZodOptional<import("zod").ZodInt>;
    streamListeners: import("zod").ZodOptional<import("zod").ZodInt>;
    streamTargets: import("zod").ZodOptional<import("zod").ZodInt>;
    vcpus: import("zod").ZodOptional<import("zod").ZodInt>;
    gpuVcpus: import("zod").ZodOptional<import("zod").ZodInt>;
    spotVcpus: import("zod").ZodOptional<import("zod").ZodInt>;
    elasticAddresses: import("zod").ZodOptional<import("zod").ZodInt>;
    policyCharacters: import("zod").ZodOptional<import("zod").ZodInt>;
    tags: import("zod").ZodOptional<import("zod").ZodInt>;
}, z.core.$strict>>;
/** What the block of a checked configuration says; for tools, which have the configuration as it came. */
export declare function quotasIn(block: unknown): Readonly<Partial<Record<QuotaKey, number | undefined>>>;
