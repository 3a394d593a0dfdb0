import type { Handle } from "../model/handle.js";
import { type Cloud, type Cluster, type Role } from "../model/cluster.js";
import { type Fault } from "../model/fault.js";
/** What a cloud's `known-types.ts` says of its instance types. */
export interface TypeFacts {
    readonly cloud: Cloud;
    /** Source and day of the list, for people. */
    readonly list: string;
    readonly isListed: (type: string) => boolean;
    /** NVIDIA's GPUs are the ones that AMS transcodes on, with a driver in the image. */
    readonly gpuOf: (type: string) => "nvidia" | "other" | "none";
    readonly example: string;
    readonly gpuExample: string;
    /** An image for GPUs as `pulumi config set` takes it. */
    readonly gpuImage: string;
}
/** The parts of a cloud's own block that say which types and images run. */
export interface TypeSettings {
    readonly instanceTypes: Readonly<Partial<Record<Role | "database" | "proxy", string | undefined>>>;
    readonly unlistedTypes: readonly string[];
    readonly images: {
        readonly gpu?: Handle | undefined;
    };
}
/** A type that does not exist would fail at the first launch, after everything else was made. */
export declare function checkListed(facts: TypeFacts, { instanceTypes, unlistedTypes }: TypeSettings): readonly Fault[];
/** The instance type decides which image a group takes; size, type and image have to agree on whether there is a GPU. */
export declare function checkGpu(facts: TypeFacts, settings: TypeSettings, cluster: Cluster): readonly Fault[];
