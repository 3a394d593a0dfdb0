import type { Deployment } from "../live/deployment.ts";
import type { Check } from "./check.ts";
import { closedChecks } from "./closed.ts";
import { doorChecks } from "./doors.ts";
import { groupChecks } from "./groups.ts";
import { identityChecks } from "./identity.ts";
import { insideChecks } from "./inside.ts";
import { streamChecks } from "./stream.ts";

/** All checks that a cluster like this one has, in the order of their report. */
export const checksOf = (deployment: Deployment): readonly Check[] => [
  ...identityChecks(deployment),
  ...doorChecks(deployment),
  ...streamChecks(deployment),
  ...groupChecks(deployment),
  ...insideChecks(deployment),
  ...closedChecks(deployment),
];
