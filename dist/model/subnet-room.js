"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.mostMachines = mostMachines;
exports.mediaAddresses = mediaAddresses;
exports.checkAddresses = checkAddresses;
const cluster_ts_1 = require("./cluster.js");
const network_ts_1 = require("./network.js");
const node_group_ts_1 = require("./node-group.js");
const quotas_ts_1 = require("./quotas.js");
/** Most machines of a group at a time: its own most, new ones of a rolling upgrade, stopped ones of a warm pool. */
function mostMachines(cluster, { role, group }) {
    return group.max + upgrading(cluster, group) + (0, node_group_ts_1.elasticityOf)(cluster, role).warmMachines;
}
/** One zone's share of a group is replaced at a time; with fewer in service than all of them none come on top. */
function upgrading({ network }, { max, minInServicePercent }) {
    const share = Math.floor(100 / network.zones.length);
    return Math.ceil((max * Math.max(0, minInServicePercent + share - 100)) / 100);
}
/** Addresses that the media subnets have for machines. */
function mediaAddresses({ cloud, network }) {
    return (0, network_ts_1.subnetsOf)(network, "media").reduce((sum, { cidr }) => sum + 2 ** (32 - (0, network_ts_1.toRange)(cidr).prefix) - quotas_ts_1.keptAddresses[cloud], 0);
}
/** A subnet's size can't be raised: what does not fit is refused before the subnets are made. */
function checkAddresses(cluster) {
    const room = mediaAddresses(cluster);
    const groups = (0, cluster_ts_1.groupsOf)(cluster).map((one) => ({ ...one, machines: mostMachines(cluster, one) }));
    const machines = groups.reduce((sum, one) => sum + one.machines, 0);
    if (machines <= room)
        return [];
    const [largest] = [...groups].sort((a, b) => b.machines - a.machines);
    const { cidr, zones, existing } = cluster.network;
    const role = largest?.role ?? "edge";
    const fix = existing === undefined && (0, network_ts_1.toRange)(cidr).prefix > 16
        ? "Before the first up, set a larger network: pulumi config set --path ams:network.cidr 10.0.0.0/16"
        : `Lower the most: pulumi config set --path ams:${role}.max ${Math.max(1, Math.floor(room / 2))}`;
    return [
        {
            path: `ams:${role}.max`,
            got: `${largest?.group.max}: the groups may have ${machines} machines with those of an upgrade and warm ones`,
            allowed: `at most ${room} in all, the addresses of the ${zones.length} media subnets in ams:network.cidr ${cidr}`,
            fix,
        },
    ];
}
