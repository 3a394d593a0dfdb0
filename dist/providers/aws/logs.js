"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.addLog = addLog;
const logGroup_js_1 = require("@pulumi/aws/cloudwatch/logGroup.js");
const naming_ts_1 = require("../../model/naming.js");
const existing_ts_1 = require("../existing.js");
/** Where the machines write, a stream for each. */
function addLog(part, cluster) {
    const name = `${cluster.name}-secrets-log`;
    return new logGroup_js_1.LogGroup(name, {
        // Fixed: the machines know it before anything tells them.
        name: (0, naming_ts_1.logGroup)(cluster),
        retentionInDays: cluster.logs.retentionDays,
        ...(0, existing_ts_1.ownKey)(cluster),
        tags: (0, naming_ts_1.namedTags)(cluster, name),
    }, part.child());
}
