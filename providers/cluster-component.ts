import * as pulumi from "@pulumi/pulumi";
import { type Documents, documentsWithin } from "./shared/documents.ts";

/** One concept of the cluster. The tokens are identity: changing one replaces what stands below it; a test pins them. */
export type ComponentKind =
  | "Cluster"
  | "Network"
  | "Firewall"
  | "Secrets"
  | "Database"
  | "Certificate"
  | "LoadBalancer"
  | "ProxyGroup"
  | "TurnBalancer"
  | "TurnGroup"
  | "NodeGroup"
  | "Alarms"
  | "Storage"
  | "Agent"
  | "Addresses"
  | "Logs"
  | "Dns"
  | "Cdn";

/** Parts of the groups of a fixed number of machines. */
export const fixedGroupKinds = { proxy: "ProxyGroup", turn: "TurnGroup" } as const satisfies Record<
  string,
  ComponentKind
>;

const tokenOf = (kind: ComponentKind): string => `antmedia:cluster:${kind}`;

/** What a part was called in an earlier release, for its `aliases`: what stands below it follows, names' beginnings too. */
export const formerly = (kind: ComponentKind, name: string): pulumi.Alias => ({ type: tokenOf(kind), name });

/** Base of both clouds' components, with neutral type tokens, so that the two stacks' trees can be compared. */
export class ClusterComponent extends pulumi.ComponentResource {
  readonly #documents: Documents;

  /** Without a parent it is the cluster's own component, and `options` are those of whoever makes the cluster. */
  constructor(
    kind: ComponentKind,
    name: string,
    parent?: ClusterComponent,
    options: pulumi.ComponentResourceOptions = {},
  ) {
    const documents: Documents = {};
    const { transformations = [] } = options;
    const own = { transformations: [...transformations, documentsWithin(documents)] };
    super(tokenOf(kind), name, {}, { ...options, ...(parent === undefined ? own : { parent }) });
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
  durable(
    { protect }: { readonly protect: boolean },
    options: pulumi.CustomResourceOptions = {},
  ): pulumi.CustomResourceOptions {
    return this.child({ ...options, protect });
  }
}
