import type { Cluster } from "../../config/types.ts";
import type { Role } from "../../model/cluster.ts";
import { installed, type Machine, unit } from "./render.ts";

/** Where the operator's script lies on a machine. */
export const setupPath = "/usr/local/lib/ams-cluster/operator-setup";

/** A machine with the operator's script before its own services; without a script it is as it was, byte for byte. */
export function withSetup({ setup, name, cloud, region }: Cluster, role: Role | "proxy", machine: Machine): Machine {
  if (setup === undefined) return machine;
  const environment = { AMS_CLUSTER: name, AMS_CLOUD: cloud, AMS_REGION: region, AMS_ROLE: role };
  return {
    ...machine,
    facts: { ...machine.facts, setup: { script: setupPath, seconds: setup.minutes * 60, environment } },
    files: [
      ...machine.files,
      installed("core/setup.py"),
      unit("core/ams-setup.service"),
      { path: setupPath, text: setup.text },
    ],
    commands: [
      ["chmod", "0700", setupPath],
      // Before the machine's own services are asked to start: they wait for what is queued before them.
      ["systemctl", "enable", "--now", "--no-block", "--no-reload", "ams-setup.service"],
      ...machine.commands,
    ],
  };
}
