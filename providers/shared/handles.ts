import type { Input, Output } from "@pulumi/pulumi";
import type { Handle } from "../../config/handle.ts";

/** A handle as an argument of a resource. */
export const inputOf = (handle: Handle): Input<string> =>
  typeof handle === "string" ? handle : (handle.value as Output<string>);
