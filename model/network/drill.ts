import type { Cluster } from "../../config/types.ts";
import { restoreDrill } from "../groups/database.ts";
import { type Flow, flow } from "./flow.ts";

/** The machine of a rehearsed restore fetches MongoDB. It has no way in, and none to any machine of the cluster. */
export function ofDrill(cluster: Cluster): readonly Flow[] {
  if (restoreDrill(cluster) === undefined) return [];
  return [
    flow("drill", "internet", "tcp", 80, "Operating system packages"),
    flow("drill", "internet", "tcp", 443, "MongoDB packages"),
  ];
}
