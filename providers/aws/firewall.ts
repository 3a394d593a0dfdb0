import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { Output } from "@pulumi/pulumi";
import { assertNever, type Cluster } from "../../model/cluster.ts";
import { type Member, membersOf } from "../../model/firewall.ts";
import { type Grant, grants } from "../../model/grants.ts";
import { namedTags } from "../../model/naming.ts";
import { Part } from "../part.ts";
import type { Network } from "./network.ts";

/** A security group for each member, and one rule resource for each grant of the model's table. */
export class Firewall extends Part {
  readonly #groups = new Map<Member, SecurityGroup>();

  constructor(cluster: Cluster, network: Network, parent: Part) {
    const name = `${cluster.name}-firewall`;
    super("Firewall", name, parent);
    for (const member of membersOf(cluster)) {
      const group = new SecurityGroup(
        `${name}-${member}`,
        {
          vpcId: network.vpcId,
          // A change would replace the group.
          description: `Ant Media Server cluster: ${member}`,
          tags: namedTags(cluster, `${name}-${member}`),
        },
        this.child(),
      );
      this.#groups.set(member, group);
    }
    for (const grant of grants(cluster)) this.#addRule(cluster, grant);
    this.registerOutputs();
  }

  idOf(member: Member): Output<string> {
    const group = this.#groups.get(member);
    if (group === undefined) throw new Error(`no security group for ${member}`);
    return group.id;
  }

  #addRule(cluster: Cluster, { key, direction, of, peer, flow }: Grant): void {
    const name = `${cluster.name}-firewall-${key}`;
    const [fromPort, toPort] = flow.ports;
    const rule = {
      securityGroupId: this.idOf(of),
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
        return { cidrIpv4: peer.cidr };
      case "member":
        return { referencedSecurityGroupId: this.idOf(peer.member) };
      case "group":
        return { referencedSecurityGroupId: peer.id };
      default:
        return assertNever(peer);
    }
  }
}
