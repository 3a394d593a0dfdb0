import type { Output, Resource } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { proxyHealthPath, proxyHealthPort } from "../../../model/traffic/balancer.ts";
import { streamListeners } from "../../../model/traffic/listeners.ts";
import { type ProxyListener, proxyListeners } from "../../../model/traffic/proxy-listeners.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import type { Network } from "../network/network.ts";
import { addFront } from "./front.ts";
import { addNetworkBalancer, addStreamTarget, type BalancerPlace } from "./network-balancer.ts";

/** A set of proxies behind one listener. */
export interface FrontTarget {
  readonly listener: ProxyListener;
  readonly id: Output<string>;
}

/** NLB in front of the proxies: layer 4 alone, TLS and rules are the proxies' own. */
export class ProxyLoadBalancer extends ClusterComponent {
  readonly webHost: Output<string>;
  /** There only with RTMP or SRT: the one balancer takes both. */
  readonly streamHost?: Output<string>;
  readonly ready: readonly Resource[];
  readonly proxies: readonly FrontTarget[];
  readonly #cluster: Cluster;

  constructor(cluster: Cluster, place: BalancerPlace, parent: ClusterComponent) {
    super("LoadBalancer", `${cluster.name}-balancer`, parent);
    this.#cluster = cluster;
    const { balancer, after } = addNetworkBalancer(this, cluster, place);
    this.webHost = balancer.dnsName;
    if (streamListeners(cluster).length > 0) this.streamHost = balancer.dnsName;
    this.proxies = proxyListeners(cluster).map((listener) => this.#addTarget(listener, place.network));
    this.ready = this.proxies.map(({ listener, id: serverGroupId }) =>
      addFront(this, cluster, listener, { loadBalancerId: balancer.id, after, serverGroupId }),
    );
    this.registerOutputs();
  }

  /** The proxies find the nodes themselves. */
  groupsOf(): readonly [] {
    return [];
  }

  #addTarget(listener: ProxyListener, network: Network): FrontTarget {
    const { target: name, protocol } = listener;
    const check = { port: proxyHealthPort, path: proxyHealthPath };
    return { listener, id: addStreamTarget(this, this.#cluster, network, { name, protocol, check, keeps: true }).id };
  }
}
