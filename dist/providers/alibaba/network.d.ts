import type { Output } from "@pulumi/pulumi";
import type { Cluster } from "../../model/cluster.js";
import { type Tier } from "../../model/network.js";
import { Part } from "../part.js";
/** Zone's id from its letter: eu-central-1a, but cn-hangzhou-h where the region doesn't end in a digit. */
export declare const zoneId: ({ region }: Cluster, letter: string) => string;
/** A vSwitch and the zone it stands in, as the load balancers want them. */
export interface ZoneMapping {
    readonly zoneId: string;
    readonly vswitchId: Output<string>;
}
/** VPC with a vSwitch for balancers, one for media machines and a private one for databases in each zone, or an existing one. */
export declare class Network extends Part {
    #private;
    readonly vpcId: Output<string>;
    constructor(cluster: Cluster, parent: Part);
    /** A tier's vSwitches in the order of the zones. */
    mappings(tier: Tier): readonly ZoneMapping[];
}
