import { isPrivate, privateRanges } from "../../../model/network/ranges.ts";
import { exporterPort } from "../../../model/operation/exporter.ts";
import { type Fault, show } from "../../fault.ts";
import { removePath, setPath } from "../../remedy/command.ts";
import type { Chosen } from "../../types.ts";

/** Who may read the metrics, and that nothing else has their port. */
export function checkMonitoring({ monitoring, balancer }: Chosen): readonly Fault[] {
  if (monitoring === undefined || monitoring.scrapeCidrs.length === 0) return [];
  const first = monitoring.scrapeCidrs.findIndex((range) => !isPrivate(range));
  const wide = monitoring.scrapeCidrs.flatMap((range, index): readonly Fault[] => {
    if (isPrivate(range)) return [];
    const path = `ams:monitoring.scrapeCidrs[${index}]`;
    const allowed = `a range within ${privateRanges.join(", ")}, because the machines serve metrics without a password or encryption`;
    return [
      { path, got: show(range), allowed, fix: index === first ? setPath(path, "10.20.0.0/24") : removePath(path) },
    ];
  });
  // Behind a managed balancer only the target's port is one of the machines'.
  const keys = balancer?.kind === "managed" ? (["targetPort"] as const) : (["port", "targetPort"] as const);
  const taken = (balancer?.streams ?? []).flatMap((stream, index) =>
    keys
      .filter((key) => stream.protocol !== "udp" && stream[key] === exporterPort)
      .map((key): Fault => {
        const path = `ams:balancer.streams[${index}].${key}`;
        const allowed = `a port other than ${exporterPort}, on which the machines serve metrics because ams:monitoring.scrapeCidrs is set`;
        return { path, got: show(exporterPort), allowed, fix: removePath(`ams:balancer.streams[${index}]`) };
      }),
  );
  return [...wide, ...taken];
}
