import type { Output, Resource } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { proxyHealthPath, proxyHealthPort } from "../../../model/traffic/balancer.ts";
import { provesTurn, turnChallenge } from "../../../model/traffic/issued.ts";
import { type TurnListener, turnListeners, turnPort } from "../../../model/traffic/turn.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import type { Joined } from "../compute/fixed-group.ts";
import { addFront } from "./front.ts";
import { addNetworkBalancer, addStreamTarget, type BalancerPlace } from "./network-balancer.ts";

/** NLB in front of the TURN servers: layer 4 alone, TLS is theirs. A port may have a listener of each protocol (NLB, "Overview of NLB listeners"). */
export class TurnBalancer extends ClusterComponent {
  readonly host: Output<string>;
  readonly joins: readonly Joined[];
  /** What the proxies join: they answer the certificate authority in the TURN servers' name. */
  readonly proxies: readonly Joined[];
  readonly ready: readonly Resource[];
  readonly #cluster: Cluster;

  constructor(cluster: Cluster, place: BalancerPlace, parent: ClusterComponent) {
    super("TurnBalancer", `${cluster.name}-turn-balancer`, parent);
    this.#cluster = cluster;
    const { balancer, after } = addNetworkBalancer(this, cluster, place, "turn");
    this.host = balancer.dnsName;
    const groups = {
      tcp: this.#addTarget(place, "tcp", { name: "turn-tcp", protocol: "tcp", port: turnPort }),
      udp: this.#addTarget(place, "udp", { name: "turn-udp", protocol: "udp", port: turnPort }),
    };
    this.joins = Object.values(groups);
    this.proxies = provesTurn(cluster)
      ? [this.#addTarget(place, turnChallenge.target, { ...turnChallenge, name: turnChallenge.target })]
      : [];
    const rows = [
      ...turnListeners.map((listener) => ({ listener, to: groups[listener.protocol] })),
      ...this.proxies.map((to) => ({ listener: turnChallenge, to })),
    ];
    this.ready = rows.map(({ listener, to: { serverGroupId } }) =>
      addFront(this, cluster, listener, { loadBalancerId: balancer.id, after, serverGroupId }),
    );
    this.registerOutputs();
  }

  #addTarget({ network }: BalancerPlace, name: string, { name: of, protocol, port }: TurnListener): Joined {
    const check = { port: proxyHealthPort, path: proxyHealthPath };
    const { id } = addStreamTarget(this, this.#cluster, network, { name: of, protocol, check, keeps: true });
    return { name, serverGroupId: id, port };
  }
}
