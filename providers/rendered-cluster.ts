import * as pulumi from "@pulumi/pulumi";
import { ClusterComponent } from "./cluster-component.ts";
import type { Outputs } from "./stack-outputs.ts";

/** The cluster's own component, with all that a cloud makes of it. */
export class RenderedCluster extends ClusterComponent {
  readonly outputs: Outputs;

  /** `render` was checked: nothing is refused any more. */
  constructor(
    name: string,
    render: (root: ClusterComponent) => Outputs,
    warnings: readonly string[],
    options: pulumi.ComponentResourceOptions = {},
  ) {
    for (const warning of warnings) pulumi.log.warn(warning);
    super("Cluster", name, undefined, options);
    this.outputs = render(this);
    this.registerOutputs();
  }
}
