"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.streamTarget = exports.place = void 0;
exports.addNetworkBalancer = addNetworkBalancer;
exports.healthCheck = healthCheck;
exports.addFrontTarget = addFrontTarget;
const loadBalancer_js_1 = require("@pulumi/aws/lb/loadBalancer.js");
const targetGroup_js_1 = require("@pulumi/aws/lb/targetGroup.js");
const naming_ts_1 = require("../../model/naming.js");
/** Where both kinds of balancer stand, and how they are guarded. */
const place = (cluster, { network, firewall, logs }) => ({
    internal: false,
    subnets: [...network.subnetIds("balancer")],
    securityGroups: firewall.idsOf("balancer"),
    enableDeletionProtection: cluster.protect,
    // A network balancer writes of TLS listeners alone (its guide, "Access logs"), which ours has none of.
    accessLogs: { bucket: logs.bucket, enabled: true },
});
exports.place = place;
/**
 * The layer-4 balancer: of ingest beside the application balancer, and of everything in front of proxies. It is called
 * the same in both, so that ingest keeps its address when a cluster changes its kind of balancer.
 */
function addNetworkBalancer(part, cluster, needs) {
    const name = `${cluster.name}-stream`;
    return new loadBalancer_js_1.LoadBalancer(name, {
        loadBalancerType: "network",
        ...(0, exports.place)(cluster, needs),
        // Else a zone's clients reach that zone's machines alone, and nobody where there is none.
        enableCrossZoneLoadBalancing: true,
        tags: (0, naming_ts_1.namedTags)(cluster, name),
    }, part.durable(cluster, { dependsOn: [...needs.network.wayIn] }));
}
function healthCheck({ balancer: { health } }, { port, path }) {
    return {
        protocol: "HTTP",
        port: String(port),
        path,
        matcher: "200",
        interval: health.intervalSeconds,
        timeout: health.timeoutSeconds,
        healthyThreshold: health.healthyThreshold,
        unhealthyThreshold: health.unhealthyThreshold,
    };
}
/** Its name is the cluster's and not its part's: the physical one ends at 32 characters, eight of which are Pulumi's. */
function addFrontTarget(part, cluster, network, target) {
    const name = `${cluster.name}-${target.name}`;
    return new targetGroup_js_1.TargetGroup(name, {
        vpcId: network.vpcId,
        targetType: "instance",
        protocol: target.protocol.toUpperCase(),
        port: target.port,
        deregistrationDelay: cluster.balancer.drainSeconds,
        healthCheck: healthCheck(cluster, target.check),
        ...(0, exports.streamTarget)(cluster, target.protocol),
        tags: (0, naming_ts_1.namedTags)(cluster, name),
    }, part.child());
}
/**
 * What ingest and proxies have in common. The firewall lets clients in by their own addresses, and the proxies tell the
 * nodes who called. By default the balancer cuts what is open to a target that fails its check (Network Load Balancers'
 * guide, "Unhealthy target connection termination"), and a node that drains fails it: its gate lets nobody new in.
 */
const streamTarget = ({ drain }, protocol) => ({
    preserveClientIp: "true",
    ...(protocol === "udp"
        ? {}
        : {
            targetHealthStates: [
                { enableUnhealthyConnectionTermination: false, unhealthyDrainingInterval: drain.maxMinutes * 60 },
            ],
        }),
});
exports.streamTarget = streamTarget;
