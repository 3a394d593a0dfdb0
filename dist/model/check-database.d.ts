import type { Chosen } from "./check.js";
import { type Fault } from "./fault.js";
type Present = Readonly<Record<string, string | undefined>>;
export declare function checkDatabase(parts: Chosen, secrets: Present): readonly Fault[];
export {};
