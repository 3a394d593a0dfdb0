import type * as pulumi from "@pulumi/pulumi";
/** Names of all outputs that the program reads somewhere; `id` and `urn` are always there. A test holds it complete. */
export declare const readOutputs: ReadonlySet<string>;
/**
 * The SDK makes two dozen promises for each output of a resource, read or not: half of what a warm cluster takes. It takes
 * as outputs what a class names without a value, so that what is taken away here has none. Throws where the program reads
 * one all the same.
 */
export declare const withoutUnreadOutputs: pulumi.ResourceTransformation;
