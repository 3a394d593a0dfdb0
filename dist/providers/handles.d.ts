import type { Input } from "@pulumi/pulumi";
import type { Handle } from "../model/handle.js";
/** A handle as an argument of a resource. */
export declare const inputOf: (handle: Handle) => Input<string>;
