"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Front = void 0;
const listener_js_1 = require("@pulumi/aws/lb/listener.js");
const balancer_ts_1 = require("../../model/balancer.js");
const front_ts_1 = require("../../model/front.js");
const listeners_ts_1 = require("../../model/listeners.js");
const naming_ts_1 = require("../../model/naming.js");
const part_ts_1 = require("../part.js");
const network_balancer_ts_1 = require("./network-balancer.js");
/** The least that a network balancer takes (ElasticLoadBalancing API, "ListenerAttribute"); the proxies keep to less. */
const leastIdleSeconds = 60;
/** The network balancer in front of the proxies: layer 4 alone, TLS and rules are the proxies' own. */
class Front extends part_ts_1.Part {
    /** The one balancer takes web and ingest. */
    web;
    stream;
    /** Sets of proxies, one for each listener. */
    proxies;
    #cluster;
    constructor(cluster, needs, parent) {
        super("LoadBalancer", `${cluster.name}-balancer`, parent);
        this.#cluster = cluster;
        this.web = (0, network_balancer_ts_1.addNetworkBalancer)(this, cluster, needs);
        this.stream = (0, listeners_ts_1.streamListeners)(cluster).length > 0 ? this.web : undefined;
        this.proxies = (0, front_ts_1.frontListeners)(cluster).map((listener) => this.#addListener(listener, needs));
        this.registerOutputs();
    }
    /** The proxies find the nodes themselves. */
    targetGroupArns() {
        return [];
    }
    #addListener({ name, target, protocol, port }, { network }) {
        const check = { port: balancer_ts_1.proxyHealthPort, path: balancer_ts_1.proxyHealthPath };
        const { arn } = (0, network_balancer_ts_1.addFrontTarget)(this, this.#cluster, network, { name: target, protocol, port, check });
        const listener = `${this.#cluster.name}-balancer-${name}`;
        const { idleTimeoutSeconds } = this.#cluster.balancer;
        new listener_js_1.Listener(listener, {
            loadBalancerArn: this.web.arn,
            protocol: protocol.toUpperCase(),
            port,
            // UDP has a time of its own, which can't be set.
            ...(protocol === "tcp" ? { tcpIdleTimeoutSeconds: Math.max(leastIdleSeconds, idleTimeoutSeconds) } : {}),
            defaultActions: [{ type: "forward", targetGroupArn: arn }],
            tags: (0, naming_ts_1.namedTags)(this.#cluster, listener),
        }, this.child());
        return arn;
    }
}
exports.Front = Front;
