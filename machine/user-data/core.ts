import type { Cloud } from "../../config/types.ts";
import { installed, type MachineFile, unit } from "./render.ts";

/** Modules by which the programs ask their cloud: both clouds have each, and a machine its own cloud's alone. */
export const ofCloud = (cloud: Cloud, ...names: readonly string[]): readonly MachineFile[] =>
  names.map((name) => installed(`clouds/${cloud}/${name}.py`));

/** What every machine's programs build on, and the agent that publishes its metrics. */
export const core = (cloud: Cloud): readonly MachineFile[] => [
  ...["common", "cloud", "metadata", "transport", "metrics", "record"].map((name) => installed(`core/${name}.py`)),
  ...ofCloud(cloud, "api", "logs", "secret_store", "monitoring"),
  unit("core/ams-agent@.service"),
];
