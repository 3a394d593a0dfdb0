import * as pulumi from "@pulumi/pulumi";
import type { MachineRole } from "../../machine/index.js";
import { type Cluster } from "../../model/cluster.js";
/** What an instance role is about. */
export interface Needs {
    readonly secretArn: pulumi.Input<string>;
    readonly logGroupArn: pulumi.Input<string>;
    /** Certificate that the proxies share; there only where they have it issued. */
    readonly certificateArn?: pulumi.Input<string> | undefined;
}
export interface Statement {
    readonly Effect: "Allow";
    readonly Action: string | readonly string[];
    readonly Resource: pulumi.Input<string> | readonly pulumi.Input<string>[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}
/** What the ARNs of the cluster's region have for their partition. */
export declare const partition: ({ region }: Cluster) => string;
/**
 * Use of the owner's key, if there is one, by way of one service alone. KMS's guide ("kms:ViaService") ends every service's
 * name with amazonaws.com and speaks of no other partition, so the partition's own suffix counts as well.
 */
export declare function throughKey(cluster: Cluster, service: "secretsmanager" | "s3", Action: Statement["Action"]): readonly Statement[];
/** An instance role's policy: what the machines of its group do, and nothing else. */
export declare function permissions(cluster: Cluster, role: MachineRole, needs: Needs): pulumi.Output<string>;
