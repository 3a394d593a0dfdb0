import type { Chosen } from "./check.js";
import type { Fault } from "./fault.js";
type Present = Readonly<Record<string, string | undefined>>;
/** A secret that nothing would read is a mistake about what it belongs to. */
export declare function checkUnusedSecrets(parts: Chosen, secrets: Present): readonly Fault[];
export {};
