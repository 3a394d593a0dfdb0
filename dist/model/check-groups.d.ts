import { type Role } from "./cluster.js";
import { type Fault } from "./fault.js";
import type { EdgeGroup, NodeGroup } from "./node-group.js";
export declare function checkGroup(role: Role, group: NodeGroup | undefined): readonly Fault[];
/** Machines that stand in for each other have to carry the same load: one CPU target is for all of them. */
export declare function checkElasticity(edge: EdgeGroup | undefined): readonly Fault[];
