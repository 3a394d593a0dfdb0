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
exports.Network = exports.zoneId = void 0;
const eipAddress_js_1 = require("@pulumi/alicloud/ecs/eipAddress.js");
const eipAssociation_js_1 = require("@pulumi/alicloud/ecs/eipAssociation.js");
const natGateway_js_1 = require("@pulumi/alicloud/vpc/natGateway.js");
const network_js_1 = require("@pulumi/alicloud/vpc/network.js");
const routeEntry_js_1 = require("@pulumi/alicloud/vpc/routeEntry.js");
const routeTable_js_1 = require("@pulumi/alicloud/vpc/routeTable.js");
const routeTableAttachment_js_1 = require("@pulumi/alicloud/vpc/routeTableAttachment.js");
const snatEntry_js_1 = require("@pulumi/alicloud/vpc/snatEntry.js");
const switch_js_1 = require("@pulumi/alicloud/vpc/switch.js");
const pulumi = __importStar(require("@pulumi/pulumi"));
const naming_ts_1 = require("../../model/naming.js");
const network_ts_1 = require("../../model/network.js");
const part_ts_1 = require("../part.js");
const handles_ts_1 = require("../handles.js");
/** Zone's id from its letter: eu-central-1a, but cn-hangzhou-h where the region doesn't end in a digit. */
const zoneId = ({ region }, letter) => /\d$/.test(region) ? `${region}${letter}` : `${region}-${letter}`;
exports.zoneId = zoneId;
/** VPC with a vSwitch for balancers, one for media machines and a private one for databases in each zone, or an existing one. */
class Network extends part_ts_1.Part {
    vpcId;
    #cluster;
    #switchIds = new Map();
    constructor(cluster, parent) {
        super("Network", `${cluster.name}-network`, parent);
        this.#cluster = cluster;
        const { existing } = cluster.network;
        this.vpcId = existing === undefined ? this.#addVpc() : this.#adopt(existing);
        if (existing === undefined)
            this.#routePrivate(this.#addNatGateways());
        this.registerOutputs();
    }
    /** Somebody else's network is used as it is: nothing in it is made, changed or looked up. */
    #adopt({ id }) {
        for (const subnet of (0, network_ts_1.planSubnets)(this.#cluster.network))
            this.#switchIds.set(subnet.key, pulumi.output((0, handles_ts_1.inputOf)(subnet.id ?? "")));
        return pulumi.output((0, handles_ts_1.inputOf)(id));
    }
    #addVpc() {
        const vpc = new network_js_1.Network(this.#name(), { vpcName: this.#name(), cidrBlock: this.#cluster.network.cidr, tags: this.#tags() }, this.child());
        for (const subnet of (0, network_ts_1.planSubnets)(this.#cluster.network))
            this.#addSwitch(subnet, vpc.id);
        return vpc.id;
    }
    /** A tier's vSwitches in the order of the zones. */
    mappings(tier) {
        return (0, network_ts_1.subnetsOf)(this.#cluster.network, tier).map(({ key, zone }) => ({
            zoneId: (0, exports.zoneId)(this.#cluster, zone),
            vswitchId: this.#switchId(key),
        }));
    }
    #name(key) {
        return key === undefined ? `${this.#cluster.name}-network` : `${this.#cluster.name}-network-${key}`;
    }
    #tags(key) {
        return (0, naming_ts_1.namedTags)(this.#cluster, this.#name(key));
    }
    #switchId(key) {
        const found = this.#switchIds.get(key);
        if (found === undefined)
            throw new Error(`no vSwitch ${key} was planned`);
        return found;
    }
    #addSwitch({ key, cidr, zone }, vpcId) {
        const made = new switch_js_1.Switch(this.#name(key), {
            vswitchName: this.#name(key),
            vpcId,
            cidrBlock: cidr,
            zoneId: (0, exports.zoneId)(this.#cluster, zone),
            tags: this.#tags(key),
        }, this.child());
        this.#switchIds.set(key, made.id);
    }
    /** By zone; with `one`, the first zone's serves all. */
    #addNatGateways() {
        const { nat, zones } = this.#cluster.network;
        const homes = { none: [], one: zones.slice(0, 1), "per-zone": zones }[nat];
        const gateways = homes.map((zone) => this.#addGateway(zone));
        return new Map(zones.flatMap((zone, index) => {
            const gateway = gateways[nat === "one" ? 0 : index];
            return gateway === undefined ? [] : [[zone, gateway]];
        }));
    }
    #addGateway(zone) {
        const name = this.#name(`nat-${zone}`);
        const tags = this.#tags(`nat-${zone}`);
        const nat = new natGateway_js_1.NatGateway(name, {
            natGatewayName: name,
            vpcId: this.vpcId,
            vswitchId: this.#switchId(`balancer-${zone}`),
            natType: "Enhanced",
            networkType: "internet",
            paymentType: "PayAsYouGo",
            internetChargeType: "PayByLcu",
            tags,
        }, this.child());
        const address = new eipAddress_js_1.EipAddress(name, { addressName: name, paymentType: "PayAsYouGo", internetChargeType: "PayByTraffic", bandwidth: "100", tags }, this.child());
        const bound = new eipAssociation_js_1.EipAssociation(name, { allocationId: address.id, instanceId: nat.id, instanceType: "Nat" }, 
        // An address is bound once.
        this.child({ deleteBeforeReplace: true }));
        return { nat, address, bound };
    }
    /**
     * A table for each zone even with one NAT gateway, so that going from one to per-zone only changes routes. The
     * system's table, which the other vSwitches share, holds one default route and can't send each zone its own way.
     */
    #routePrivate(gateways) {
        for (const { key, zone } of (0, network_ts_1.subnetsOf)(this.#cluster.network, "database")) {
            const name = this.#name(`private-${zone}`);
            const tags = this.#tags(`private-${zone}`);
            const table = new routeTable_js_1.RouteTable(name, { routeTableName: name, vpcId: this.vpcId, associateType: "VSwitch", tags }, this.child());
            const vswitchId = this.#switchId(key);
            // A vSwitch has one table.
            const attached = { routeTableId: table.id, vswitchId };
            new routeTableAttachment_js_1.RouteTableAttachment(name, attached, this.child({ deleteBeforeReplace: true }));
            const gateway = gateways.get(zone);
            if (gateway !== undefined)
                this.#leadOut(name, table, vswitchId, gateway);
        }
    }
    /** Both hold their place alone, so the new one can't be made beside the old one. */
    #leadOut(name, table, vswitchId, gateway) {
        const { nat, address, bound } = gateway;
        new routeEntry_js_1.RouteEntry(name, {
            name,
            routeTableId: table.id,
            destinationCidrblock: "0.0.0.0/0",
            nexthopType: "NatGateway",
            nexthopId: nat.id,
        }, this.child({ deleteBeforeReplace: true }));
        new snatEntry_js_1.SnatEntry(name, { snatEntryName: name, snatTableId: nat.snatTableIds, sourceVswitchId: vswitchId, snatIp: address.ipAddress }, this.child({ deleteBeforeReplace: true, dependsOn: [bound] }));
    }
}
exports.Network = Network;
