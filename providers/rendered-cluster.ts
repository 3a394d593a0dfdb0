import * as pulumi from "@pulumi/pulumi";
import type { Outputs, Secrets } from "./contract.ts";
import type { Checked } from "./index.ts";
import { Part } from "./part.ts";

/** The cluster's own component, with all that a cloud makes of it. */
export class RenderedCluster extends Part {
  readonly outputs: Outputs;

  /** `checked` is without faults: nothing is refused any more. */
  constructor(
    name: string,
    { render, warnings }: Pick<Checked, "render" | "warnings">,
    secrets: Secrets,
    options: pulumi.ComponentResourceOptions,
  ) {
    for (const warning of warnings) pulumi.log.warn(warning);
    super("Cluster", name, undefined, options);
    this.outputs = render(secrets, this);
    this.registerOutputs();
  }
}
