import * as pulumi from "@pulumi/pulumi";
import type { Outputs, Secrets } from "./contract.js";
import type { Checked } from "./index.js";
import { Part } from "./part.js";
/** The cluster's own component, with all that a cloud makes of it. */
export declare class RenderedCluster extends Part {
    readonly outputs: Outputs;
    /** `checked` is without faults: nothing is refused any more. */
    constructor(name: string, { render, warnings }: Pick<Checked, "render" | "warnings">, secrets: Secrets, options: pulumi.ComponentResourceOptions);
}
