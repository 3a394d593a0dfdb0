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
  const shared = own["sharedBandwidthMbps"];
  const sharedMbps = shared === undefined ? undefined : Number(shared);
  const machine = (role: Role) =>
    machineOf(
      cluster.cloud,
      String(types[role] ?? typeOf[cluster.cloud][cluster[role].machine]),
      sharedMbps === undefined ? Number(own["publicBandwidthMbps"] ?? mostPublicMbps) : { sharedMbps },
    );
  return {
    cluster,
    filling: own["zonePolicy"] === "priority" ? "in-order" : "evenly",
    machines: { origin: machine("origin"), edge: machine("edge") },
    sharedMbps,
  };
}
