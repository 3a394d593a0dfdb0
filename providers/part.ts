import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../model/cluster.ts";
import { type Documents, documentsWithin } from "./documents.ts";

/** One concept of the cluster. The tokens are identity: changing one replaces what stands below it; a test pins them. */
export type PartKind =
  | "Cluster"
  | "Network"
  | "Firewall"
  | "Secrets"
  | "Database"
  | "Certificate"
  | "LoadBalancer"
  | "ProxyGroup"
  | "NodeGroup"
  | "Alarms"
  | "Storage"
  | "Agent"
  | "Logs"
  | "Dns";

/** What a part was called in an earlier release; the resources below it follow, their names' beginnings too. */
export interface FormerPart {
  readonly kind: PartKind;
  readonly name: string;
}

const tokenOf = (kind: PartKind): string => `antmedia:cluster:${kind}`;

/** Base of both clouds' components, with neutral type tokens, so that the two stacks' trees can be compared. */
export class Part extends pulumi.ComponentResource {
  readonly #documents: Documents;

  /** `former`: with it a part that is renamed keeps its resources. A kind that is given up stays in the list for it. */
  constructor(kind: PartKind, name: string, parent?: Part, former: readonly FormerPart[] = []) {
    const aliases = former.map((one) => ({ type: tokenOf(one.kind), name: one.name }));
    const documents: Documents = {};
    const place = parent === undefined ? { transformations: [documentsWithin(documents)] } : { parent };
    super(tokenOf(kind), name, {}, { aliases, ...place });
    this.#documents = documents;
  }

  /** Public, so that the function that builds a part can end it too. The root gives out the policy documents below it. */
  override registerOutputs(outputs: pulumi.Inputs = {}): void {
    const documents = this.#documents;
    super.registerOutputs(Object.keys(documents).length === 0 ? outputs : { ...outputs, documents });
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
