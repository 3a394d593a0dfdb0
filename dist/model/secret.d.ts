import { type Fault } from "./fault.js";
import type { RawConfig } from "./parse.js";
export declare function isPrivateKey(value: string): boolean;
/** Secrets in plain text, plain values in secret, and secrets without their form. */
export declare function checkSecrets(raw: RawConfig): readonly Fault[];
export declare const valueAt: (value: unknown, key: string) => unknown;
