import type { LoadBalancer as Elb } from "@pulumi/aws/lb/loadBalancer.js";
import type { Output } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { provesTurn, turnChallenge } from "../../../model/traffic/issued.ts";
import { turnListeners, turnPort } from "../../../model/traffic/turn.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { addFront, type Front } from "./front.ts";
import { addNetworkBalancer, type BalancerPlace } from "./network-balancer.ts";

/** A network balancer has one listener for both protocols of a port. */
const fronts = (): readonly Front[] =>
  [...new Set(turnListeners.map(({ port }) => port))].map((port) => {
    const rows = turnListeners.filter((row) => row.port === port);
    const protocol = rows.length > 1 ? "tcp_udp" : (rows[0]?.protocol ?? "tcp");
    return {
      target: port === turnPort ? "turn" : `turn${port}`,
      name: `turn-${port}`,
      protocol,
      port,
      targetPort: turnPort,
    };
  });

/** The network balancer in front of the TURN servers: layer 4 alone, TLS is theirs. */
export class TurnBalancer extends ClusterComponent {
  readonly balancer: Elb;
  /** Sets of servers, one for each listener. */
  readonly targetGroupArns: readonly Output<string>[];
  /** Sets of proxies, which answer the certificate authority in the TURN servers' name. */
  readonly proxies: readonly Output<string>[];

  constructor(cluster: Cluster, dependencies: BalancerPlace, parent: ClusterComponent) {
    super("TurnBalancer", `${cluster.name}-turn-balancer`, parent);
    this.balancer = addNetworkBalancer(this, cluster, dependencies, "turn");
    const { network } = dependencies;
    const add = (front: Front) => addFront(this, cluster, network, this.balancer, front);
    this.targetGroupArns = fronts().map(add);
    this.proxies = provesTurn(cluster) ? [add(turnChallenge)] : [];
    this.registerOutputs();
  }
}
