"use strict";
var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    var desc = Object.getOwnPropertyDescriptor(m, k);
    if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
      desc = { enumerable: true, get: function() { return m[k]; } };
    }
    Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    o[k2] = m[k];
}));
var __setModuleDefault = (this && this.__setModuleDefault) || (Object.create ? (function(o, v) {
    Object.defineProperty(o, "default", { enumerable: true, value: v });
}) : function(o, v) {
    o["default"] = v;
});
var __importStar = (this && this.__importStar) || (function () {
    var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function (o) {
            var ar = [];
            for (var k in o) if (Object.prototype.hasOwnProperty.call(o, k)) ar[ar.length] = k;
            return ar;
        };
        return ownKeys(o);
    };
    return function (mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding(result, mod, k[i]);
        __setModuleDefault(result, mod);
        return result;
    };
})();
Object.defineProperty(exports, "__esModule", { value: true });
exports.Network = exports.zoneName = void 0;
const defaultSecurityGroup_js_1 = require("@pulumi/aws/ec2/defaultSecurityGroup.js");
const eip_js_1 = require("@pulumi/aws/ec2/eip.js");
const internetGateway_js_1 = require("@pulumi/aws/ec2/internetGateway.js");
const natGateway_js_1 = require("@pulumi/aws/ec2/natGateway.js");
const route_js_1 = require("@pulumi/aws/ec2/route.js");
const routeTable_js_1 = require("@pulumi/aws/ec2/routeTable.js");
const routeTableAssociation_js_1 = require("@pulumi/aws/ec2/routeTableAssociation.js");
const subnet_js_1 = require("@pulumi/aws/ec2/subnet.js");
const vpc_js_1 = require("@pulumi/aws/ec2/vpc.js");
const pulumi = __importStar(require("@pulumi/pulumi"));
const naming_ts_1 = require("../../model/naming.js");
const network_ts_1 = require("../../model/network.js");
const part_ts_1 = require("../part.js");
const handles_ts_1 = require("../handles.js");
const anywhere = "0.0.0.0/0";
/** An availability zone's name from its letter. */
const zoneName = (cluster, letter) => `${cluster.region}${letter}`;
exports.zoneName = zoneName;
/** VPC with a public subnet for balancers and media machines and a private one for databases in each zone, or an existing one. */
class Network extends part_ts_1.Part {
    vpcId;
    #cluster;
    #subnetIds = new Map();
    #wayIn = [];
    #tables = [];
    constructor(cluster, parent) {
        super("Network", `${cluster.name}-network`, parent);
        this.#cluster = cluster;
        this.vpcId = cluster.network.existing === undefined ? this.#addNetwork() : this.#adopt(cluster.network.existing);
        this.registerOutputs();
    }
    /** Somebody else's network is used as it is: nothing in it is made, changed or looked up. */
    #adopt({ id }) {
        for (const subnet of (0, network_ts_1.planSubnets)(this.#cluster.network))
            this.#subnetIds.set(subnet.key, pulumi.output((0, handles_ts_1.inputOf)(subnet.id ?? "")));
        return pulumi.output((0, handles_ts_1.inputOf)(id));
    }
    #addNetwork() {
        const vpc = new vpc_js_1.Vpc(this.#name(), {
            cidrBlock: this.#cluster.network.cidr,
            enableDnsSupport: true,
            // Both are needed for the private zone that names the database.
            enableDnsHostnames: true,
            tags: this.#tags(),
        }, this.child());
        // What AWS makes by itself lets its members talk to each other and to everybody: left without a rule.
        new defaultSecurityGroup_js_1.DefaultSecurityGroup(this.#name("default"), { vpcId: vpc.id, ingress: [], egress: [], tags: this.#tags("default") }, this.child());
        for (const subnet of (0, network_ts_1.planSubnets)(this.#cluster.network))
            this.#addSubnet(subnet, vpc.id);
        const gateway = new internetGateway_js_1.InternetGateway(this.#name("gateway"), { vpcId: vpc.id, tags: this.#tags("gateway") }, this.child());
        this.#routePublic(gateway, vpc.id);
        this.#routePrivate(this.#addNatGateways(gateway), vpc.id);
        return vpc.id;
    }
    /** A tier's subnets in the order of the zones. */
    subnetIds(tier) {
        return (0, network_ts_1.subnetsOf)(this.#cluster.network, tier).map(({ key }) => this.#subnetId(key));
    }
    /**
     * What makes the public subnets public; what stands in them waits for it and not for the whole network, whose NAT
     * gateway takes minutes. Somebody else's network has it already.
     */
    get wayIn() {
        return this.#wayIn;
    }
    /** All route tables; an existing network's are its owner's. */
    get tableIds() {
        return this.#tables.map(({ id }) => id);
    }
    #name(key) {
        return key === undefined ? `${this.#cluster.name}-network` : `${this.#cluster.name}-network-${key}`;
    }
    #tags(key) {
        return (0, naming_ts_1.namedTags)(this.#cluster, this.#name(key));
    }
    #subnetId(key) {
        const id = this.#subnetIds.get(key);
        if (id === undefined)
            throw new Error(`no subnet ${key} was planned`);
        return id;
    }
    #addSubnet({ key, cidr, zone }, vpcId) {
        const subnet = new subnet_js_1.Subnet(this.#name(key), {
            vpcId,
            cidrBlock: cidr,
            availabilityZone: (0, exports.zoneName)(this.#cluster, zone),
            // A media machine asks for its public address in the launch template; nothing else gets one unasked.
            mapPublicIpOnLaunch: false,
            tags: this.#tags(key),
        }, this.child());
        this.#subnetIds.set(key, subnet.id);
    }
    #addRouteTable(key, vpcId) {
        const table = new routeTable_js_1.RouteTable(this.#name(key), { vpcId, tags: this.#tags(key) }, this.child());
        this.#tables.push(table);
        return table;
    }
    #associate(key, table) {
        const ids = { subnetId: this.#subnetId(key), routeTableId: table.id };
        return new routeTableAssociation_js_1.RouteTableAssociation(this.#name(key), ids, this.child());
    }
    #routePublic(gateway, vpcId) {
        const table = this.#addRouteTable("public", vpcId);
        const route = { routeTableId: table.id, destinationCidrBlock: anywhere, gatewayId: gateway.id };
        this.#wayIn.push(new route_js_1.Route(this.#name("public"), route, this.child()));
        for (const subnet of (0, network_ts_1.planSubnets)(this.#cluster.network))
            if (subnet.public)
                this.#wayIn.push(this.#associate(subnet.key, table));
    }
    /** By zone; with `one`, the first zone's serves all. */
    #addNatGateways(gateway) {
        const { nat, zones } = this.#cluster.network;
        const homes = { none: [], one: zones.slice(0, 1), "per-zone": zones }[nat];
        const gateways = homes.map((zone) => {
            const key = `nat-${zone}`;
            const address = new eip_js_1.Eip(this.#name(key), { domain: "vpc", tags: this.#tags(key) }, this.child());
            const subnetId = this.#subnetId(`balancer-${zone}`);
            const made = { allocationId: address.id, subnetId, tags: this.#tags(key) };
            return new natGateway_js_1.NatGateway(this.#name(key), made, this.child({ dependsOn: [gateway] }));
        });
        return new Map(zones.flatMap((zone, index) => {
            const gateway = gateways[nat === "one" ? 0 : index];
            return gateway === undefined ? [] : [[zone, gateway]];
        }));
    }
    /** A table for each zone even with one NAT gateway, so that going from one to per-zone only changes routes. */
    #routePrivate(gateways, vpcId) {
        for (const { key, zone } of (0, network_ts_1.subnetsOf)(this.#cluster.network, "database")) {
            const table = this.#addRouteTable(`private-${zone}`, vpcId);
            this.#associate(key, table);
            const gateway = gateways.get(zone);
            if (gateway === undefined)
                continue;
            const route = { routeTableId: table.id, destinationCidrBlock: anywhere, natGatewayId: gateway.id };
            new route_js_1.Route(this.#name(`private-${zone}`), route, this.child());
        }
    }
}
exports.Network = Network;
