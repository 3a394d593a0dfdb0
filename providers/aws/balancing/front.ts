import { Listener } from "@pulumi/aws/lb/listener.js";
import type { LoadBalancer as Elb } from "@pulumi/aws/lb/loadBalancer.js";
import { TargetGroup } from "@pulumi/aws/lb/targetGroup.js";
import type { Output } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { namedTags } from "../../../model/naming.ts";
import { proxyHealthPath, proxyHealthPort } from "../../../model/traffic/balancer.ts";
import type { ClusterComponent } from "../../cluster-component.ts";
import type { Network } from "../network/network.ts";
import { healthCheck, type StreamProtocol, streamTarget } from "./network-balancer.ts";

/** A listener, and the set of machines behind it, which keep their health themselves. */
export interface Front {
  /** Part of the listener's logical name, e.g. `tcp-443`. */
  readonly name: string;
  /** Of the set: seven characters at most (naming.ts). */
  readonly target: string;
  readonly protocol: StreamProtocol;
  readonly port: number;
  /** Where the machines listen. @default the listener's port */
  readonly targetPort?: number;
}

/** The least that a network balancer takes (ElasticLoadBalancing API, "ListenerAttribute"); the proxies keep to less. */
const leastIdleSeconds = 60;

/** Of a listener of TCP; UDP has a time of its own, which can't be set. */
const tcpIdle = ({ balancer }: Cluster) => ({
  tcpIdleTimeoutSeconds: Math.max(leastIdleSeconds, balancer.idleTimeoutSeconds),
});

/** ARN of the set of machines, which is made with its listener. */
export function addFront(
  component: ClusterComponent,
  cluster: Cluster,
  network: Network,
  balancer: Elb,
  front: Front,
): Output<string> {
  const { arn } = addFrontTarget(component, cluster, network, front);
  const { protocol, port } = front;
  const name = `${cluster.name}-balancer-${front.name}`;
  new Listener(
    name,
    {
      loadBalancerArn: balancer.arn,
      protocol: protocol.toUpperCase(),
      port,
      ...(protocol === "tcp" ? tcpIdle(cluster) : {}),
      defaultActions: [{ type: "forward", targetGroupArn: arn }],
      tags: namedTags(cluster, name),
    },
    component.child(),
  );
  return arn;
}

/** Its name is the cluster's and not its part's: the physical one ends at 32 characters, eight of which are Pulumi's. */
function addFrontTarget(
  component: ClusterComponent,
  cluster: Cluster,
  network: Network,
  { target, protocol, port, targetPort = port }: Front,
): TargetGroup {
  const name = `${cluster.name}-${target}`;
  return new TargetGroup(
    name,
    {
      vpcId: network.vpcId,
      targetType: "instance",
      protocol: protocol.toUpperCase(),
      port: targetPort,
      deregistrationDelay: cluster.balancer.drainSeconds,
      healthCheck: healthCheck(cluster, { port: proxyHealthPort, path: proxyHealthPath }),
      ...streamTarget(cluster, protocol),
      tags: namedTags(cluster, name),
    },
    component.child(),
  );
}
