import type { Adapter } from "../contract.js";
export declare const adapter: Adapter;
