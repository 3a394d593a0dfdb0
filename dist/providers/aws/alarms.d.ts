import { type Cluster, type Role } from "../../model/cluster.js";
import { Part } from "../part.js";
import type { Certificate } from "./certificate.js";
import type { WayIn } from "./load-balancer.js";
import type { NodeGroup } from "./node-group.js";
/** What is watched. */
export interface Watched {
    readonly groups: ReadonlyMap<Role, NodeGroup>;
    readonly balancer: WayIn;
    readonly certificate: Certificate | undefined;
}
/** The cluster's alarms in CloudWatch, who is told of them, and a dashboard of what they look at. */
export declare class Alarms extends Part {
    #private;
    constructor(cluster: Cluster, watched: Watched, parent: Part);
}
