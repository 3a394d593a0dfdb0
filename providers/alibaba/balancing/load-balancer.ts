import { LoadBalancer as WebBalancer } from "@pulumi/alicloud/alb/loadBalancer.js";
import { LoadBalancerAccessLogConfigAttachment } from "@pulumi/alicloud/alb/loadBalancerAccessLogConfigAttachment.js";
import { LoadBalancerCommonBandwidthPackageAttachment } from "@pulumi/alicloud/alb/loadBalancerCommonBandwidthPackageAttachment.js";
import { LoadBalancerSecurityGroupAttachment } from "@pulumi/alicloud/alb/loadBalancerSecurityGroupAttachment.js";
import { ServerGroup as WebGroup } from "@pulumi/alicloud/alb/serverGroup.js";
import type { Output, Resource } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import type { Role } from "../../../model/cluster.ts";
import { namedTags } from "../../../model/naming.ts";
import { healthPath, httpListeners, streamListeners } from "../../../model/traffic/listeners.ts";
import { keepsClient, nodePort, type Target, type TargetName, targets } from "../../../model/traffic/targets.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import type { Network } from "../network/network.ts";
import type { AccessLogs } from "../observability/access-logs.ts";
import type { Certificate } from "./certificate.ts";
import {
  addStreamListener,
  addWebListener,
  type ListenerDependencies,
  type StreamListenerDependencies,
} from "./listeners.ts";
import {
  addNetworkBalancer,
  addressTypeOf,
  addStreamTarget,
  type BalancerPlace,
  byScheme,
  entries,
  joining,
  setByAttachment,
  sharesBandwidth,
} from "./network-balancer.ts";

/** A set of servers that a scaling group fills. */
export interface ServerGroup {
  readonly target: Target;
  readonly type: "ALB" | "NLB";
  readonly id: Output<string>;
}

/** What other parts need to know of the way in, whoever balances. */
export type Balancer = ClusterComponent & Pick<LoadBalancer, "webHost" | "webId" | "streamHost" | "ready" | "groupsOf">;

export interface BalancerDependencies extends BalancerPlace {
  readonly logs: AccessLogs;
  /** Absent without TLS. */
  readonly certificate: Certificate | undefined;
  readonly cdnKey: Output<string> | undefined;
}

/** ALB Standard (the Basic edition knows no query strings) for HTTP, and NLB for ingest. */
export class LoadBalancer extends ClusterComponent {
  readonly webHost: Output<string>;
  /** Of the application balancer; absent where proxies stand in its place. */
  readonly webId?: Output<string>;
  /** There only with RTMP or SRT. */
  readonly streamHost?: Output<string>;
  /** What scaling groups wait for: no machine is behind a balancer before the rules that keep strangers from its panel. */
  readonly ready: readonly Resource[];
  readonly #cluster: Cluster;
  readonly #groups = new Map<TargetName, ServerGroup>();

  constructor(
    cluster: Cluster,
    { network, firewall, packageId, logs, certificate, cdnKey }: BalancerDependencies,
    parent: ClusterComponent,
  ) {
    super("LoadBalancer", `${cluster.name}-balancer`, parent);
    this.#cluster = cluster;
    for (const target of targets(cluster)) this.#groups.set(target.name, this.#addGroup(target, network));
    const web = this.#addWebBalancer(network);
    this.webHost = web.dnsName;
    this.webId = web.id;
    const guard = new LoadBalancerSecurityGroupAttachment(
      this.#name(),
      { loadBalancerId: web.id, securityGroupId: firewall.idOf("balancer") },
      this.child(),
    );
    const joined = this.#join(web, packageId, [guard, this.#log(web, logs)]);
    const nobody = this.#addWebGroup(this.#name("nobody"), network, 0).id;
    const groupId = (target: TargetName) => this.#groupId(target);
    const common = { groupId, certificate };
    // Without its security group the balancer's ports are open to everybody.
    const door: ListenerDependencies = { ...common, balancerId: web.id, after: [guard, ...joined], nobody, cdnKey };
    const ready = httpListeners(cluster).flatMap((listener) => addWebListener(this, cluster, listener, door));
    const streams = streamListeners(cluster);
    if (streams.length > 0) {
      const { balancer, after } = addNetworkBalancer(this, cluster, { network, firewall, packageId });
      this.streamHost = balancer.dnsName;
      const streamDoor: StreamListenerDependencies = { ...common, balancerId: balancer.id, after };
      ready.push(...streams.map((listener) => addStreamListener(this, cluster, listener, streamDoor)));
    }
    this.ready = ready;
    this.registerOutputs();
  }

  /** The service's own role writes; ALB makes it with the first log of an account (EnableLoadBalancerAccessLog). */
  #log({ id }: WebBalancer, { requests }: AccessLogs): Resource {
    if (requests === undefined) throw new Error("the application load balancer has no access log");
    const log = { loadBalancerId: id, logProject: requests.project, logStore: requests.store };
    // A balancer has one log: the late delete of a former one would switch it off.
    return new LoadBalancerAccessLogConfigAttachment(this.#name(), log, this.child({ deleteBeforeReplace: true }));
  }

  /** The addresses' place in the shared bandwidth: one that is being configured takes no other request (IncorrectStatus.LoadBalancer). */
  #join({ id }: WebBalancer, packageId: Output<string> | undefined, after: Resource[]): readonly Resource[] {
    if (packageId === undefined || !sharesBandwidth(this.#cluster)) return [];
    const shared = { loadBalancerId: id, bandwidthPackageId: packageId };
    const options = this.child({ ...joining, dependsOn: after });
    return [new LoadBalancerCommonBandwidthPackageAttachment(this.#name(), shared, options)];
  }

  groupsOf(role: Role): readonly ServerGroup[] {
    return [...this.#groups.values()].filter(({ target }) => target.role === role);
  }

  #name(key?: string): string {
    return key === undefined ? `${this.#cluster.name}-balancer` : `${this.#cluster.name}-balancer-${key}`;
  }

  #tags(name: string): Readonly<Record<string, string>> {
    return namedTags(this.#cluster, name);
  }

  #groupId(name: TargetName): Output<string> {
    const group = this.#groups.get(name);
    if (group === undefined) throw new Error(`no server group for ${name}`);
    return group.id;
  }

  #addGroup(target: Target, network: Network): ServerGroup {
    const name = this.#name(target.name);
    if (target.protocol === "http")
      return { target, type: "ALB", id: this.#addWebGroup(name, network, target.stickySeconds).id };
    const { protocol } = target;
    // The same question as the other balancer's.
    const check = { port: nodePort, path: healthPath };
    const wanted = { name: target.name, protocol, check, keeps: keepsClient(target) };
    const { id } = addStreamTarget(this, this.#cluster, network, wanted);
    return { target, type: "NLB", id };
  }

  #addWebGroup(serverGroupName: string, network: Network, stickySeconds: number): WebGroup {
    const { health, drainSeconds } = this.#cluster.balancer;
    return new WebGroup(
      serverGroupName,
      {
        serverGroupName,
        vpcId: network.vpcId,
        serverGroupType: "Instance",
        protocol: "HTTP",
        scheduler: "Wlc",
        crossZoneEnabled: true,
        healthCheckConfig: {
          healthCheckEnabled: true,
          healthCheckProtocol: "HTTP",
          // The default, HEAD, is not what AMS documents.
          healthCheckMethod: "GET",
          healthCheckPath: healthPath,
          healthCheckConnectPort: nodePort,
          healthCheckCodes: ["http_2xx"],
          healthCheckHttpVersion: "HTTP1.1",
          healthCheckInterval: health.intervalSeconds,
          healthCheckTimeout: health.timeoutSeconds,
          healthyThreshold: health.healthyThreshold,
          unhealthyThreshold: health.unhealthyThreshold,
        },
        stickySessionConfig:
          stickySeconds > 0
            ? { stickySessionEnabled: true, stickySessionType: "Insert", cookieTimeout: stickySeconds }
            : { stickySessionEnabled: false },
        connectionDrainConfig: { connectionDrainEnabled: true, connectionDrainTimeout: drainSeconds },
        tags: this.#tags(serverGroupName),
      },
      // The scaling group fills it; a list here would empty it (terraform-provider-alicloud issue 5671).
      this.child({ ignoreChanges: ["servers"] }),
    );
  }

  #addWebBalancer(network: Network): WebBalancer {
    const name = this.#name();
    return new WebBalancer(
      name,
      {
        loadBalancerName: name,
        loadBalancerEdition: "Standard",
        loadBalancerBillingConfig: { payType: "PayAsYouGo" },
        addressType: addressTypeOf(this.#cluster),
        addressAllocatedMode: "Fixed",
        vpcId: network.vpcId,
        zoneMappings: entries(this, this.#cluster, network, { name, place: "web" }).map(({ address, ...mapping }) => ({
          ...mapping,
          ...("allocationId" in mapping ? { eipType: "Common" } : {}),
          intranetAddress: address,
        })),
        deletionProtectionEnabled: this.#cluster.protect,
        tags: this.#tags(name),
      },
      this.durable(this.#cluster, { ...byScheme, ignoreChanges: setByAttachment }),
    );
  }
}
