"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.addContacts = addContacts;
const alarmContact_js_1 = require("@pulumi/alicloud/cms/alarmContact.js");
const alarmContactGroup_js_1 = require("@pulumi/alicloud/cms/alarmContactGroup.js");
const print_ts_1 = require("../print.js");
/** The group that CloudMonitor tells: empty without receivers, as a rule needs one. Each address has to be confirmed. */
function addContacts(part, cluster) {
    const name = `${cluster.name}-alarms`;
    const contacts = cluster.alarms.emails.map((email) => {
        const alarmContactName = `${cluster.name}-${(0, print_ts_1.print)(email)}`;
        return new alarmContact_js_1.AlarmContact(`${name}-${(0, print_ts_1.print)(email)}`, { alarmContactName, describe: `Alarms of ${cluster.name}`, channelsMail: email, lang: "en" }, part.child()).alarmContactName;
    });
    const group = new alarmContactGroup_js_1.AlarmContactGroup(name, {
        // Contacts have no regions.
        alarmContactGroupName: `${name}-${cluster.region}`,
        describe: `Alarms of ${cluster.name}`,
        contacts,
    }, part.child({ deleteBeforeReplace: true }));
    return group.alarmContactGroupName;
}
