"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.LoadBalancer = void 0;
const loadBalancer_js_1 = require("@pulumi/alicloud/alb/loadBalancer.js");
const loadBalancerAccessLogConfigAttachment_js_1 = require("@pulumi/alicloud/alb/loadBalancerAccessLogConfigAttachment.js");
const loadBalancerSecurityGroupAttachment_js_1 = require("@pulumi/alicloud/alb/loadBalancerSecurityGroupAttachment.js");
const serverGroup_js_1 = require("@pulumi/alicloud/alb/serverGroup.js");
const listeners_ts_1 = require("../../model/listeners.js");
const naming_ts_1 = require("../../model/naming.js");
const targets_ts_1 = require("../../model/targets.js");
const part_ts_1 = require("../part.js");
const listeners_ts_2 = require("./listeners.js");
const network_balancer_ts_1 = require("./network-balancer.js");
/** ALB Standard (the Basic edition knows no query strings) for HTTP, and NLB for ingest. */
class LoadBalancer extends part_ts_1.Part {
    webHost;
    /** Of the application balancer; absent where proxies stand in its place. */
    webId;
    /** There only with RTMP or SRT. */
    streamHost;
    /** What scaling groups wait for: no machine is behind a balancer before the rules that keep strangers from its panel. */
    ready;
    #cluster;
    #groups = new Map();
    constructor(cluster, { network, firewall, logs, certificate }, parent) {
        super("LoadBalancer", `${cluster.name}-balancer`, parent);
        this.#cluster = cluster;
        for (const target of (0, targets_ts_1.targets)(cluster))
            this.#groups.set(target.name, this.#addGroup(target, network));
        const web = this.#addWebBalancer(network);
        this.webHost = web.dnsName;
        this.webId = web.id;
        const guard = new loadBalancerSecurityGroupAttachment_js_1.LoadBalancerSecurityGroupAttachment(this.#name(), { loadBalancerId: web.id, securityGroupId: firewall.idOf("balancer") }, this.child());
        this.#log(web, logs);
        const nobody = this.#addWebGroup(this.#name("nobody"), network, 0).id;
        const groupId = (target) => this.#groupId(target);
        const door = { balancerId: web.id, groupId, nobody, guard, certificate };
        const ready = (0, listeners_ts_1.httpListeners)(cluster).flatMap((listener) => (0, listeners_ts_2.addWebListener)(this, cluster, listener, door));
        const streams = (0, listeners_ts_1.streamListeners)(cluster);
        if (streams.length > 0) {
            const stream = (0, network_balancer_ts_1.addNetworkBalancer)(this, cluster, { network, firewall });
            this.streamHost = stream.dnsName;
            const streamDoor = { balancerId: stream.id, groupId };
            ready.push(...streams.map((listener) => (0, listeners_ts_2.addStreamListener)(this, cluster, listener, streamDoor)));
        }
        this.ready = ready;
        this.registerOutputs();
    }
    /** The service's own role writes; ALB makes it with the first log of an account (EnableLoadBalancerAccessLog). */
    #log({ id }, { requests }) {
        if (requests === undefined)
            throw new Error("an application balancer has a log");
        const log = { loadBalancerId: id, logProject: requests.project, logStore: requests.store };
        // A balancer has one log: the late delete of a former one would switch it off.
        new loadBalancerAccessLogConfigAttachment_js_1.LoadBalancerAccessLogConfigAttachment(this.#name(), log, this.child({ deleteBeforeReplace: true }));
    }
    groupsOf(role) {
        return [...this.#groups.values()].filter(({ target }) => target.role === role);
    }
    #name(key) {
        return key === undefined ? `${this.#cluster.name}-balancer` : `${this.#cluster.name}-balancer-${key}`;
    }
    #tags(name) {
        return (0, naming_ts_1.namedTags)(this.#cluster, name);
    }
    #groupId(name) {
        const group = this.#groups.get(name);
        if (group === undefined)
            throw new Error(`no server group for ${name}`);
        return group.id;
    }
    #addGroup(target, network) {
        const name = this.#name(target.name);
        if (target.protocol === "http")
            return { target, type: "ALB", id: this.#addWebGroup(name, network, target.stickySeconds).id };
        const { protocol } = target;
        // The same question as the other balancer's.
        const check = { port: targets_ts_1.nodePort, path: listeners_ts_1.healthPath };
        const { id } = (0, network_balancer_ts_1.addStreamTarget)(this, this.#cluster, network, { name: target.name, protocol, check });
        return { target, type: "NLB", id };
    }
    #addWebGroup(serverGroupName, network, stickySeconds) {
        const { health, drainSeconds } = this.#cluster.balancer;
        return new serverGroup_js_1.ServerGroup(serverGroupName, {
            serverGroupName,
            vpcId: network.vpcId,
            serverGroupType: "Instance",
            protocol: "HTTP",
            scheduler: "Wlc",
            crossZoneEnabled: true,
            healthCheckConfig: {
                healthCheckEnabled: true,
                healthCheckProtocol: "HTTP",
                // The default, HEAD, is not what AMS documents.
                healthCheckMethod: "GET",
                healthCheckPath: listeners_ts_1.healthPath,
                healthCheckConnectPort: targets_ts_1.nodePort,
                healthCheckCodes: ["http_2xx"],
                healthCheckHttpVersion: "HTTP1.1",
                healthCheckInterval: health.intervalSeconds,
                healthCheckTimeout: health.timeoutSeconds,
                healthyThreshold: health.healthyThreshold,
                unhealthyThreshold: health.unhealthyThreshold,
            },
            stickySessionConfig: stickySeconds > 0
                ? { stickySessionEnabled: true, stickySessionType: "Insert", cookieTimeout: stickySeconds }
                : { stickySessionEnabled: false },
            connectionDrainConfig: { connectionDrainEnabled: true, connectionDrainTimeout: drainSeconds },
            tags: this.#tags(serverGroupName),
        }, 
        // The scaling group fills it; a list here would empty it (terraform-provider-alicloud issue 5671).
        this.child({ ignoreChanges: ["servers"] }));
    }
    #addWebBalancer(network) {
        const name = this.#name();
        return new loadBalancer_js_1.LoadBalancer(name, {
            loadBalancerName: name,
            loadBalancerEdition: "Standard",
            loadBalancerBillingConfig: { payType: "PayAsYouGo" },
            addressType: "Internet",
            addressAllocatedMode: "Fixed",
            vpcId: network.vpcId,
            zoneMappings: (0, network_balancer_ts_1.entries)(this, this.#cluster, network, { name, place: "web" }).map(({ address, ...mapping }) => ({
                ...mapping,
                eipType: "Common",
                intranetAddress: address,
            })),
            deletionProtectionEnabled: this.#cluster.protect,
            tags: this.#tags(name),
        }, this.durable(this.#cluster));
    }
}
exports.LoadBalancer = LoadBalancer;
