"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.adapter = void 0;
const balancer_ts_1 = require("../../model/balancer.js");
const cluster_ts_1 = require("../../model/cluster.js");
const database_ts_1 = require("../../model/database.js");
const naming_ts_1 = require("../../model/naming.js");
const addresses_ts_1 = require("../addresses.js");
const access_logs_ts_1 = require("./access-logs.js");
const agent_bucket_ts_1 = require("./agent-bucket.js");
const alarms_ts_1 = require("./alarms.js");
const certificate_ts_1 = require("./certificate.js");
const database_ts_2 = require("./database.js");
const dns_ts_1 = require("./dns.js");
const firewall_ts_1 = require("./firewall.js");
const front_ts_1 = require("./front.js");
const load_balancer_ts_1 = require("./load-balancer.js");
const managed_database_ts_1 = require("./managed-database.js");
const network_ts_1 = require("./network.js");
const node_group_ts_1 = require("./node-group.js");
const proxy_group_ts_1 = require("./proxy-group.js");
const secrets_ts_1 = require("./secrets.js");
const settings_ts_1 = require("./settings.js");
const storage_ts_1 = require("./storage.js");
const handles_ts_1 = require("../handles.js");
exports.adapter = {
    prepare(block, cluster, texts = {}) {
        const { faults, settings } = (0, settings_ts_1.checkSettings)(block, cluster, texts);
        if (settings === undefined || cluster === undefined)
            return { faults };
        return { faults, render: (given, root) => render(cluster, settings, given, root) };
    },
};
function render(cluster, settings, given, root) {
    const { domain } = cluster;
    const network = new network_ts_1.Network(cluster, root);
    const firewall = new firewall_ts_1.Firewall(cluster, network, root);
    const secrets = new secrets_ts_1.Secrets(cluster, settings, given, root);
    const { arn } = secrets.roleOf("origin");
    const agent = new agent_bucket_ts_1.AgentBucket(cluster, arn, root);
    const ground = { network, firewall, secrets, agent };
    const database = addDatabase(cluster, settings, ground, root);
    const storage = cluster.recordings.store === "bucket" ? new storage_ts_1.Storage(cluster, arn, root) : undefined;
    const secret = secrets.storeMedia({ managed: database.managed, recordings: storage?.recordings });
    const logs = new access_logs_ts_1.AccessLogs(cluster, network, secrets.logProject, root);
    const { balancer, proxies } = addEntrance(cluster, settings, given, { ...ground, logs }, root);
    const groups = new Map();
    for (const one of (0, cluster_ts_1.groupsOf)(cluster)) {
        const own = { ...ground, balancer, after: [secret, ...database.ready] };
        groups.set(one.role, new node_group_ts_1.NodeGroup(one, cluster, settings, own, root));
    }
    if (settings.upgrade === "instance-refresh")
        refreshAll(groups);
    const dns = domain === undefined ? undefined : new dns_ts_1.Dns(cluster, domain, balancer, root);
    new alarms_ts_1.Alarms(cluster, { groups, balancer, arn }, root);
    return {
        ...(0, addresses_ts_1.addresses)(cluster, balancer.webHost, balancer.streamHost),
        panelUser: cluster.media.panelUser,
        panelSecret: (0, naming_ts_1.secretName)(cluster, "media"),
        databaseEndpoint: database.endpoint,
        dnsRecordsToAdd: dns?.recordsToAdd ?? [],
        originGroup: groups.get("origin")?.groupName ?? "",
        edgeGroup: groups.get("edge")?.groupName ?? "",
        balancerGroup: proxies?.groupName ?? "",
        imageIds: {
            origin: (0, node_group_ts_1.mediaImage)(cluster, settings, "origin"),
            edge: groups.has("edge") ? (0, node_group_ts_1.mediaImage)(cluster, settings, "edge") : "",
            database: (0, database_ts_1.ownDatabase)(cluster) === undefined ? "" : (0, handles_ts_1.inputOf)(settings.images.database),
            proxy: proxies === undefined ? "" : (0, handles_ts_1.inputOf)(settings.images.proxy),
        },
    };
}
/** The edges' refresh begins before the origins'; neither waits for the other one's end. */
function refreshAll(groups) {
    const edge = groups.get("edge")?.refresh([]);
    groups.get("origin")?.refresh(edge === undefined ? [] : [edge]);
}
/** The cloud's own balancers, or its network balancer with proxies behind it, which have a certificate of their own. */
function addEntrance(cluster, settings, given, ground, root) {
    const proxy = (0, balancer_ts_1.proxyOf)(cluster);
    if (proxy === undefined) {
        const certificate = (0, cluster_ts_1.usesTls)(cluster) ? new certificate_ts_1.Certificate(cluster, given, root) : undefined;
        return { balancer: new load_balancer_ts_1.LoadBalancer(cluster, { ...ground, certificate }, root) };
    }
    const front = new front_ts_1.Front(cluster, ground, root);
    return { balancer: front, proxies: new proxy_group_ts_1.ProxyGroup(cluster, proxy, settings, { ...ground, front }, root) };
}
function addDatabase(cluster, settings, ground, root) {
    const { database } = cluster;
    switch (database.kind) {
        case "instance":
        case "replica-set": {
            const { ready } = new database_ts_2.Database(cluster, database, settings, ground, root);
            return { ready, endpoint: (0, naming_ts_1.databaseEndpoint)(cluster) };
        }
        case "managed": {
            const { ready, endpoint, address } = new managed_database_ts_1.ManagedDatabase(cluster, database, settings, ground, root);
            return { ready, endpoint, managed: address };
        }
        case "external":
        case "none":
            return { ready: [], endpoint: database.kind };
        default:
            return (0, cluster_ts_1.assertNever)(database);
    }
}
