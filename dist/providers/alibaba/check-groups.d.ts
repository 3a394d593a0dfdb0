import { type Cluster } from "../../model/cluster.js";
import { type Fault } from "../../model/fault.js";
import type { Settings } from "./settings.js";
/** What the groups' fields ask for that this cloud can't do, or not in this form. */
export declare function checkGroups(cluster: Cluster): readonly Fault[];
/** Periods need the days from which and until which they are repeated. */
export declare function checkSchedule({ schedule }: Settings, cluster: Cluster): readonly Fault[];
/**
 * ESS refreshes only groups that fill one zone after the other (StartInstanceRefresh: "Priority Policy"). Without it a new
 * template comes with new machines, and old ones leave first (docs/operations.md).
 */
export declare function checkUpgrade({ zonePolicy, upgrade }: Settings, cluster: Cluster): readonly Fault[];
