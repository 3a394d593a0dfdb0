import type { Cluster } from "../../model/cluster.js";
import { type Fault } from "../../model/fault.js";
import type { RawConfig } from "../../model/parse.js";
import type { Settings } from "./settings.js";
/** What the neutral fields ask for that this cloud can't do, or not in this form. */
export declare function checkCluster(cluster: Cluster): readonly Fault[];
/** What the store of the machines' secrets needs, and what it can hold. */
export declare const checkStore: (settings: Settings, cluster: Cluster, texts: Texts) => readonly Fault[];
/** Secret configuration values in clear; undefined where one is there but can't be read. */
export type Texts = RawConfig["secrets"];
