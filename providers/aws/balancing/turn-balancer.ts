import { Listener } from "@pulumi/aws/lb/listener.js";
import type { LoadBalancer as Elb } from "@pulumi/aws/lb/loadBalancer.js";
import type { Output } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { namedTags } from "../../../model/naming.ts";
import { proxyHealthPath, proxyHealthPort } from "../../../model/traffic/balancer.ts";
import { turnListeners, turnPort } from "../../../model/traffic/turn.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import {
  addFrontTarget,
  addNetworkBalancer,
  type BalancerPlace,
  type FrontProtocol,
  tcpIdle,
} from "./network-balancer.ts";

/** A listener of a port: a network balancer has one for both protocols. */
interface Front {
  /** Of the set of servers behind it: seven characters at most (naming.ts). */
  readonly target: string;
  readonly name: string;
  readonly protocol: FrontProtocol;
  readonly port: number;
}

const fronts = (): readonly Front[] =>
  [...new Set(turnListeners.map(({ port }) => port))].map((port) => {
    const rows = turnListeners.filter((row) => row.port === port);
    const protocol = rows.length > 1 ? "tcp_udp" : (rows[0]?.protocol ?? "tcp");
    return { target: port === turnPort ? "turn" : `turn${port}`, name: `turn-${port}`, protocol, port };
  });

/** The network balancer in front of the TURN servers: layer 4 alone, TLS is theirs. */
export class TurnBalancer extends ClusterComponent {
  readonly balancer: Elb;
  /** Sets of servers, one for each listener. */
  readonly targetGroupArns: readonly Output<string>[];
  readonly #cluster: Cluster;

  constructor(cluster: Cluster, dependencies: BalancerPlace, parent: ClusterComponent) {
    super("TurnBalancer", `${cluster.name}-turn-balancer`, parent);
    this.#cluster = cluster;
    this.balancer = addNetworkBalancer(this, cluster, dependencies, "turn");
    this.targetGroupArns = fronts().map((front) => this.#addListener(front, dependencies));
    this.registerOutputs();
  }

  #addListener({ target, name, protocol, port }: Front, { network }: BalancerPlace): Output<string> {
    const check = { port: proxyHealthPort, path: proxyHealthPath };
    const { arn } = addFrontTarget(this, this.#cluster, network, { name: target, protocol, port: turnPort, check });
    const listener = `${this.#cluster.name}-balancer-${name}`;
    new Listener(
      listener,
      {
        loadBalancerArn: this.balancer.arn,
        protocol: protocol.toUpperCase(),
        port,
        ...(protocol === "tcp" ? tcpIdle(this.#cluster) : {}),
        defaultActions: [{ type: "forward", targetGroupArn: arn }],
        tags: namedTags(this.#cluster, listener),
      },
      this.child(),
    );
    return arn;
  }
}
