import { Listener } from "@pulumi/alicloud/nlb/listener.js";
import type { LoadBalancer as StreamBalancer } from "@pulumi/alicloud/nlb/loadBalancer.js";
import type { Output, Resource } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { namedTags } from "../../../model/naming.ts";
import { proxyHealthPath, proxyHealthPort } from "../../../model/traffic/balancer.ts";
import { type TurnListener, turnListeners, turnPort } from "../../../model/traffic/turn.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import type { Joined } from "../compute/fixed-group.ts";
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
    const balancer = addNetworkBalancer(this, cluster, place, "turn");
    this.host = balancer.dnsName;
    const groups = { tcp: this.#addTarget("tcp", place), udp: this.#addTarget("udp", place) };
    this.joins = Object.values(groups);
    this.ready = turnListeners.map((listener) => this.#addListener(listener, groups[listener.protocol], balancer));
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

  #addListener(
    { name, protocol, port }: TurnListener,
    { serverGroupId }: Joined,
    { id: loadBalancerId }: StreamBalancer,
  ): Resource {
    const listener = `${this.#cluster.name}-balancer-${name}`;
    return new Listener(
      listener,
      {
        loadBalancerId,
        listenerPort: port,
        listenerProtocol: protocol.toUpperCase(),
        listenerDescription: listener,
        serverGroupId,
        // UDP has a short range of its own.
        ...(protocol === "tcp" ? { idleTimeout: this.#cluster.balancer.idleTimeoutSeconds } : {}),
        tags: namedTags(this.#cluster, listener),
      },
      this.child(),
    );
  }
}
