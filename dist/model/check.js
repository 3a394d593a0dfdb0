"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.setPath = void 0;
exports.checkAcross = checkAcross;
const check_balancer_ts_1 = require("./check-balancer.js");
const check_database_ts_1 = require("./check-database.js");
const check_groups_ts_1 = require("./check-groups.js");
const check_media_ts_1 = require("./check-media.js");
const check_network_ts_1 = require("./check-network.js");
const fault_ts_1 = require("./fault.js");
const listeners_ts_1 = require("./listeners.js");
const network_ts_1 = require("./network.js");
const ranges_ts_1 = require("./ranges.js");
/** Checks that span more than one value; each looks only at sections that have their form. */
function checkAcross(parts, secrets) {
    return [
        ...(0, check_network_ts_1.checkNetwork)(parts),
        ...(0, check_groups_ts_1.checkGroup)("origin", parts.origin),
        ...(0, check_groups_ts_1.checkGroup)("edge", parts.edge),
        ...(0, check_groups_ts_1.checkElasticity)(parts.edge),
        ...(0, check_database_ts_1.checkDatabase)(parts, secrets),
        ...(0, check_media_ts_1.checkMedia)(parts.media, secrets),
        ...(0, check_balancer_ts_1.checkBalancer)(parts),
        ...checkTls(parts, secrets),
        ...checkDomain(parts.domain),
        ...checkAccess(parts.access),
    ];
}
const setPath = (path, value) => `Set it with: pulumi config set --path ${path} ${value}`;
exports.setPath = setPath;
function checkTls({ certificate, domain }, secrets) {
    if (certificate === undefined || certificate.source === "none")
        return [];
    const faults = [];
    if (domain === undefined) {
        faults.push({
            path: "ams:domain",
            got: "nothing",
            allowed: "a name and its zone: a certificate is for a name",
            fix: "Set both: pulumi config set --path ams:domain.name live.example.com (and ams:domain.zone example.com), or ams:certificate.source none",
        });
    }
    if (certificate.source === "uploaded" && !("certificateKey" in secrets)) {
        faults.push({
            path: "ams:certificateKey",
            got: "nothing",
            allowed: "the private key's PEM text, encrypted, for ams:certificate.source uploaded",
            fix: "Set it with: pulumi config set --secret ams:certificateKey < key.pem",
        });
    }
    return faults;
}
function checkDomain(domain) {
    if (domain === undefined || domain.name === domain.zone || domain.name.endsWith(`.${domain.zone}`))
        return [];
    return [
        {
            path: "ams:domain.zone",
            got: (0, fault_ts_1.show)(domain.zone),
            allowed: `the zone that holds ams:domain.name ${domain.name}`,
            fix: (0, exports.setPath)("ams:domain.zone", domain.name.split(".").slice(-2).join(".")),
        },
    ];
}
function checkAccess(access) {
    if (access === undefined)
        return [];
    const faults = [];
    access.adminCidrs.forEach((range, index) => {
        if ((0, network_ts_1.toRange)(range).prefix >= 8)
            return;
        faults.push({
            path: `ams:access.adminCidrs[${index}]`,
            got: (0, fault_ts_1.show)(range),
            allowed: "ranges of /8 or smaller: the panel's first visitor may own the cluster",
            fix: (0, exports.setPath)(`ams:access.adminCidrs[${index}]`, "203.0.113.7/32"),
        });
    });
    const merged = (0, ranges_ts_1.mergeRanges)(access.adminCidrs).length;
    if (merged > listeners_ts_1.maxAdminCidrs) {
        faults.push({
            path: "ams:access.adminCidrs",
            got: `${access.adminCidrs.length} ranges, ${merged} after neighbours are merged`,
            allowed: `at most ${listeners_ts_1.maxAdminCidrs}: a listener's rules take three ranges each, and a balancer has 100 rules (quota "Rules per Application Load Balancer")`,
            fix: "Name wider ranges, or let administrators in through a VPN with few addresses",
        });
    }
    const { sshPublicKey, adminCidrs, adminGroup } = access;
    if (sshPublicKey !== undefined && adminCidrs.length === 0 && adminGroup === undefined) {
        faults.push({
            path: "ams:access.adminCidrs",
            got: "nothing",
            allowed: "at least one range, or ams:access.adminGroup, while ams:access.sshPublicKey is set",
            fix: (0, exports.setPath)("ams:access.adminCidrs[0]", "203.0.113.7/32"),
        });
    }
    if (adminGroup !== undefined && sshPublicKey === undefined) {
        faults.push({
            path: "ams:access.adminGroup",
            got: (0, fault_ts_1.show)(adminGroup),
            allowed: "nothing without ams:access.sshPublicKey: SSH is what a group of machines can be let in by",
            fix: "Set the key with: pulumi config set --path ams:access.sshPublicKey KEY, or remove the group",
        });
    }
    return faults;
}
