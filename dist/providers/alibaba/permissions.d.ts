import type { MachineRole } from "../../machine/index.js";
import { type Cluster } from "../../model/cluster.js";
import type { Settings } from "./settings.js";
export interface Statement {
    readonly Effect: "Allow";
    readonly Action: string | readonly string[];
    readonly Resource: string | readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
/** An instance role's policy: what the machines of its group do, and nothing else. */
export declare function permissions(cluster: Cluster, settings: Settings, role: MachineRole): string;
