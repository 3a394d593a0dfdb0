import { EipAddress } from "@pulumi/alicloud/ecs/eipAddress.js";
import { LoadBalancer as StreamBalancer } from "@pulumi/alicloud/nlb/loadBalancer.js";
import { LoadbalancerCommonBandwidthPackageAttachment } from "@pulumi/alicloud/nlb/loadbalancerCommonBandwidthPackageAttachment.js";
import { ServerGroup } from "@pulumi/alicloud/nlb/serverGroup.js";
import type { CustomResourceOptions, Output, Resource } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { namedTags } from "../../../model/naming.ts";
import { ownAddress, subnetsOf } from "../../../model/network/network.ts";
import { entryMbps } from "../../../model/traffic/balancer.ts";
import type { ClusterComponent } from "../../cluster-component.ts";
import { ofPackage } from "../network/address-pool.ts";
import type { Firewall } from "../network/firewall.ts";
import type { Network } from "../network/network.ts";

/**
 * A balancer's place in each zone, with an elastic address of the stack's own and a planned private one: what a firewall
 * elsewhere may name, and all that ALB's provider compares. Its Read fills in what is not named here, and each `up` would
 * then send an update of the same zones, which ALB refuses (terraform-provider-alicloud issue 9309).
 */
export function entries(component: ClusterComponent, cluster: Cluster, network: Network, entry: Entry) {
  const homes = subnetsOf(cluster.network, "balancer");
  return network.mappings("balancer").flatMap((mapping, index) => {
    const home = homes[index];
    if (home === undefined) return [];
    const address = ownAddress(home, places.indexOf(entry.place));
    if (cluster.balancer.scheme === "internal") return [{ ...mapping, address }];
    const name = `${entry.name}-${home.zone}`;
    const { id } = new EipAddress(
      name,
      {
        addressName: name,
        paymentType: "PayAsYouGo",
        internetChargeType: "PayByTraffic",
        bandwidth: String(entryMbps),
        tags: namedTags(cluster, name),
      },
      component.child(ofPackage),
    );
    return [{ ...mapping, allocationId: id, address }];
  });
}

/** In the order of a subnet's planned addresses. */
const places = ["web", "stream", "turn"] as const;

/** A balancer's name, and which of a subnet's planned addresses is its own. */
export interface Entry {
  readonly name: string;
  readonly place: (typeof places)[number];
}

export const addressTypeOf = ({ balancer }: Cluster): string =>
  balancer.scheme === "internal" ? "Intranet" : "Internet";

/**
 * Another scheme is another balancer, as on AWS: its planned private addresses are free once the old one is gone, and ALB
 * refuses an update of zones that it has (terraform-provider-alicloud issue 9309).
 */
export const byScheme: CustomResourceOptions = { deleteBeforeReplace: true, replaceOnChanges: ["addressType"] };

/** What a balancer stands on. */
export interface BalancerPlace {
  readonly network: Network;
  readonly firewall: Firewall;
  /** The Internet Shared Bandwidth that a public balancer's addresses join. */
  readonly packageId?: Output<string> | undefined;
}

/** Whether a balancer has addresses that can share bandwidth. */
export const sharesBandwidth = (cluster: Cluster): boolean => cluster.balancer.scheme === "internet";

/** A balancer is in one package at a time. */
export const joining: CustomResourceOptions = { deleteBeforeReplace: true };

/** What an attachment of its own sets, and what would make another balancer. */
export const setByAttachment = ["bandwidthPackageId"];

/**
 * The layer-4 balancer: of ingest beside the application balancer, and of everything in front of proxies. It is called
 * the same in both, so that ingest keeps its address when a cluster changes its kind of balancer. TURN servers have another.
 * Its listeners come `after` what else configures it.
 */
export function addNetworkBalancer(
  component: ClusterComponent,
  cluster: Cluster,
  { network, firewall, packageId }: BalancerPlace,
  place: "stream" | "turn" = "stream",
): { readonly balancer: StreamBalancer; readonly after: readonly Resource[] } {
  const name = `${cluster.name}-balancer-${place}`;
  const balancer = new StreamBalancer(
    name,
    {
      loadBalancerName: name,
      addressType: addressTypeOf(cluster),
      vpcId: network.vpcId,
      zoneMappings: entries(component, cluster, network, { name, place }).map(({ address, ...mapping }) => ({
        ...mapping,
        privateIpv4Address: address,
      })),
      crossZoneEnabled: true,
      securityGroupIds: [firewall.idOf("balancer")],
      deletionProtectionEnabled: cluster.protect,
      tags: namedTags(cluster, name),
    },
    component.durable(cluster, { ...byScheme, ignoreChanges: setByAttachment }),
  );
  if (packageId === undefined || !sharesBandwidth(cluster)) return { balancer, after: [] };
  const shared = { loadBalancerId: balancer.id, bandwidthPackageId: packageId };
  const joined = new LoadbalancerCommonBandwidthPackageAttachment(name, shared, component.child(joining));
  return { balancer, after: [joined] };
}

/** A set of machines behind a listener, and how the balancer asks whether they live. */
export interface StreamTarget {
  readonly name: string;
  readonly protocol: "tcp" | "udp";
  readonly check: { readonly port: number; readonly path: string };
  /** Whether the machines see the client's own address. */
  readonly keeps: boolean;
}

export function addStreamTarget(
  component: ClusterComponent,
  cluster: Cluster,
  network: Network,
  target: StreamTarget,
): ServerGroup {
  const { health, drainSeconds } = cluster.balancer;
  const name = `${cluster.name}-balancer-${target.name}`;
  return new ServerGroup(
    name,
    {
      serverGroupName: name,
      vpcId: network.vpcId,
      serverGroupType: "Instance",
      protocol: target.protocol === "tcp" ? "TCP" : "UDP",
      scheduler: "Wlc",
      preserveClientIpEnabled: target.keeps,
      healthCheck: {
        healthCheckEnabled: true,
        // An open port alone doesn't say that a machine serves.
        healthCheckType: "HTTP",
        httpCheckMethod: "GET",
        healthCheckUrl: target.check.path,
        healthCheckConnectPort: target.check.port,
        healthCheckHttpCodes: ["http_2xx"],
        healthCheckInterval: health.intervalSeconds,
        healthCheckConnectTimeout: health.timeoutSeconds,
        healthyThreshold: health.healthyThreshold,
        unhealthyThreshold: health.unhealthyThreshold,
      },
      connectionDrainEnabled: true,
      connectionDrainTimeout: drainSeconds,
      tags: namedTags(cluster, name),
    },
    component.child(),
  );
}
