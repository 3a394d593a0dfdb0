import type { Cluster } from "../../../config/types.ts";
import { machineOf, mostPublicMbps } from "../../../model/capacity/machines.ts";
import type { Role } from "../../../model/cluster.ts";
import { typeOf } from "../../../tools/capacity/machines.ts";
import { isJson } from "../../../tools/diff/planned.ts";
import type { Simulated } from "./settings.ts";

/** A stack's cluster with what its cloud's own block says of zones and machines. */
export function simulatedOf(cluster: Cluster, block: unknown): Simulated {
  const own = isJson(block) ? block : {};
  const types = isJson(own["instanceTypes"]) ? own["instanceTypes"] : {};
  const machine = (role: Role) =>
    machineOf(
      cluster.cloud,
      String(types[role] ?? typeOf[cluster.cloud][cluster[role].machine]),
      // Each has its own network's. What all of them share is no limit here: a larger audience is refused with the stack file.
      own["sharedBandwidthMbps"] === undefined
        ? Number(own["publicBandwidthMbps"] ?? mostPublicMbps)
        : { sharedMbps: Number(own["sharedBandwidthMbps"]) },
    );
  return {
    cluster,
    filling: own["zonePolicy"] === "priority" ? "in-order" : "evenly",
    machines: { origin: machine("origin"), edge: machine("edge") },
  };
}
