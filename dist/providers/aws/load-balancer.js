"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.LoadBalancer = void 0;
const loadBalancer_js_1 = require("@pulumi/aws/lb/loadBalancer.js");
const targetGroup_js_1 = require("@pulumi/aws/lb/targetGroup.js");
const listeners_ts_1 = require("../../model/listeners.js");
const naming_ts_1 = require("../../model/naming.js");
const targets_ts_1 = require("../../model/targets.js");
const part_ts_1 = require("../part.js");
const listeners_ts_2 = require("./listeners.js");
const network_balancer_ts_1 = require("./network-balancer.js");
/**
 * The application balancer, and the network balancer if the cluster ingests RTMP or SRT.
 *
 * Balancers and target groups are named after the cluster and not after this part: their physical names end at 32
 * characters, eight of which are Pulumi's.
 */
class LoadBalancer extends part_ts_1.Part {
    web;
    stream;
    #cluster;
    #targetGroups = new Map();
    constructor(cluster, needs, parent) {
        super("LoadBalancer", `${cluster.name}-balancer`, parent);
        this.#cluster = cluster;
        for (const target of (0, targets_ts_1.targets)(cluster))
            this.#addTargetGroup(target, needs.network);
        this.web = this.#addWeb(needs);
        const targetGroupArn = (target) => this.#targetGroup(target).arn;
        const web = { balancer: this.web, targetGroupArn, certificate: needs.certificate };
        for (const listener of (0, listeners_ts_1.httpListeners)(cluster))
            (0, listeners_ts_2.addListener)(this, cluster, listener, web);
        const streams = (0, listeners_ts_1.streamListeners)(cluster);
        this.stream = streams.length > 0 ? (0, network_balancer_ts_1.addNetworkBalancer)(this, cluster, needs) : undefined;
        if (this.stream !== undefined) {
            const stream = { balancer: this.stream, targetGroupArn, certificate: undefined };
            for (const listener of streams)
                (0, listeners_ts_2.addListener)(this, cluster, listener, stream);
        }
        this.registerOutputs();
    }
    /** Target groups that a node group's machines join. */
    targetGroupArns(role) {
        return (0, targets_ts_1.targets)(this.#cluster)
            .filter((target) => target.role === role)
            .map(({ name }) => this.#targetGroup(name).arn);
    }
    #targetGroup(name) {
        const group = this.#targetGroups.get(name);
        if (group === undefined)
            throw new Error(`no target group ${name}`);
        return group;
    }
    #addWeb(needs) {
        const name = `${this.#cluster.name}-web`;
        return new loadBalancer_js_1.LoadBalancer(name, {
            loadBalancerType: "application",
            ...(0, network_balancer_ts_1.place)(this.#cluster, needs),
            idleTimeout: this.#cluster.balancer.idleTimeoutSeconds,
            dropInvalidHeaderFields: true,
            desyncMitigationMode: "defensive",
            tags: (0, naming_ts_1.namedTags)(this.#cluster, name),
        }, this.durable(this.#cluster, { dependsOn: [...needs.network.wayIn] }));
    }
    #addTargetGroup(target, network) {
        const name = `${this.#cluster.name}-${target.name}`;
        const { balancer } = this.#cluster;
        const group = new targetGroup_js_1.TargetGroup(name, {
            vpcId: network.vpcId,
            targetType: "instance",
            protocol: target.protocol.toUpperCase(),
            port: target.port,
            deregistrationDelay: balancer.drainSeconds,
            healthCheck: (0, network_balancer_ts_1.healthCheck)(this.#cluster, { port: targets_ts_1.nodePort, path: listeners_ts_1.healthPath }),
            ...(target.protocol === "http" ? httpTarget(target) : (0, network_balancer_ts_1.streamTarget)(this.#cluster, target.protocol)),
            tags: (0, naming_ts_1.namedTags)(this.#cluster, name),
        }, this.child());
        this.#targetGroups.set(target.name, group);
    }
}
exports.LoadBalancer = LoadBalancer;
function httpTarget({ stickySeconds }) {
    return {
        // Media connections last: what counts is how many a node holds, not how many it was given.
        loadBalancingAlgorithmType: "least_outstanding_requests",
        stickiness: stickySeconds > 0
            ? { type: "lb_cookie", enabled: true, cookieDuration: stickySeconds }
            : { type: "lb_cookie", enabled: false },
    };
}
