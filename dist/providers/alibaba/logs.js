"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.addLog = addLog;
exports.addStore = addStore;
const project_js_1 = require("@pulumi/alicloud/log/project.js");
const store_js_1 = require("@pulumi/alicloud/log/store.js");
const storeIndex_js_1 = require("@pulumi/alicloud/log/storeIndex.js");
const naming_ts_1 = require("../../model/naming.js");
/**
 * Where the machines write. All accounts share the names of projects, so that it ends with the account's number, which
 * a machine learns from its metadata; `arn` has it here. Answers with the project's name.
 */
function addLog(part, cluster, arn) {
    const name = `${cluster.name}-secrets-log`;
    const project = new project_js_1.Project(name, {
        projectName: arn.apply((text) => `${(0, naming_ts_1.logProject)(cluster)}-${text.split(":")[3] ?? ""}`),
        description: `What the machines of ${cluster.name} say`,
        tags: (0, naming_ts_1.namedTags)(cluster, name),
    }, part.child());
    const projectName = project.projectName.apply((text) => text ?? "");
    addStore(part, name, { project: projectName, store: naming_ts_1.logStore, days: cluster.logs.retentionDays });
    return projectName;
}
function addStore(part, name, { project, store: logstoreName, days }) {
    const store = new store_js_1.Store(name, {
        projectName: project,
        logstoreName,
        retentionPeriod: days,
        shardCount: 1,
        autoSplit: true,
        maxSplitShardCount: 4,
    }, part.child());
    // Without an index nothing can be searched.
    const fullText = { caseSensitive: false, includeChinese: true, token: ", '\";=()[]{}?@&<>/:\n\t\r" };
    new storeIndex_js_1.StoreIndex(name, { project, logstore: logstoreName, fullText }, part.child({ dependsOn: [store] }));
    return store;
}
