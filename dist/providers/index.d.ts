import type { Cluster } from "../model/cluster.js";
import { type RawConfig } from "../model/parse.js";
import type { Prepared } from "./contract.js";
/** Loads the chosen cloud's adapter ahead of its use; what is no cloud is told by `check`. */
export declare function loadAdapter({ values: { cloud } }: RawConfig): Promise<void>;
/** A configuration without faults. */
export interface Checked {
    readonly cluster: Cluster;
    readonly render: NonNullable<Prepared["render"]>;
    readonly warnings: readonly string[];
}
/** Holds a configuration against the model and its cloud; makes no resource. Throws one ConfigError with every fault. */
export declare function check(raw: RawConfig): Checked;
