import { EipAddress } from "@pulumi/alicloud/ecs/eipAddress.js";
import { EipAssociation } from "@pulumi/alicloud/ecs/eipAssociation.js";
import { NatGateway } from "@pulumi/alicloud/vpc/natGateway.js";
import { Network as Vpc } from "@pulumi/alicloud/vpc/network.js";
import { RouteEntry } from "@pulumi/alicloud/vpc/routeEntry.js";
import { RouteTable } from "@pulumi/alicloud/vpc/routeTable.js";
import { RouteTableAttachment } from "@pulumi/alicloud/vpc/routeTableAttachment.js";
import { SnatEntry } from "@pulumi/alicloud/vpc/snatEntry.js";
import { Switch } from "@pulumi/alicloud/vpc/switch.js";
import type { Output } from "@pulumi/pulumi";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster, ExistingNetwork } from "../../../config/types.ts";
import { namedTags } from "../../../model/naming.ts";
import { planSubnets, type Subnet, subnetsOf, type Tier } from "../../../model/network/network.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { inputOf } from "../../shared/handles.ts";

/** Zone's id from its letter: eu-central-1a, but cn-hangzhou-h where the region doesn't end in a digit. */
export const zoneId = ({ region }: Cluster, letter: string): string =>
  /\d$/.test(region) ? `${region}${letter}` : `${region}-${letter}`;

/** A vSwitch and the zone it stands in, as the load balancers want them. */
export interface ZoneMapping {
  readonly zoneId: string;
  readonly vswitchId: Output<string>;
}

interface Gateway {
  readonly nat: NatGateway;
  readonly address: EipAddress;
  /** Until the address is bound, the gateway can't translate to it. */
  readonly bound: EipAssociation;
}

/** VPC with a vSwitch for balancers, one for media machines and a private one for databases in each zone, or an existing one. */
export class Network extends ClusterComponent {
  readonly vpcId: Output<string>;
  readonly #cluster: Cluster;
  readonly #switchIds = new Map<string, Output<string>>();

  constructor(cluster: Cluster, parent: ClusterComponent) {
    super("Network", `${cluster.name}-network`, parent);
    this.#cluster = cluster;
    const { existing } = cluster.network;
    this.vpcId = existing === undefined ? this.#addVpc() : this.#adopt(existing);
    if (existing === undefined) this.#routePrivate(this.#addNatGateways());
    this.registerOutputs();
  }

  /** Somebody else's network is used as it is: nothing in it is made, changed or looked up. */
  #adopt({ id }: ExistingNetwork): Output<string> {
    for (const subnet of planSubnets(this.#cluster.network))
      this.#switchIds.set(subnet.key, pulumi.output(inputOf(subnet.id ?? "")));
    return pulumi.output(inputOf(id));
  }

  #addVpc(): Output<string> {
    const vpc = new Vpc(
      this.#name(),
      { vpcName: this.#name(), cidrBlock: this.#cluster.network.cidr, tags: this.#tags() },
      this.child(),
    );
    for (const subnet of planSubnets(this.#cluster.network)) this.#addSwitch(subnet, vpc.id);
    return vpc.id;
  }

  /** A tier's vSwitches in the order of the zones. */
  mappings(tier: Tier): readonly ZoneMapping[] {
    return subnetsOf(this.#cluster.network, tier).map(({ key, zone }) => ({
      zoneId: zoneId(this.#cluster, zone),
      vswitchId: this.#switchId(key),
    }));
  }

  #name(key?: string): string {
    return key === undefined ? `${this.#cluster.name}-network` : `${this.#cluster.name}-network-${key}`;
  }

  #tags(key?: string): Readonly<Record<string, string>> {
    return namedTags(this.#cluster, this.#name(key));
  }

  #switchId(key: string): Output<string> {
    const found = this.#switchIds.get(key);
    if (found === undefined) throw new Error(`no vSwitch ${key} in the plan`);
    return found;
  }

  #addSwitch({ key, cidr, zone }: Subnet, vpcId: Output<string>): void {
    const made = new Switch(
      this.#name(key),
      {
        vswitchName: this.#name(key),
        vpcId,
        cidrBlock: cidr,
        zoneId: zoneId(this.#cluster, zone),
        tags: this.#tags(key),
      },
      this.child(),
    );
    this.#switchIds.set(key, made.id);
  }

  /** By zone; with `one`, the first zone's serves all. */
  #addNatGateways(): ReadonlyMap<string, Gateway> {
    const { nat, zones } = this.#cluster.network;
    const homes = { none: [], one: zones.slice(0, 1), "per-zone": zones }[nat];
    const gateways = homes.map((zone) => this.#addGateway(zone));
    return new Map(
      zones.flatMap((zone, index) => {
        const gateway = gateways[nat === "one" ? 0 : index];
        return gateway === undefined ? [] : [[zone, gateway] as const];
      }),
    );
  }

  #addGateway(zone: string): Gateway {
    const name = this.#name(`nat-${zone}`);
    const tags = this.#tags(`nat-${zone}`);
    const nat = new NatGateway(
      name,
      {
        natGatewayName: name,
        vpcId: this.vpcId,
        vswitchId: this.#switchId(`balancer-${zone}`),
        natType: "Enhanced",
        networkType: "internet",
        paymentType: "PayAsYouGo",
        internetChargeType: "PayByLcu",
        tags,
      },
      this.child(),
    );
    const address = new EipAddress(
      name,
      { addressName: name, paymentType: "PayAsYouGo", internetChargeType: "PayByTraffic", bandwidth: "100", tags },
      this.child(),
    );
    const bound = new EipAssociation(
      name,
      { allocationId: address.id, instanceId: nat.id, instanceType: "Nat" },
      // An address is bound once.
      this.child({ deleteBeforeReplace: true }),
    );
    return { nat, address, bound };
  }

  /**
   * A table for each zone even with one NAT gateway, so that going from one to per-zone only changes routes. The
   * system's table, which the other vSwitches share, holds one default route and can't send each zone its own way.
   */
  #routePrivate(gateways: ReadonlyMap<string, Gateway>): void {
    const media = subnetsOf(this.#cluster.network, "media").filter((subnet) => !subnet.public);
    for (const { key, zone } of subnetsOf(this.#cluster.network, "database")) {
      const name = this.#name(`private-${zone}`);
      const tags = this.#tags(`private-${zone}`);
      const table = new RouteTable(
        name,
        { routeTableName: name, vpcId: this.vpcId, associateType: "VSwitch", tags },
        this.child(),
      );
      const vswitchId = this.#switchId(key);
      // A vSwitch has one table.
      const attached = { routeTableId: table.id, vswitchId };
      new RouteTableAttachment(name, attached, this.child({ deleteBeforeReplace: true }));
      const gateway = gateways.get(zone);
      if (gateway !== undefined) this.#leadOut(name, table, vswitchId, gateway);
      for (const home of media) if (home.zone === zone) this.#routeMedia(home, table, gateway);
    }
  }

  /** Media machines without addresses of their own go the way of their zone's database. */
  #routeMedia({ key }: Subnet, table: RouteTable, gateway: Gateway | undefined): void {
    const name = this.#name(`private-${key}`);
    const vswitchId = this.#switchId(key);
    new RouteTableAttachment(name, { routeTableId: table.id, vswitchId }, this.child({ deleteBeforeReplace: true }));
    if (gateway !== undefined) this.#translate(name, vswitchId, gateway);
  }

  /** Both hold their place alone, so the new one can't be made beside the old one. */
  #leadOut(name: string, table: RouteTable, vswitchId: Output<string>, gateway: Gateway): void {
    const { nat } = gateway;
    new RouteEntry(
      name,
      {
        name,
        routeTableId: table.id,
        destinationCidrblock: "0.0.0.0/0",
        nexthopType: "NatGateway",
        nexthopId: nat.id,
      },
      this.child({ deleteBeforeReplace: true }),
    );
    this.#translate(name, vswitchId, gateway);
  }

  #translate(name: string, vswitchId: Output<string>, { nat, address, bound }: Gateway): void {
    new SnatEntry(
      name,
      { snatEntryName: name, snatTableId: nat.snatTableIds, sourceVswitchId: vswitchId, snatIp: address.ipAddress },
      this.child({ deleteBeforeReplace: true, dependsOn: [bound] }),
    );
  }
}
