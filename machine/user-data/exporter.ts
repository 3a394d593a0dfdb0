import type { Cluster } from "../../config/types.ts";
import {
  ageMetric,
  decidesMetric,
  exportedName,
  exportedPer,
  exporterPath,
  exporterPort,
  isScraped,
  staleAfterPeriods,
} from "../../model/operation/exporter.ts";
import { metrics, type Publisher } from "../../model/operation/metrics.ts";
import { kindOf } from "./metrics.ts";
import { installed, type Machine, unit } from "./render.ts";

/** What the exporter has to know beside the machine's facts; the same for origins and edges. */
const form = (publisher: Publisher) => ({
  port: exporterPort,
  path: exporterPath,
  staleAfterPeriods,
  age: ageMetric,
  decides: decidesMetric,
  metrics: Object.fromEntries(
    metrics
      .filter(({ machine }) => machine === kindOf(publisher))
      .map(({ name, why }) => [name, [exportedName(name), exportedPer(name), why]]),
  ),
});

/** A machine with an exporter for Prometheus; where nobody scrapes, it is as it was, byte for byte. */
export function withExporter(cluster: Cluster, publisher: Publisher, machine: Machine): Machine {
  if (!isScraped(cluster)) return machine;
  return {
    ...machine,
    files: [
      ...machine.files,
      installed("exporter/exporter.py"),
      unit("exporter/ams-exporter.service"),
      { path: "/etc/ams-cluster/exporter.json", text: `${JSON.stringify(form(publisher), undefined, 1)}\n` },
    ],
    commands: [
      ...machine.commands,
      ["systemctl", "enable", "--now", "--no-block", "--no-reload", "ams-exporter.service"],
    ],
  };
}
