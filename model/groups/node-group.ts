import type { Cluster, EdgeGroup } from "../../config/types.ts";
import type { Role } from "../cluster.ts";

export type Elasticity = Pick<EdgeGroup, "spotPercent" | "moreMachines" | "warmMachines">;

const steady: Elasticity = { spotPercent: 0, moreMachines: [], warmMachines: 0 };

export const elasticityOf = (cluster: Cluster, role: Role): Elasticity => (role === "edge" ? cluster.edge : steady);
