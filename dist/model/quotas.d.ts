import type { Cloud } from "./cluster.js";
/** What a new account of each cloud may have, as pure data. `plan` shows what a stack needs beside it. */
export interface Quota {
    /** Name in the vendor's console or page. */
    readonly name: string;
    /** Of a new account; undefined where the vendor publishes none and each account has its own. */
    readonly default: number | undefined;
    /** Whether the vendor raises it on request. */
    readonly adjustable: boolean;
    readonly source: string;
}
export declare const quotaKeys: readonly ["rulesOfGroup", "groupsOfInterface", "webRules", "webListeners", "webTargets", "streamListeners", "streamTargets", "vcpus", "gpuVcpus", "spotVcpus", "elasticAddresses", "policyCharacters", "tags"];
export type QuotaKey = (typeof quotaKeys)[number];
export declare const quotas: Readonly<Record<Cloud, Readonly<Record<QuotaKey, Quota>>>>;
/** Admin ranges beyond it go to further groups: on AWS inbound rules are counted alone. */
export declare const inboundRulesPerGroup: Readonly<Record<Cloud, number>>;
/** Addresses of each subnet that the cloud keeps (VPC guides, "Subnet sizing", "vSwitch"). */
export declare const keptAddresses: Readonly<Record<Cloud, number>>;
