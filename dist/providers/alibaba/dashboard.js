"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.addDashboard = addDashboard;
const dynamicTagGroup_js_1 = require("@pulumi/alicloud/cms/dynamicTagGroup.js");
/**
 * CloudMonitor's page of the cluster: an application group of all that bears its tag, machines that come later as well,
 * with the charts of each. The provider has no resource for a dashboard of one's own (3.108.0).
 */
function addDashboard(part, cluster, contacts) {
    new dynamicTagGroup_js_1.DynamicTagGroup(`${cluster.name}-alarms`, {
        tagKey: "ams-cluster",
        matchExpresses: [{ tagValue: cluster.name, tagValueMatchFunction: "equals" }],
        matchExpressFilterRelation: "and",
        contactGroupLists: [contacts],
    }, 
    // A tag's value has one group.
    part.child({ deleteBeforeReplace: true }));
}
