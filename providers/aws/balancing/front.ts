import { Listener } from "@pulumi/aws/lb/listener.js";
import type { LoadBalancer as Elb } from "@pulumi/aws/lb/loadBalancer.js";
import type { Output } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { namedTags } from "../../../model/naming.ts";
import { proxyHealthPath, proxyHealthPort } from "../../../model/traffic/balancer.ts";
import { type FrontListener, frontListeners } from "../../../model/traffic/front.ts";
import { streamListeners } from "../../../model/traffic/listeners.ts";
import { Part } from "../../part.ts";
import { addFrontTarget, addNetworkBalancer, type BalancerPlace } from "./network-balancer.ts";

/** The least that a network balancer takes (ElasticLoadBalancing API, "ListenerAttribute"); the proxies keep to less. */
const leastIdleSeconds = 60;

/** The network balancer in front of the proxies: layer 4 alone, TLS and rules are the proxies' own. */
export class Front extends Part {
  /** The one balancer takes web and ingest. */
  readonly web: Elb;
  readonly stream: Elb | undefined;
  /** Sets of proxies, one for each listener. */
  readonly proxies: readonly Output<string>[];
  readonly #cluster: Cluster;

  constructor(cluster: Cluster, needs: BalancerPlace, parent: Part) {
    super("LoadBalancer", `${cluster.name}-balancer`, parent);
    this.#cluster = cluster;
    this.web = addNetworkBalancer(this, cluster, needs);
    this.stream = streamListeners(cluster).length > 0 ? this.web : undefined;
    this.proxies = frontListeners(cluster).map((listener) => this.#addListener(listener, needs));
    this.registerOutputs();
  }

  /** The proxies find the nodes themselves. */
  targetGroupArns(): Output<string>[] {
    return [];
  }

  #addListener({ name, target, protocol, port }: FrontListener, { network }: BalancerPlace): Output<string> {
    const check = { port: proxyHealthPort, path: proxyHealthPath };
    const { arn } = addFrontTarget(this, this.#cluster, network, { name: target, protocol, port, check });
    const listener = `${this.#cluster.name}-balancer-${name}`;
    const { idleTimeoutSeconds } = this.#cluster.balancer;
    new Listener(
      listener,
      {
        loadBalancerArn: this.web.arn,
        protocol: protocol.toUpperCase(),
        port,
        // UDP has a time of its own, which can't be set.
        ...(protocol === "tcp" ? { tcpIdleTimeoutSeconds: Math.max(leastIdleSeconds, idleTimeoutSeconds) } : {}),
        defaultActions: [{ type: "forward", targetGroupArn: arn }],
        tags: namedTags(this.#cluster, listener),
      },
      this.child(),
    );
    return arn;
  }
}
