import type { LoadBalancer as Elb } from "@pulumi/aws/lb/loadBalancer.js";
import type { Output } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { streamListeners } from "../../../model/traffic/listeners.ts";
import { proxyListeners } from "../../../model/traffic/proxy-listeners.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { addFront } from "./front.ts";
import { addNetworkBalancer, type BalancerPlace } from "./network-balancer.ts";

/** The network balancer in front of the proxies: layer 4 alone, TLS and rules are the proxies' own. */
export class ProxyLoadBalancer extends ClusterComponent {
  /** The one balancer takes web and ingest. */
  readonly web: Elb;
  readonly stream: Elb | undefined;
  /** Sets of proxies, one for each listener. */
  readonly proxies: readonly Output<string>[];

  constructor(cluster: Cluster, dependencies: BalancerPlace, parent: ClusterComponent) {
    super("LoadBalancer", `${cluster.name}-balancer`, parent);
    this.web = addNetworkBalancer(this, cluster, dependencies);
    this.stream = streamListeners(cluster).length > 0 ? this.web : undefined;
    const { network } = dependencies;
    this.proxies = proxyListeners(cluster).map((listener) => addFront(this, cluster, network, this.web, listener));
    this.registerOutputs();
  }

  /** The proxies find the nodes themselves. */
  targetGroupArns(): Output<string>[] {
    return [];
  }
}
