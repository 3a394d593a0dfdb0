import type { Cloud } from "../../model/cluster.js";
import { type MachineFile } from "./render.js";
/** Modules by which the programs ask their cloud: both clouds have each, and a machine its own cloud's alone. */
export declare const ofCloud: (cloud: Cloud, ...names: readonly string[]) => readonly MachineFile[];
/** What every machine's programs build on, and the agent that publishes its metrics. */
export declare const core: (cloud: Cloud) => readonly MachineFile[];
