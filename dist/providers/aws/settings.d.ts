import type { Cluster } from "../../model/cluster.js";
import { type Fault } from "../../model/fault.js";
import type { Handle } from "../../model/handle.js";
import * as z from "../../model/zod.js";
export declare const schema: import("zod").ZodObject<{
    images: import("zod").ZodObject<{
        media: import("zod").ZodUnion<readonly [import("zod").ZodInstanceOf<import("../../model/handle.js").Deferred>, import("zod").ZodString]>;
        gpu: import("zod").ZodOptional<import("zod").ZodUnion<readonly [import("zod").ZodInstanceOf<import("../../model/handle.js").Deferred>, import("zod").ZodString]>>;
        database: import("zod").ZodOptional<import("zod").ZodUnion<readonly [import("zod").ZodInstanceOf<import("../../model/handle.js").Deferred>, import("zod").ZodString]>>;
        proxy: import("zod").ZodOptional<import("zod").ZodUnion<readonly [import("zod").ZodInstanceOf<import("../../model/handle.js").Deferred>, import("zod").ZodString]>>;
    }, z.core.$strict>;
    instanceTypes: import("zod").ZodDefault<import("zod").ZodObject<{
        origin: import("zod").ZodOptional<import("zod").ZodString>;
        edge: import("zod").ZodOptional<import("zod").ZodString>;
        database: import("zod").ZodOptional<import("zod").ZodString>;
        proxy: import("zod").ZodOptional<import("zod").ZodString>;
    }, z.core.$strict>>;
    unlistedTypes: import("zod").ZodDefault<import("zod").ZodArray<import("zod").ZodString>>;
    quotas: import("zod").ZodDefault<import("zod").ZodObject<{
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
    hostedZoneId: import("zod").ZodOptional<import("zod").ZodUnion<readonly [import("zod").ZodInstanceOf<import("../../model/handle.js").Deferred>, import("zod").ZodString]>>;
    databaseSnapshots: import("zod").ZodDefault<import("zod").ZodObject<{
        db1: import("zod").ZodOptional<import("zod").ZodString>;
        db2: import("zod").ZodOptional<import("zod").ZodString>;
        db3: import("zod").ZodOptional<import("zod").ZodString>;
    }, z.core.$strict>>;
    documentDbCa: import("zod").ZodOptional<import("zod").ZodString>;
}, z.core.$strict>;
export type Settings = z.output<typeof schema>;
export declare const isMarketplace: (value: Handle) => boolean;
/** The snapshot that a member begins with. */
export declare function snapshotOf({ databaseSnapshots: { db1, db2, db3 } }: Settings, member: number): string | undefined;
/** What the block and the cluster don't say together. */
export declare function checkSettings(settings: Settings, cluster: Cluster): readonly Fault[];
