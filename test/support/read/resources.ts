import { toResources } from "../../../recording/read/plain.ts";
import type { Recording } from "../../../recording/record.ts";
import { readAlarms } from "./alarms.ts";
import { readGrants } from "./grants.ts";
import { readListeners, readTargets } from "./listeners.ts";
import { readFixed, readGroups, readMembers, readRecordings, readRetention, readUserData } from "./machines.ts";
import { type Observed, sorted } from "./observed.ts";

/**
 * What the resources do, in the observations' form. The readers are those of the rules and the commands: a fact that they
 * miss shows as a difference from the model, which no reader has a part in.
 */
export function readBack(recording: Recording): Observed {
  const all = toResources(recording.resources);
  return sorted({
    groups: readGroups(all),
    fixed: readFixed(all),
    listeners: readListeners(all),
    targets: readTargets(all),
    grants: readGrants(all),
    database: readMembers(all),
    alarms: readAlarms(all),
    logDays: readRetention(all),
    recordings: readRecordings(all),
    userData: readUserData(all),
  });
}
