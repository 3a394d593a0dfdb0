import type { Cluster } from "../../model/cluster.js";
import { type Fault } from "../../model/fault.js";
import type { Settings } from "./settings.js";
/** The cluster's name begins those of its secrets. */
export declare function checkName({ secretStore }: Settings, { name }: Cluster): readonly Fault[];
export declare function checkTags({ tags }: Cluster): readonly Fault[];
