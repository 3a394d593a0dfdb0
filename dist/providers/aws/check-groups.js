"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.checkGroups = checkGroups;
const cluster_ts_1 = require("../../model/cluster.js");
const node_group_ts_1 = require("../../model/node-group.js");
const contract_ts_1 = require("../contract.js");
/** What the groups' fields ask for that this cloud can't do. */
function checkGroups(cluster) {
    return (0, cluster_ts_1.groupsOf)(cluster).flatMap(({ role }) => {
        const { warmMachines, spotPercent, moreMachines } = (0, node_group_ts_1.elasticityOf)(cluster, role);
        if (warmMachines === 0 || (spotPercent === 0 && moreMachines.length === 0))
            return [];
        const path = `ams:${role}.warmMachines`;
        const allowed = `0 while ams:${role}.spotPercent or ams:${role}.moreMachines is set: a warm pool holds one type on demand,`;
        return [(0, contract_ts_1.unsupported)(path, warmMachines, "aws", allowed, `Set it with: pulumi config set --path ${path} 0`)];
    });
}
