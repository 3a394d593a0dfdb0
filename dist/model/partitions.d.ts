/** A partition of AWS: what its ARNs begin with, and what the names of its services end with. */
export interface Partition {
    readonly id: string;
    readonly dnsSuffix: string;
}
export declare const usualPartition: Partition;
/** The partition of a region of AWS. */
export declare const partitionOf: (region: string) => Partition;
