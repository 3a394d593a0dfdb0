import { LoadBalancer as Elb } from "@pulumi/aws/lb/loadBalancer.js";
import { TargetGroup } from "@pulumi/aws/lb/targetGroup.js";
import type { Output } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import type { Role } from "../../../model/cluster.ts";
import { namedTags } from "../../../model/naming.ts";
import { takesIpv6 } from "../../../model/traffic/balancer.ts";
import { healthPath, httpListeners, streamListeners } from "../../../model/traffic/listeners.ts";
import { keepsClient, nodePort, type Target, type TargetName, targets } from "../../../model/traffic/targets.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import type { Network } from "../network/network.ts";
import type { Certificate } from "./certificate.ts";
import { addListener, type ListenerDependencies } from "./listeners.ts";
import {
  addNetworkBalancer,
  type BalancerPlace,
  healthCheck,
  place,
  replacedFirst,
  streamTarget,
} from "./network-balancer.ts";

export interface BalancerDependencies extends BalancerPlace {
  /** Absent without TLS. */
  readonly certificate: Certificate | undefined;
  readonly cdnKey: Output<string> | undefined;
}

/** What other parts need to know of the way in, whoever balances. */
export type Balancer = ClusterComponent & Pick<LoadBalancer, "web" | "stream" | "targetGroupArns">;

/**
 * The application balancer, and the network balancer if the cluster ingests RTMP or SRT.
 *
 * Balancers and target groups are named after the cluster and not after this part: their physical names end at 32
 * characters, eight of which are Pulumi's.
 */
export class LoadBalancer extends ClusterComponent {
  readonly web: Elb;
  readonly stream: Elb | undefined;
  readonly #cluster: Cluster;
  readonly #targetGroups = new Map<TargetName, TargetGroup>();

  constructor(cluster: Cluster, dependencies: BalancerDependencies, parent: ClusterComponent) {
    super("LoadBalancer", `${cluster.name}-balancer`, parent);
    this.#cluster = cluster;
    for (const target of targets(cluster)) this.#addTargetGroup(target, dependencies.network);
    this.web = this.#addWeb(dependencies);
    const targetGroupArn = (target: TargetName) => this.#targetGroup(target).arn;
    const { certificate, cdnKey } = dependencies;
    const web: ListenerDependencies = { balancer: this.web, targetGroupArn, certificate, cdnKey };
    for (const listener of httpListeners(cluster)) addListener(this, cluster, listener, web);
    const streams = streamListeners(cluster);
    this.stream = streams.length > 0 ? addNetworkBalancer(this, cluster, dependencies) : undefined;
    if (this.stream !== undefined) {
      const stream: ListenerDependencies = { ...web, balancer: this.stream };
      for (const listener of streams) addListener(this, cluster, listener, stream);
    }
    this.registerOutputs();
  }

  /** Target groups that a node group's machines join. */
  targetGroupArns(role: Role): Output<string>[] {
    return targets(this.#cluster)
      .filter((target) => target.role === role)
      .map(({ name }) => this.#targetGroup(name).arn);
  }

  #targetGroup(name: TargetName): TargetGroup {
    const group = this.#targetGroups.get(name);
    if (group === undefined) throw new Error(`no target group ${name}`);
    return group;
  }

  #addWeb(dependencies: BalancerDependencies): Elb {
    const name = `${this.#cluster.name}-web`;
    return new Elb(
      name,
      {
        loadBalancerType: "application",
        ...(takesIpv6(this.#cluster) ? { ipAddressType: "dualstack" } : {}),
        ...place(this.#cluster, dependencies),
        idleTimeout: this.#cluster.balancer.idleTimeoutSeconds,
        dropInvalidHeaderFields: true,
        desyncMitigationMode: "defensive",
        tags: namedTags(this.#cluster, name),
      },
      this.durable(this.#cluster, { ...replacedFirst, dependsOn: [...dependencies.network.wayIn] }),
    );
  }

  #addTargetGroup(target: Target, network: Network): void {
    const name = `${this.#cluster.name}-${target.name}`;
    const { balancer } = this.#cluster;
    const group = new TargetGroup(
      name,
      {
        vpcId: network.vpcId,
        targetType: "instance",
        protocol: target.protocol.toUpperCase(),
        port: target.port,
        deregistrationDelay: balancer.drainSeconds,
        healthCheck: healthCheck(this.#cluster, { port: nodePort, path: healthPath }),
        ...(target.protocol === "http"
          ? httpTarget(target)
          : streamTarget(this.#cluster, target.protocol, keepsClient(target))),
        tags: namedTags(this.#cluster, name),
      },
      this.child(),
    );
    this.#targetGroups.set(target.name, group);
  }
}

function httpTarget({ stickySeconds }: Target) {
  return {
    // Media connections last: what counts is how many a node holds, not how many it was given.
    loadBalancingAlgorithmType: "least_outstanding_requests",
    stickiness:
      stickySeconds > 0
        ? { type: "lb_cookie", enabled: true, cookieDuration: stickySeconds }
        : { type: "lb_cookie", enabled: false },
  };
}
