import type { Output, Resource } from "@pulumi/pulumi";
import type { Cluster } from "../../model/cluster.js";
import { type Tier } from "../../model/network.js";
import { Part } from "../part.js";
/** An availability zone's name from its letter. */
export declare const zoneName: (cluster: Cluster, letter: string) => string;
/** VPC with a public subnet for balancers and media machines and a private one for databases in each zone, or an existing one. */
export declare class Network extends Part {
    #private;
    readonly vpcId: Output<string>;
    constructor(cluster: Cluster, parent: Part);
    /** A tier's subnets in the order of the zones. */
    subnetIds(tier: Tier): readonly Output<string>[];
    /**
     * What makes the public subnets public; what stands in them waits for it and not for the whole network, whose NAT
     * gateway takes minutes. Somebody else's network has it already.
     */
    get wayIn(): readonly Resource[];
    /** All route tables; an existing network's are its owner's. */
    get tableIds(): readonly Output<string>[];
}
