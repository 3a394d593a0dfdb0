import { Listener, type ListenerArgs } from "@pulumi/alicloud/nlb/listener.js";
import type { Output, Resource } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { namedTags } from "../../../model/naming.ts";
import type { ClusterComponent } from "../../cluster-component.ts";

/** A listener of a network balancer. */
export interface Front {
  /** Part of the logical name, e.g. `tcp-443`. */
  readonly name: string;
  readonly protocol: "tcp" | "udp" | "tls";
  readonly port: number;
}

interface Between {
  readonly loadBalancerId: Output<string>;
  /** What the balancer goes through before its listeners. */
  readonly after: readonly Resource[];
  readonly serverGroupId: Output<string>;
  /** Of a listener that ends TLS. */
  readonly tls?: Pick<ListenerArgs, "securityPolicyId" | "certificateIds">;
}

/** Leads from a network balancer to a set of servers. */
export function addFront(
  component: ClusterComponent,
  cluster: Cluster,
  { name, protocol, port }: Front,
  { loadBalancerId, after, serverGroupId, tls }: Between,
): Resource {
  const listener = `${cluster.name}-balancer-${name}`;
  return new Listener(
    listener,
    {
      loadBalancerId,
      listenerPort: port,
      listenerProtocol: protocol === "tls" ? "TCPSSL" : protocol.toUpperCase(),
      listenerDescription: listener,
      serverGroupId,
      // UDP has a short range of its own.
      ...(protocol === "udp" ? {} : { idleTimeout: cluster.balancer.idleTimeoutSeconds }),
      ...tls,
      tags: namedTags(cluster, listener),
    },
    component.child({ dependsOn: [...after] }),
  );
}
