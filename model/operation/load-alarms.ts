import type { Cluster } from "../../config/types.ts";
import type { Role } from "../cluster.ts";
import { scalingOf } from "../groups/load.ts";
import { type Alarm, alarm, published } from "./alarm.ts";

/** Of a group that follows its load, and has had the time to grow. */
export const loadAlarms = (cluster: Cluster, role: Role): readonly Alarm[] =>
  scalingOf(cluster, role).follows === "load" ? [full(cluster, role)] : [];

/** A standalone machine has no group that could grow. */
const full = ({ mode }: Cluster, role: Role): Alarm =>
  alarm(`load-${role}`, published("LoadPercent", role), {
    comparison: "above",
    threshold: 95,
    minutes: 10,
    ...(mode === "standalone"
      ? {
          meaning: "The machine's load is above 95 %",
          remedy: `Choose a larger ams:${role}.machine; step=load in the log names the resource with the highest usage`,
        }
      : {
          meaning: `The average load of the ${role} group is above 95 %: the group has reached ams:${role}.max, or its machines do not start`,
          remedy: `Raise ams:${role}.max; step=load in the log names the resource with the highest usage`,
        }),
  });
