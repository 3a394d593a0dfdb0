import type { Cluster } from "../../config/types.ts";
import type { MetricName } from "./metrics.ts";

/** What a Prometheus server reads of a machine: the figures that it publishes, at an address of the machine's own. */

/** OpenTelemetry's default for an exporter to Prometheus. */
export const exporterPort = 9464;

export const exporterPath = "/metrics";

export const isScraped = ({ monitoring }: Pick<Cluster, "monitoring">): boolean => monitoring.scrapeCidrs.length > 0;

/** How old figures may be: older ones would look like those of a machine that stands still. */
export const staleAfterPeriods = 3;

/** Seconds since the machine measured; there also when the figures are too old. */
export const ageMetric = "ams_figures_age_seconds";

/** Which part decides the load figure, in the label `part`. */
export const decidesMetric = "ams_load_decides";

/** A metric's name as Prometheus's "Metric and label naming" wants it: a prefix, lower case, a base unit at the end. */
export const exportedName = (metric: MetricName): string =>
  `ams${metric.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`.replace(/_milliseconds$/, "_seconds");

/** How many of the metric's unit are one of the exported name's. */
export const exportedPer = (metric: MetricName): number => (metric.endsWith("Milliseconds") ? 1000 : 1);
