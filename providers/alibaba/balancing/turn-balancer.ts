import type { Output, Resource } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { proxyHealthPath, proxyHealthPort } from "../../../model/traffic/balancer.ts";
import { type TurnListener, turnListeners, turnPort } from "../../../model/traffic/turn.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import type { Joined } from "../compute/fixed-group.ts";
import { addFront } from "./front.ts";
import { addNetworkBalancer, addStreamTarget, type BalancerPlace } from "./network-balancer.ts";

type Protocol = TurnListener["protocol"];

/** NLB in front of the TURN servers: layer 4 alone, TLS is theirs. A port may have a listener of each protocol (NLB, "Overview of NLB listeners"). */
export class TurnBalancer extends ClusterComponent {
  readonly host: Output<string>;
  readonly joins: readonly Joined[];
  readonly ready: readonly Resource[];
  readonly #cluster: Cluster;

  constructor(cluster: Cluster, place: BalancerPlace, parent: ClusterComponent) {
    super("TurnBalancer", `${cluster.name}-turn-balancer`, parent);
    this.#cluster = cluster;
    const { balancer, after } = addNetworkBalancer(this, cluster, place, "turn");
    this.host = balancer.dnsName;
    const groups = { tcp: this.#addTarget("tcp", place), udp: this.#addTarget("udp", place) };
    this.joins = Object.values(groups);
    this.ready = turnListeners.map((listener) => {
      const { serverGroupId } = groups[listener.protocol];
      return addFront(this, cluster, listener, { loadBalancerId: balancer.id, after, serverGroupId });
    });
    this.registerOutputs();
  }

  #addTarget(protocol: Protocol, { network }: BalancerPlace): Joined {
    const check = { port: proxyHealthPort, path: proxyHealthPath };
    const { id } = addStreamTarget(this, this.#cluster, network, {
      name: `turn-${protocol}`,
      protocol,
      check,
      keeps: true,
    });
    return { name: protocol, serverGroupId: id, port: turnPort };
  }
}
