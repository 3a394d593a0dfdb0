import type { Deployment } from "../live/deployment.ts";
import type { Check } from "./check.ts";
import { closedChecks } from "./closed.ts";
import { groupChecks } from "./groups.ts";
import { identityChecks } from "./identity.ts";
import { insideChecks } from "./inside.ts";
import { listenerChecks } from "./listeners.ts";
import { streamChecks } from "./stream.ts";
import { turnChecks } from "./turn.ts";

/** All checks that a cluster like this one has, in the order of their report. */
export const checksOf = (deployment: Deployment): readonly Check[] => [
  ...identityChecks(deployment),
  ...listenerChecks(deployment),
  ...streamChecks(deployment),
  ...turnChecks(deployment),
  ...groupChecks(deployment),
  ...insideChecks(deployment),
  ...closedChecks(deployment),
];
