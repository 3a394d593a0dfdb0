import type { Role } from "../cluster.ts";
import type { MetricName, Publisher } from "./metrics.ts";

/** What is measured: a metric that the machines publish, or one that only the clouds have. */
export type AlarmSource =
  | { readonly kind: "metric"; readonly metric: MetricName; readonly publisher: Publisher }
  | { readonly kind: "group-cpu"; readonly role: Role }
  /** 5xx answers of the web balancer in a minute. */
  | { readonly kind: "balancer-errors" }
  /** Machines that the web balancer's health check finds ill. */
  | { readonly kind: "unhealthy-hosts" }
  | { readonly kind: "certificate-days" };

export interface Alarm {
  /** Part of the logical name, e.g. `cpu-edge`. */
  readonly name: string;
  readonly source: AlarmSource;
  readonly comparison: "above" | "below";
  readonly threshold: number;
  /** Minutes in a row; the metric's own period is a minute. */
  readonly minutes: number;
  /** What no data mean. */
  readonly silence: "alarm" | "ok";
  readonly meaning: string;
  /** What to do, as an order. */
  readonly remedy: string;
}

type Row = Omit<Alarm, "name" | "source" | "silence"> & Partial<Pick<Alarm, "silence">>;

export const alarm = (name: string, source: AlarmSource, row: Row): Alarm => ({ name, source, silence: "ok", ...row });

export const published = (metric: MetricName, publisher: Publisher): AlarmSource => ({
  kind: "metric",
  metric,
  publisher,
});
