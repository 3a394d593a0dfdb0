import type { Cluster } from "../../config/types.ts";
import { ownDatabase } from "../../model/groups/database.ts";
import { databasePort } from "../../model/network/firewall.ts";
import { dataPath, packageFacts } from "./database.ts";
import { cloudConfig, installed, source } from "./render.ts";

/** The machine's own end, in minutes after its boot. */
export const drillMinutes = 60;

const timer = "ams-restore-drill-end.timer";
const program = "ams-restore-drill.service";

/** Units without a sandbox: the machine lives for an hour, and there is nothing on it but these. */
const plainUnit = (name: string) => ({
  path: `/etc/systemd/system/${name}`,
  text: source(`agent/drill/${name}`).replace("@MINUTES@", String(drillMinutes)),
});

/**
 * The user data of a rehearsed restore. All of it stands here, since the machine has no role to fetch an agent with: MongoDB's
 * packages, the volume, the count, and the timer that ends it, which starts first.
 */
export function drillMachine(cluster: Cluster): string {
  const database = ownDatabase(cluster);
  if (database === undefined) throw new Error(`no snapshots of ours for a database of kind ${cluster.database.kind}`);
  const facts = {
    dataPath,
    port: databasePort(cluster),
    ...packageFacts(database),
    retrySeconds: 5,
    readSeconds: 120,
  };
  return cloudConfig({
    bootCommands: [],
    files: [
      { path: "/etc/ams-cluster/facts.json", text: `${JSON.stringify(facts, undefined, 1)}\n` },
      ...["core/common.py", "core/transport.py", "database/mongodb.py", "drill/drill.py", "drill/count.js"].map(
        installed,
      ),
      plainUnit(timer),
      plainUnit(program),
    ],
    runCommands: [
      ["systemctl", "enable", "--now", timer],
      ["systemctl", "enable", "--now", "--no-block", program],
    ],
  });
}
