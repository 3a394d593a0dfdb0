import * as pulumi from "@pulumi/pulumi";
import type { Cluster, Role } from "../../model/cluster.js";
/** What the charts of the clouds' own metrics need to know. */
export interface Charted {
    readonly groups: readonly (readonly [Role, pulumi.Output<string>])[];
    readonly balancer: pulumi.Output<string>;
}
/** CloudWatch's text of a dashboard: two charts a row. */
export declare function dashboard(cluster: Cluster, charted: Charted): pulumi.Output<string>;
