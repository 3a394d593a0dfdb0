"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Front = void 0;
const listener_js_1 = require("@pulumi/alicloud/nlb/listener.js");
const balancer_ts_1 = require("../../model/balancer.js");
const front_ts_1 = require("../../model/front.js");
const listeners_ts_1 = require("../../model/listeners.js");
const naming_ts_1 = require("../../model/naming.js");
const part_ts_1 = require("../part.js");
const network_balancer_ts_1 = require("./network-balancer.js");
/** NLB in front of the proxies: layer 4 alone, TLS and rules are the proxies' own. */
class Front extends part_ts_1.Part {
    webHost;
    /** There only with RTMP or SRT: the one balancer takes both. */
    streamHost;
    ready;
    proxies;
    #cluster;
    constructor(cluster, place, parent) {
        super("LoadBalancer", `${cluster.name}-balancer`, parent);
        this.#cluster = cluster;
        const balancer = (0, network_balancer_ts_1.addNetworkBalancer)(this, cluster, place);
        this.webHost = balancer.dnsName;
        if ((0, listeners_ts_1.streamListeners)(cluster).length > 0)
            this.streamHost = balancer.dnsName;
        this.proxies = (0, front_ts_1.frontListeners)(cluster).map((listener) => this.#addTarget(listener, place.network));
        this.ready = this.proxies.map((target) => this.#addListener(target, balancer));
        this.registerOutputs();
    }
    /** The proxies find the nodes themselves. */
    groupsOf() {
        return [];
    }
    #addTarget(listener, network) {
        const { target: name, protocol } = listener;
        const check = { port: balancer_ts_1.proxyHealthPort, path: balancer_ts_1.proxyHealthPath };
        return { listener, id: (0, network_balancer_ts_1.addStreamTarget)(this, this.#cluster, network, { name, protocol, check }).id };
    }
    #addListener({ listener: { name, protocol, port }, id }, { id: loadBalancerId }) {
        const listener = `${this.#cluster.name}-balancer-${name}`;
        return new listener_js_1.Listener(listener, {
            loadBalancerId,
            listenerPort: port,
            listenerProtocol: protocol.toUpperCase(),
            listenerDescription: listener,
            serverGroupId: id,
            // UDP has a short range of its own.
            ...(protocol === "tcp" ? { idleTimeout: this.#cluster.balancer.idleTimeoutSeconds } : {}),
            tags: (0, naming_ts_1.namedTags)(this.#cluster, listener),
        }, this.child());
    }
}
exports.Front = Front;
