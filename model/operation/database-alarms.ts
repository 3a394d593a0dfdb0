import type { Cluster } from "../../config/types.ts";
import { databaseMembers, restoreDrill } from "../groups/database.ts";
import { type Alarm, alarm, published } from "./alarm.ts";

const fullVolume = alarm("database-volume", published("DataVolumeUsedPercent", "database"), {
  comparison: "above",
  threshold: 80,
  minutes: 5,
  meaning: "A data volume is more than 80 % full; a full volume stops the database",
  remedy: "Raise ams:database.diskGiB",
});

const lostMember = alarm("database-member", published("MembersDown", "database"), {
  comparison: "above",
  threshold: 0,
  minutes: 3,
  meaning: "A member of the replica set is down; if a second member fails, there is no primary",
  remedy: "Read the member's log, then start or replace its machine",
});

/** The clouds' alarms look back a day or a week and not a month: the origins read when the last drill was. */
const overdueDrill = alarm("restore-drill", published("RestoreDrillOverdue", "origin"), {
  comparison: "above",
  threshold: 0,
  minutes: 15,
  meaning: "No restore drill has succeeded within ams:database.restoreDrill.maxAgeDays",
  remedy: "Run npm run restore-drill and read its result; check that the snapshot policy still creates snapshots",
});

/** Of a database on machines of the stack. */
export const databaseAlarms = (cluster: Cluster): readonly Alarm[] => {
  const members = databaseMembers(cluster);
  return [
    ...(members > 0 ? [fullVolume] : []),
    ...(members > 1 ? [lostMember] : []),
    ...(restoreDrill(cluster) === undefined ? [] : [overdueDrill]),
  ];
};
