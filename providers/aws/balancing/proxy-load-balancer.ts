import { Listener } from "@pulumi/aws/lb/listener.js";
import type { LoadBalancer as Elb } from "@pulumi/aws/lb/loadBalancer.js";
import type { Output } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { namedTags } from "../../../model/naming.ts";
import { proxyHealthPath, proxyHealthPort } from "../../../model/traffic/balancer.ts";
import { streamListeners } from "../../../model/traffic/listeners.ts";
import { type ProxyListener, proxyListeners } from "../../../model/traffic/proxy-listeners.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { addFrontTarget, addNetworkBalancer, type BalancerPlace, tcpIdle } from "./network-balancer.ts";

/** The network balancer in front of the proxies: layer 4 alone, TLS and rules are the proxies' own. */
export class ProxyLoadBalancer extends ClusterComponent {
  /** The one balancer takes web and ingest. */
  readonly web: Elb;
  readonly stream: Elb | undefined;
  /** Sets of proxies, one for each listener. */
  readonly proxies: readonly Output<string>[];
  readonly #cluster: Cluster;

  constructor(cluster: Cluster, dependencies: BalancerPlace, parent: ClusterComponent) {
    super("LoadBalancer", `${cluster.name}-balancer`, parent);
    this.#cluster = cluster;
    this.web = addNetworkBalancer(this, cluster, dependencies);
    this.stream = streamListeners(cluster).length > 0 ? this.web : undefined;
    this.proxies = proxyListeners(cluster).map((listener) => this.#addListener(listener, dependencies));
    this.registerOutputs();
  }

  /** The proxies find the nodes themselves. */
  targetGroupArns(): Output<string>[] {
    return [];
  }

  #addListener({ name, target, protocol, port }: ProxyListener, { network }: BalancerPlace): Output<string> {
    const check = { port: proxyHealthPort, path: proxyHealthPath };
    const { arn } = addFrontTarget(this, this.#cluster, network, { name: target, protocol, port, check });
    const listener = `${this.#cluster.name}-balancer-${name}`;
    new Listener(
      listener,
      {
        loadBalancerArn: this.web.arn,
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
