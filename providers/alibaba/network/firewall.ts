import { SecurityGroup } from "@pulumi/alicloud/ecs/securityGroup.js";
import { SecurityGroupRule, type SecurityGroupRuleArgs } from "@pulumi/alicloud/ecs/securityGroupRule.js";
import type { Output } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { namedTags } from "../../../model/naming.ts";
import { membersOf } from "../../../model/network/firewall.ts";
import type { Member } from "../../../model/network/flow.ts";
import { type Grant, grants } from "../../../model/network/grants.ts";
import { subnetsOf } from "../../../model/network/network.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { inputOf } from "../../shared/handles.ts";
import type { Network } from "./network.ts";

/** The lower number wins: grants before what drops the rest. */
const grantPriority = 1;
const dropPriority = 100;

/** The VPC's name servers; they stand outside of the network, and a group that drops the rest would drop them too. */
const nameServers = ["100.100.2.136/32", "100.100.2.138/32"];

type Direction = Grant["direction"];

/** What tells one rule of a group from the others. */
type Match = Pick<SecurityGroupRuleArgs, "ipProtocol" | "portRange" | "cidrIp" | "sourceSecurityGroupId">;

const everything: Match = { ipProtocol: "all", portRange: "-1/-1", cidrIp: "0.0.0.0/0" };

/** ApsaraDB for MongoDB has no security group: its own list of ranges holds the table's rows (managed-database.ts). */
const hasGroup = ({ database }: Cluster, member: Member): boolean =>
  member !== "database" || database.kind !== "managed";

/** A security group for each member, a rule resource for each grant of the model's table, and rules that drop the rest. */
export class Firewall extends ClusterComponent {
  readonly #cluster: Cluster;
  readonly #groups = new Map<Member, SecurityGroup>();

  constructor(cluster: Cluster, network: Network, parent: ClusterComponent) {
    const name = `${cluster.name}-firewall`;
    super("Firewall", name, parent);
    this.#cluster = cluster;
    const members = membersOf(cluster).filter((member) => hasGroup(cluster, member));
    for (const member of members) this.#groups.set(member, this.#addGroup(network, `${name}-${member}`, member));
    const rows = grants(cluster).filter(({ of }) => hasGroup(cluster, of));
    for (const grant of rows) this.#addGrant(grant);
    for (const member of members) this.#dropRest(member, rows);
    this.registerOutputs();
  }

  idOf(member: Member): Output<string> {
    const group = this.#groups.get(member);
    if (group === undefined) throw new Error(`no security group for ${member}`);
    return group.id;
  }

  #addGroup(network: Network, name: string, member: Member): SecurityGroup {
    return new SecurityGroup(
      name,
      {
        securityGroupName: name,
        description: `Ant Media Server cluster: ${member}`,
        vpcId: network.vpcId,
        // Members of one group reach each other through the table's rows alone.
        innerAccessPolicy: "Drop",
        tags: namedTags(this.#cluster, name),
      },
      this.child(),
    );
  }

  /** The balancers reach the nodes from addresses of their vSwitches, which carry no security group: one rule a zone. */
  #addGrant({ key, direction, of, peer, flow }: Grant): void {
    const ports = flow.protocol === "all" ? "-1/-1" : flow.ports.join("/");
    const match = { ipProtocol: flow.protocol, portRange: ports };
    if (peer.kind === "range") {
      this.#addRule(key, direction, of, flow.why, { ...match, cidrIp: peer.cidr });
    } else if (peer.kind === "group") {
      this.#addRule(key, direction, of, flow.why, { ...match, sourceSecurityGroupId: inputOf(peer.id) });
    } else if (peer.member === "balancer" && direction === "in") {
      for (const { zone, cidr } of subnetsOf(this.#cluster.network, "balancer")) {
        this.#addRule(`${key}-${zone}`, direction, of, flow.why, { ...match, cidrIp: cidr });
      }
    } else {
      this.#addRule(key, direction, of, flow.why, { ...match, sourceSecurityGroupId: this.idOf(peer.member) });
    }
  }

  /**
   * A basic security group lets everything out, and on a balancer everything in, until a rule denies it (Alibaba
   * Cloud's "Add an ALB instance to a security group"). Machines that may call everybody need no such rule.
   */
  #dropRest(member: Member, rows: readonly Grant[]): void {
    const why = "Denies all traffic that no other rule allows";
    if (member === "balancer") this.#addRule(`${member}-drop-in`, "in", member, why, everything, "drop");
    const mayCallAll = rows.some(
      ({ of, direction, flow }) => of === member && direction === "out" && flow.protocol === "all",
    );
    if (mayCallAll) return;
    this.#addRule(`${member}-drop-out`, "out", member, why, everything, "drop");
    if (member === "balancer") return;
    nameServers.forEach((cidrIp, index) => {
      const match = { ipProtocol: "udp", portRange: "53/53", cidrIp };
      this.#addRule(
        `${member}-name-server-${index + 1}`,
        "out",
        member,
        "Allows queries to the VPC's DNS server",
        match,
      );
    });
  }

  #addRule(
    key: string,
    direction: Direction,
    of: Member,
    description: string,
    match: Match,
    policy: "accept" | "drop" = "accept",
  ): void {
    new SecurityGroupRule(
      `${this.#cluster.name}-firewall-${key}`,
      {
        securityGroupId: this.idOf(of),
        type: direction === "in" ? "ingress" : "egress",
        // The only kind in a VPC; the provider's default is for the classic network.
        nicType: "intranet",
        policy,
        priority: policy === "accept" ? grantPriority : dropPriority,
        description,
        ...match,
      },
      this.child(),
    );
  }
}
