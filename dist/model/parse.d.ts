import { type Cluster } from "./cluster.js";
import { type Fault } from "./fault.js";
import { type SectionName } from "./schema.js";
/** The configuration as it came: nothing is trusted yet. */
export interface RawConfig {
    readonly stack: string;
    /** Values below `ams:`, without the namespace; encrypted ones are not among them. */
    readonly values: Readonly<Record<string, unknown>>;
    /** Encrypted values below `ams:`; undefined where one is there but can't be read (a plan without the passphrase). */
    readonly secrets: Readonly<Record<string, string | undefined>>;
    /** `aws:region` and `alicloud:region`. */
    readonly regions: Readonly<Partial<Record<"aws" | "alibaba", unknown>>>;
}
export interface Parsed {
    readonly faults: readonly Fault[];
    /** What may be right, and a person should look at; there whatever else is wrong. */
    readonly warnings: readonly string[];
    /** There only without faults. */
    readonly cluster?: Cluster;
    /** The cloud, as far as it could be read, so that its own settings can be checked too. */
    readonly cloud?: Cluster["cloud"];
}
/** Top-level keys that an adapter reads itself. */
export declare const cloudBlocks: readonly ["aws", "alibaba"];
export declare const regionKey: {
    readonly aws: "aws:region";
    readonly alibaba: "alicloud:region";
};
/** Reads a whole configuration and reports every fault at once; never throws for a value that a person typed. */
export declare function parse(raw: RawConfig): Parsed;
export declare const usualKinds: Partial<Record<SectionName, string>>;
