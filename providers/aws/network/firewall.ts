import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { Output } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { assertNever } from "../../../model/cluster.ts";
import { namedTags } from "../../../model/naming.ts";
import { membersOf } from "../../../model/network/firewall.ts";
import type { Member } from "../../../model/network/flow.ts";
import { type Grant, grants } from "../../../model/network/grants.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { inputOf } from "../../shared/handles.ts";
import type { Network } from "./network.ts";

/** A security group for each member, further ones for admin ranges that it has no room for, and one rule resource for each grant of the model's table. */
export class Firewall extends ClusterComponent {
  readonly #groups = new Map<Member, readonly SecurityGroup[]>();

  constructor(cluster: Cluster, network: Network, parent: ClusterComponent) {
    const name = `${cluster.name}-firewall`;
    super("Firewall", name, parent);
    const rules = grants(cluster);
    for (const member of membersOf(cluster)) {
      const count = 1 + Math.max(0, ...rules.filter(({ of }) => of === member).map(({ group }) => group));
      const groupNames = Array.from(
        { length: count },
        (_, index) => `${name}-${index === 0 ? "" : `${index + 1}-`}${member}`,
      );
      this.#groups.set(
        member,
        groupNames.map((groupName) => this.#addGroup(cluster, network, groupName, member)),
      );
    }
    for (const grant of rules) this.#addRule(cluster, grant);
    this.registerOutputs();
  }

  /** All groups of the member; machines and balancers have all of them. */
  idsOf(member: Member): Output<string>[] {
    const groups = this.#groups.get(member);
    if (groups === undefined) throw new Error(`no security group for ${member}`);
    return groups.map(({ id }) => id);
  }

  #idOf(member: Member, group = 0): Output<string> {
    const id = this.idsOf(member)[group];
    if (id === undefined) throw new Error(`no security group ${group + 1} for ${member}`);
    return id;
  }

  #addGroup(cluster: Cluster, network: Network, name: string, member: Member): SecurityGroup {
    return new SecurityGroup(
      name,
      {
        vpcId: network.vpcId,
        // A change would replace the group.
        description: `Ant Media Server cluster: ${member}`,
        tags: namedTags(cluster, name),
      },
      this.child(),
    );
  }

  #addRule(cluster: Cluster, { key, direction, of, peer, flow, group }: Grant): void {
    const name = `${cluster.name}-firewall-${key}`;
    const [fromPort, toPort] = flow.ports;
    const rule = {
      securityGroupId: this.#idOf(of, group),
      description: flow.why,
      // EC2 takes no ports with -1, which is all protocols.
      ...(flow.protocol === "all" ? { ipProtocol: "-1" } : { ipProtocol: flow.protocol, fromPort, toPort }),
      ...this.#from(peer),
      tags: namedTags(cluster, name),
    };
    if (direction === "in") new SecurityGroupIngressRule(name, rule, this.child());
    else new SecurityGroupEgressRule(name, rule, this.child());
  }

  #from(peer: Grant["peer"]) {
    switch (peer.kind) {
      case "range":
        return peer.cidr.includes(":") ? { cidrIpv6: peer.cidr } : { cidrIpv4: peer.cidr };
      case "member":
        return { referencedSecurityGroupId: this.#idOf(peer.member) };
      case "group":
        return { referencedSecurityGroupId: inputOf(peer.id) };
      default:
        return assertNever(peer);
    }
  }
}
