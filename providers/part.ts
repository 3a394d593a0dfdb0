import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../model/cluster.ts";

/** One concept of the cluster. The tokens are identity: changing one replaces what stands below it; a test pins them. */
export type PartKind =
  | "Cluster"
  | "Network"
  | "Firewall"
  | "Secrets"
  | "Database"
  | "Certificate"
  | "LoadBalancer"
  | "NodeGroup"
  | "Dns";

/** Base of both clouds' components, with neutral type tokens, so that the two stacks' trees can be compared. */
export class Part extends pulumi.ComponentResource {
  constructor(kind: PartKind, name: string, parent?: Part) {
    super(`antmedia:cluster:${kind}`, name, {}, parent === undefined ? {} : { parent });
  }

  /** Public, so that the function that builds a part can end it too. */
  override registerOutputs(outputs?: pulumi.Inputs): void {
    super.registerOutputs(outputs);
  }

  /** Options of a resource of this part. */
  child(options: pulumi.CustomResourceOptions = {}): pulumi.CustomResourceOptions {
    return { ...options, parent: this };
  }

  /** Options of a resource that holds what can't be made again; the stack's `protect` lets it go. */
  durable(cluster: Cluster, options: pulumi.CustomResourceOptions = {}): pulumi.CustomResourceOptions {
    return this.child({ ...options, protect: cluster.protect });
  }
}
