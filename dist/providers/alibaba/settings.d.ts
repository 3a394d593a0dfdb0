import type { Cluster } from "../../model/cluster.js";
import { type Fault } from "../../model/fault.js";
import { type Handle } from "../../model/handle.js";
import * as z from "../../model/zod.js";
import { type Texts } from "./check-cluster.js";
/** The form of `ams:alibaba`: what only Alibaba Cloud has. */
export declare const schema: import("zod").ZodObject<{
    images: import("zod").ZodObject<{
        media: import("zod").ZodUnion<readonly [import("zod").ZodInstanceOf<import("../../model/handle.js").Deferred>, import("zod").ZodString]>;
        gpu: import("zod").ZodOptional<import("zod").ZodUnion<readonly [import("zod").ZodInstanceOf<import("../../model/handle.js").Deferred>, import("zod").ZodString]>>;
        database: import("zod").ZodDefault<import("zod").ZodUnion<readonly [import("zod").ZodInstanceOf<import("../../model/handle.js").Deferred>, import("zod").ZodString]>>;
        proxy: import("zod").ZodDefault<import("zod").ZodUnion<readonly [import("zod").ZodInstanceOf<import("../../model/handle.js").Deferred>, import("zod").ZodString]>>;
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
    publicBandwidthMbps: import("zod").ZodDefault<import("zod").ZodInt>;
    secretStore: import("zod").ZodDefault<import("zod").ZodEnum<{
        oos: "oos";
        kms: "kms";
    }>>;
    kms: import("zod").ZodOptional<import("zod").ZodObject<{
        instanceId: import("zod").ZodString;
        keyId: import("zod").ZodString;
    }, z.core.$strict>>;
    databaseSnapshots: import("zod").ZodDefault<import("zod").ZodObject<{
        db1: import("zod").ZodOptional<import("zod").ZodString>;
        db2: import("zod").ZodOptional<import("zod").ZodString>;
        db3: import("zod").ZodOptional<import("zod").ZodString>;
    }, z.core.$strict>>;
    zonePolicy: import("zod").ZodDefault<import("zod").ZodEnum<{
        balanced: "balanced";
        priority: "priority";
    }>>;
    upgrade: import("zod").ZodDefault<import("zod").ZodEnum<{
        manual: "manual";
        "instance-refresh": "instance-refresh";
    }>>;
    schedule: import("zod").ZodOptional<import("zod").ZodObject<{
        from: import("zod").ZodISODate;
        until: import("zod").ZodISODate;
    }, z.core.$strict>>;
}, z.core.$strict>;
export type Settings = z.output<typeof schema>;
export interface CheckedSettings {
    readonly faults: readonly Fault[];
    /** There only without faults. */
    readonly settings?: Settings;
}
export declare function checkSettings(block: unknown, cluster: Cluster | undefined, texts: Texts): CheckedSettings;
/** The snapshot that a member's data disk begins with. */
export declare function snapshotOf({ databaseSnapshots: { db1, db2, db3 } }: Settings, member: number): string | undefined;
/** Of the marketplace or the owner's: the Security Center's agent comes with Alibaba Cloud's own images only. */
export declare const isOwnImage: (image: Handle) => boolean;
