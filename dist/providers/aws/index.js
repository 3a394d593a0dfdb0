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
exports.adapter = void 0;
const pulumi = __importStar(require("@pulumi/pulumi"));
const balancer_ts_1 = require("../../model/balancer.js");
const cluster_ts_1 = require("../../model/cluster.js");
const form_ts_1 = require("../../model/form.js");
const naming_ts_1 = require("../../model/naming.js");
const addresses_ts_1 = require("../addresses.js");
const access_logs_ts_1 = require("./access-logs.js");
const agent_bucket_ts_1 = require("./agent-bucket.js");
const alarms_ts_1 = require("./alarms.js");
const certificate_ts_1 = require("./certificate.js");
const check_cluster_ts_1 = require("./check-cluster.js");
const database_ts_1 = require("./database.js");
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
// Each resource's own module is imported: an SDK's index makes Node load all of its hundreds (188 files for ec2 alone).
exports.adapter = {
    prepare: (block, cluster) => {
        const { data: settings, faults: form } = (0, form_ts_1.checkForm)("aws", settings_ts_1.schema, block ?? {});
        const faults = [
            ...form,
            ...(cluster === undefined ? [] : (0, check_cluster_ts_1.checkCluster)(cluster)),
            ...(cluster === undefined || settings === undefined ? [] : (0, settings_ts_1.checkSettings)(settings, cluster)),
        ];
        if (faults.length > 0 || cluster === undefined || settings === undefined)
            return { faults };
        return { faults, render: (secrets, root) => render(cluster, settings, secrets, root) };
    },
};
function render(cluster, settings, given, root) {
    const { domain } = cluster;
    const network = new network_ts_1.Network(cluster, root);
    const firewall = new firewall_ts_1.Firewall(cluster, network, root);
    const secrets = new secrets_ts_1.Secrets(cluster, given, root);
    const agent = new agent_bucket_ts_1.AgentBucket(cluster, network, secrets.account, root);
    const database = addDatabase(cluster, settings, { network, firewall, secrets, agent }, root);
    const storage = cluster.recordings.store === "bucket" ? new storage_ts_1.Storage(cluster, root) : undefined;
    secrets.storeMedia({ managed: database.managed, recordings: storage?.recordings });
    const { balancer, certificate, proxies } = addEntrance(cluster, settings, given, { network, firewall, secrets, agent, logs: new access_logs_ts_1.AccessLogs(cluster, network, secrets.account, root) }, root);
    const dns = domain === undefined ? undefined : new dns_ts_1.Dns(cluster, domain, settings, balancer, root);
    const images = (0, node_group_ts_1.mediaImages)(cluster, settings, root);
    const needs = { network, firewall, secrets, agent, database: database.part, balancer };
    const groups = new Map();
    for (const one of (0, cluster_ts_1.groupsOf)(cluster)) {
        const own = { ...needs, imageId: images[one.role] };
        groups.set(one.role, new node_group_ts_1.NodeGroup(one, cluster, settings, own, root));
    }
    new alarms_ts_1.Alarms(cluster, { groups, balancer, certificate }, root);
    const edge = groups.get("edge");
    return {
        ...(0, addresses_ts_1.addresses)(cluster, balancer.web.dnsName, balancer.stream?.dnsName),
        panelUser: cluster.media.panelUser,
        panelSecret: (0, naming_ts_1.secretName)(cluster, "media"),
        databaseEndpoint: database.endpoint,
        dnsRecordsToAdd: pulumi
            .all([dns?.recordsToAdd ?? [], certificate?.recordsToAdd ?? []])
            .apply((records) => records.flat()),
        originGroup: groups.get("origin")?.group.name ?? "",
        edgeGroup: edge?.group.name ?? "",
        balancerGroup: proxies?.group.name ?? "",
        imageIds: pulumi.output({
            ...images,
            ...(edge === undefined ? { edge: "" } : {}),
            database: database.imageId,
            proxy: proxies?.imageId ?? "",
        }),
    };
}
/** AWS's own balancers, or its network balancer with proxies behind it. */
function addEntrance(cluster, settings, given, needs, root) {
    const proxy = (0, balancer_ts_1.proxyOf)(cluster);
    if (proxy === undefined) {
        const certificate = (0, cluster_ts_1.usesTls)(cluster) ? new certificate_ts_1.Certificate(cluster, settings, given, root) : undefined;
        return { balancer: new load_balancer_ts_1.LoadBalancer(cluster, { ...needs, certificate }, root), certificate };
    }
    const front = new front_ts_1.Front(cluster, needs, root);
    return { balancer: front, proxies: new proxy_group_ts_1.ProxyGroup(cluster, proxy, settings, { ...needs, front }, root) };
}
function addDatabase(cluster, settings, needs, root) {
    const { database } = cluster;
    switch (database.kind) {
        case "instance":
        case "replica-set": {
            const part = new database_ts_1.Database(cluster, database, settings, needs, root);
            return { part, endpoint: (0, naming_ts_1.databaseEndpoint)(cluster), imageId: part.imageId };
        }
        case "managed": {
            const part = new managed_database_ts_1.ManagedDatabase(cluster, database, settings, needs, root);
            return { part, endpoint: part.endpoint, imageId: "", managed: part.address };
        }
        case "external":
        case "none":
            return { endpoint: database.kind, imageId: "" };
        default:
            return (0, cluster_ts_1.assertNever)(database);
    }
}
