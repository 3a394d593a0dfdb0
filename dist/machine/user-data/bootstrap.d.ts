import type { Cloud } from "../../model/cluster.js";
import type { Archive } from "./archive.js";
import { type Machine } from "./render.js";
/** User data: facts, among them the agent's digest, and the program that fetches and verifies the agent. */
export declare function bootstrap(cloud: Cloud, bucket: string, { bootCommands, facts }: Machine, { digest }: Archive): string;
