import type { Cluster } from "../model/cluster.js";
import type { Fault } from "../model/fault.js";
/** An id of something that is there already, as one cloud forms it. */
interface Form {
    readonly pattern: RegExp;
    readonly allowed: string;
}
export interface ExistingForms {
    readonly network: Form;
    readonly subnet: Form;
    readonly group: Form;
    readonly key: Form;
}
/** The owner's key, as an argument of what is encrypted with it; without one the service's own is used. */
export declare const ownKey: ({ encryption: { keyId } }: Cluster) => {
    kmsKeyId?: never;
} | {
    kmsKeyId: import("@pulumi/pulumi").Input<string>;
};
/** Ids of the network, the administrators' group and the key that a stack brings: nothing is looked up. */
export declare function checkExisting({ cloud, network, access, encryption }: Cluster, forms: ExistingForms): readonly Fault[];
export {};
