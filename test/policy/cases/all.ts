import type { Case } from "../broken.ts";
import { accessLogs } from "./access-logs.ts";
import { alarms } from "./alarms.ts";
import { buckets } from "./buckets.ts";
import { cdn } from "./cdn.ts";
import { durability } from "./durability.ts";
import { exposure } from "./exposure.ts";
import { images } from "./images.ts";
import { keeping } from "./keeping.ts";
import { metrics } from "./metrics.ts";
import { operation } from "./operation.ts";
import { protection } from "./protection.ts";
import { waysIn } from "./ways-in.ts";

/** Everything that is broken on purpose, at least once for each rule on each cloud. */
export const cases: readonly Case[] = [
  ...exposure,
  ...protection,
  ...images,
  ...durability,
  ...operation,
  ...accessLogs,
  ...buckets,
  ...alarms,
  ...waysIn,
  ...keeping,
  ...cdn,
  ...metrics,
];
