"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Firewall = void 0;
const securityGroup_js_1 = require("@pulumi/aws/ec2/securityGroup.js");
const securityGroupEgressRule_js_1 = require("@pulumi/aws/vpc/securityGroupEgressRule.js");
const securityGroupIngressRule_js_1 = require("@pulumi/aws/vpc/securityGroupIngressRule.js");
const cluster_ts_1 = require("../../model/cluster.js");
const firewall_ts_1 = require("../../model/firewall.js");
const grants_ts_1 = require("../../model/grants.js");
const naming_ts_1 = require("../../model/naming.js");
const part_ts_1 = require("../part.js");
const handles_ts_1 = require("../handles.js");
/** A security group for each member, further ones for admin ranges that it has no room for, and one rule resource for each grant of the model's table. */
class Firewall extends part_ts_1.Part {
    #groups = new Map();
    constructor(cluster, network, parent) {
        const name = `${cluster.name}-firewall`;
        super("Firewall", name, parent);
        const rules = (0, grants_ts_1.grants)(cluster);
        for (const member of (0, firewall_ts_1.membersOf)(cluster)) {
            const count = 1 + Math.max(0, ...rules.filter(({ of }) => of === member).map(({ group }) => group));
            const groupNames = Array.from({ length: count }, (_, index) => `${name}-${index === 0 ? "" : `${index + 1}-`}${member}`);
            this.#groups.set(member, groupNames.map((groupName) => this.#addGroup(cluster, network, groupName, member)));
        }
        for (const grant of rules)
            this.#addRule(cluster, grant);
        this.registerOutputs();
    }
    /** All groups of the member; machines and balancers have all of them. */
    idsOf(member) {
        const groups = this.#groups.get(member);
        if (groups === undefined)
            throw new Error(`no security group for ${member}`);
        return groups.map(({ id }) => id);
    }
    #idOf(member, group = 0) {
        const id = this.idsOf(member)[group];
        if (id === undefined)
            throw new Error(`no security group ${group + 1} for ${member}`);
        return id;
    }
    #addGroup(cluster, network, name, member) {
        return new securityGroup_js_1.SecurityGroup(name, {
            vpcId: network.vpcId,
            // A change would replace the group.
            description: `Ant Media Server cluster: ${member}`,
            tags: (0, naming_ts_1.namedTags)(cluster, name),
        }, this.child());
    }
    #addRule(cluster, { key, direction, of, peer, flow, group }) {
        const name = `${cluster.name}-firewall-${key}`;
        const [fromPort, toPort] = flow.ports;
        const rule = {
            securityGroupId: this.#idOf(of, group),
            description: flow.why,
            // EC2 takes no ports with -1, which is all protocols.
            ...(flow.protocol === "all" ? { ipProtocol: "-1" } : { ipProtocol: flow.protocol, fromPort, toPort }),
            ...this.#from(peer),
            tags: (0, naming_ts_1.namedTags)(cluster, name),
        };
        if (direction === "in")
            new securityGroupIngressRule_js_1.SecurityGroupIngressRule(name, rule, this.child());
        else
            new securityGroupEgressRule_js_1.SecurityGroupEgressRule(name, rule, this.child());
    }
    #from(peer) {
        switch (peer.kind) {
            case "range":
                return { cidrIpv4: peer.cidr };
            case "member":
                return { referencedSecurityGroupId: this.#idOf(peer.member) };
            case "group":
                return { referencedSecurityGroupId: (0, handles_ts_1.inputOf)(peer.id) };
            default:
                return (0, cluster_ts_1.assertNever)(peer);
        }
    }
}
exports.Firewall = Firewall;
