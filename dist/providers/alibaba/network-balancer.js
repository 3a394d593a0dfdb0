"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.entries = entries;
exports.addNetworkBalancer = addNetworkBalancer;
exports.addStreamTarget = addStreamTarget;
const eipAddress_js_1 = require("@pulumi/alicloud/ecs/eipAddress.js");
const loadBalancer_js_1 = require("@pulumi/alicloud/nlb/loadBalancer.js");
const serverGroup_js_1 = require("@pulumi/alicloud/nlb/serverGroup.js");
const naming_ts_1 = require("../../model/naming.js");
const network_ts_1 = require("../../model/network.js");
/** Peak in Mbps of a balancer's address in a zone: the most of an elastic address that is paid by traffic. */
const entryMbps = 200;
/**
 * A balancer's place in each zone, with an elastic address of the stack's own and a planned private one: what a firewall
 * elsewhere may name, and all that ALB's provider compares. Its Read fills in what is not named here, and each `up` would
 * then send an update of the same zones, which ALB refuses (terraform-provider-alicloud issue 9309).
 */
function entries(part, cluster, network, entry) {
    const homes = (0, network_ts_1.subnetsOf)(cluster.network, "balancer");
    return network.mappings("balancer").flatMap((mapping, index) => {
        const home = homes[index];
        if (home === undefined)
            return [];
        const name = `${entry.name}-${home.zone}`;
        const { id } = new eipAddress_js_1.EipAddress(name, {
            addressName: name,
            paymentType: "PayAsYouGo",
            internetChargeType: "PayByTraffic",
            bandwidth: String(entryMbps),
            tags: (0, naming_ts_1.namedTags)(cluster, name),
        }, part.child());
        return [{ ...mapping, allocationId: id, address: (0, network_ts_1.ownAddress)(home, entry.place === "web" ? 0 : 1) }];
    });
}
/**
 * The layer-4 balancer: of ingest beside the application balancer, and of everything in front of proxies. It is called
 * the same in both, so that ingest keeps its address when a cluster changes its kind of balancer.
 */
function addNetworkBalancer(part, cluster, { network, firewall }) {
    const name = `${cluster.name}-balancer-stream`;
    return new loadBalancer_js_1.LoadBalancer(name, {
        loadBalancerName: name,
        addressType: "Internet",
        vpcId: network.vpcId,
        zoneMappings: entries(part, cluster, network, { name, place: "stream" }).map(({ address, ...mapping }) => ({
            ...mapping,
            privateIpv4Address: address,
        })),
        crossZoneEnabled: true,
        securityGroupIds: [firewall.idOf("balancer")],
        deletionProtectionEnabled: cluster.protect,
        tags: (0, naming_ts_1.namedTags)(cluster, name),
    }, part.durable(cluster));
}
function addStreamTarget(part, cluster, network, target) {
    const { health, drainSeconds } = cluster.balancer;
    const name = `${cluster.name}-balancer-${target.name}`;
    return new serverGroup_js_1.ServerGroup(name, {
        serverGroupName: name,
        vpcId: network.vpcId,
        serverGroupType: "Instance",
        protocol: target.protocol === "tcp" ? "TCP" : "UDP",
        scheduler: "Wlc",
        // The machines see the client's own address.
        preserveClientIpEnabled: true,
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
        tags: (0, naming_ts_1.namedTags)(cluster, name),
    }, part.child());
}
