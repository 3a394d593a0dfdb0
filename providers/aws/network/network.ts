import { DefaultSecurityGroup } from "@pulumi/aws/ec2/defaultSecurityGroup.js";
import { Eip } from "@pulumi/aws/ec2/eip.js";
import { InternetGateway } from "@pulumi/aws/ec2/internetGateway.js";
import { NatGateway } from "@pulumi/aws/ec2/natGateway.js";
import { Route } from "@pulumi/aws/ec2/route.js";
import { RouteTable } from "@pulumi/aws/ec2/routeTable.js";
import { RouteTableAssociation } from "@pulumi/aws/ec2/routeTableAssociation.js";
import { Subnet } from "@pulumi/aws/ec2/subnet.js";
import { Vpc } from "@pulumi/aws/ec2/vpc.js";
import type { CustomResourceOptions, Output, Resource } from "@pulumi/pulumi";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster, ExistingNetwork } from "../../../config/types.ts";
import { namedTags } from "../../../model/naming.ts";
import { type Subnet as PlannedSubnet, planSubnets, subnetsOf, type Tier } from "../../../model/network/network.ts";
import { ipv6Subnet } from "../../../model/network/ranges.ts";
import { takesIpv6 } from "../../../model/traffic/balancer.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { inputOf } from "../../shared/handles.ts";

const anywhere = "0.0.0.0/0";

/** An availability zone's name from its letter. */
export const zoneName = (cluster: Cluster, letter: string): string => `${cluster.region}${letter}`;

/** VPC with a public subnet for balancers and media machines and a private one for databases in each zone, or an existing one. */
export class Network extends ClusterComponent {
  readonly vpcId: Output<string>;
  readonly #cluster: Cluster;
  readonly #subnetIds = new Map<string, Output<string>>();
  readonly #wayIn: Resource[] = [];
  readonly #tables: RouteTable[] = [];

  constructor(cluster: Cluster, parent: ClusterComponent) {
    super("Network", `${cluster.name}-network`, parent);
    this.#cluster = cluster;
    this.vpcId = cluster.network.existing === undefined ? this.#addNetwork() : this.#adopt(cluster.network.existing);
    this.registerOutputs();
  }

  /** Somebody else's network is used as it is: nothing in it is made, changed or looked up. */
  #adopt({ id }: ExistingNetwork): Output<string> {
    for (const subnet of planSubnets(this.#cluster.network))
      this.#subnetIds.set(subnet.key, pulumi.output(inputOf(subnet.id ?? "")));
    return pulumi.output(inputOf(id));
  }

  #addNetwork(): Output<string> {
    const vpc = new Vpc(
      this.#name(),
      {
        cidrBlock: this.#cluster.network.cidr,
        enableDnsSupport: true,
        // Both are needed for the private zone that names the database.
        enableDnsHostnames: true,
        ...(takesIpv6(this.#cluster) ? { assignGeneratedIpv6CidrBlock: true } : {}),
        tags: this.#tags(),
      },
      this.child(this.#keepsIpv6("assignGeneratedIpv6CidrBlock")),
    );
    // What AWS makes by itself lets its members talk to each other and to everybody: left without a rule.
    new DefaultSecurityGroup(
      this.#name("default"),
      { vpcId: vpc.id, ingress: [], egress: [], tags: this.#tags("default") },
      this.child(),
    );
    for (const subnet of planSubnets(this.#cluster.network)) this.#addSubnet(subnet, vpc);
    const gateway = new InternetGateway(
      this.#name("gateway"),
      { vpcId: vpc.id, tags: this.#tags("gateway") },
      this.child(),
    );
    this.#routePublic(gateway, vpc.id);
    this.#routePrivate(this.#addNatGateways(gateway), vpc.id);
    return vpc.id;
  }

  /** A tier's subnets in the order of the zones. */
  subnetIds(tier: Tier): readonly Output<string>[] {
    return subnetsOf(this.#cluster.network, tier).map(({ key }) => this.#subnetId(key));
  }

  /**
   * What makes the public subnets public; what stands in them waits for it and not for the whole network, whose NAT
   * gateway takes minutes. Somebody else's network has it already.
   */
  get wayIn(): readonly Resource[] {
    return this.#wayIn;
  }

  /** All route tables; an existing network's are its owner's. */
  get tableIds(): readonly Output<string>[] {
    return this.#tables.map(({ id }) => id);
  }

  #name(key?: string): string {
    return key === undefined ? `${this.#cluster.name}-network` : `${this.#cluster.name}-network-${key}`;
  }

  #tags(key?: string): Readonly<Record<string, string>> {
    return namedTags(this.#cluster, this.#name(key));
  }

  #subnetId(key: string): Output<string> {
    const id = this.#subnetIds.get(key);
    if (id === undefined) throw new Error(`no subnet ${key} in the plan`);
    return id;
  }

  #addSubnet({ key, cidr, tier, zone }: PlannedSubnet, vpc: Vpc): void {
    const subnet = new Subnet(
      this.#name(key),
      {
        vpcId: vpc.id,
        cidrBlock: cidr,
        // By the zone's letter, so that another zone moves none. Media machines and databases stay on IPv4.
        ...(tier === "balancer" && takesIpv6(this.#cluster)
          ? { ipv6CidrBlock: vpc.ipv6CidrBlock.apply((range) => ipv6Subnet(range, zone.charCodeAt(0))) }
          : {}),
        availabilityZone: zoneName(this.#cluster, zone),
        // A media machine asks for its public address in the launch template; nothing else gets one unasked.
        mapPublicIpOnLaunch: false,
        tags: this.#tags(key),
      },
      this.child(this.#keepsIpv6("ipv6CidrBlock")),
    );
    this.#subnetIds.set(key, subnet.id);
  }

  /**
   * A network that had IPv6 keeps its ranges: the VPC comes before its subnets in an update, and its range can't go while they
   * have theirs (EC2's API reference, DisassociateVpcCidrBlock).
   */
  #keepsIpv6(property: string): CustomResourceOptions {
    return takesIpv6(this.#cluster) ? {} : { ignoreChanges: [property] };
  }

  #addRouteTable(key: string, vpcId: Output<string>): RouteTable {
    const table = new RouteTable(this.#name(key), { vpcId, tags: this.#tags(key) }, this.child());
    this.#tables.push(table);
    return table;
  }

  #associate(key: string, table: RouteTable): Resource {
    const ids = { subnetId: this.#subnetId(key), routeTableId: table.id };
    return new RouteTableAssociation(this.#name(key), ids, this.child());
  }

  #routePublic(gateway: InternetGateway, vpcId: Output<string>): void {
    const table = this.#addRouteTable("public", vpcId);
    const route = { routeTableId: table.id, destinationCidrBlock: anywhere, gatewayId: gateway.id };
    this.#wayIn.push(new Route(this.#name("public"), route, this.child()));
    if (takesIpv6(this.#cluster)) {
      const ipv6 = { routeTableId: table.id, destinationIpv6CidrBlock: "::/0", gatewayId: gateway.id };
      this.#wayIn.push(new Route(this.#name("public-ipv6"), ipv6, this.child()));
    }
    for (const subnet of planSubnets(this.#cluster.network))
      if (subnet.public) this.#wayIn.push(this.#associate(subnet.key, table));
  }

  /** By zone; with `one`, the first zone's serves all. */
  #addNatGateways(gateway: InternetGateway): ReadonlyMap<string, NatGateway> {
    const { nat, zones } = this.#cluster.network;
    const homes = { none: [], one: zones.slice(0, 1), "per-zone": zones }[nat];
    const gateways = homes.map((zone) => {
      const key = `nat-${zone}`;
      const address = new Eip(this.#name(key), { domain: "vpc", tags: this.#tags(key) }, this.child());
      const subnetId = this.#subnetId(`balancer-${zone}`);
      const made = { allocationId: address.id, subnetId, tags: this.#tags(key) };
      return new NatGateway(this.#name(key), made, this.child({ dependsOn: [gateway] }));
    });
    return new Map(
      zones.flatMap((zone, index) => {
        const gateway = gateways[nat === "one" ? 0 : index];
        return gateway === undefined ? [] : [[zone, gateway] as const];
      }),
    );
  }

  /** A table for each zone even with one NAT gateway, so that going from one to per-zone only changes routes. */
  #routePrivate(gateways: ReadonlyMap<string, NatGateway>, vpcId: Output<string>): void {
    const homes = planSubnets(this.#cluster.network).filter((subnet) => !subnet.public);
    for (const { zone } of subnetsOf(this.#cluster.network, "database")) {
      const table = this.#addRouteTable(`private-${zone}`, vpcId);
      for (const home of homes) if (home.zone === zone) this.#associate(home.key, table);
      const gateway = gateways.get(zone);
      if (gateway === undefined) continue;
      const route = { routeTableId: table.id, destinationCidrBlock: anywhere, natGatewayId: gateway.id };
      new Route(this.#name(`private-${zone}`), route, this.child());
    }
  }
}
