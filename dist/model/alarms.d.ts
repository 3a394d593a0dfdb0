import { type Cluster, type Role } from "./cluster.js";
import type { MetricName, Publisher } from "./metrics.js";
/** What is measured: a metric that the machines publish, or one that only the clouds have. */
export type AlarmSource = {
    readonly kind: "metric";
    readonly metric: MetricName;
    readonly publisher: Publisher;
} | {
    readonly kind: "group-cpu";
    readonly role: Role;
}
/** 5xx answers of the web balancer in a minute. */
 | {
    readonly kind: "balancer-errors";
}
/** Machines that the web balancer's health check finds ill. */
 | {
    readonly kind: "unhealthy-hosts";
} | {
    readonly kind: "certificate-days";
};
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
/** Every alarm of a cluster, by name; the thresholds of CPU, memory and queries are the operations guide's (seed 003). */
export declare function alarmsOf(cluster: Cluster): readonly Alarm[];
