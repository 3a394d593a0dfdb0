"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.checkBalancer = checkBalancer;
const balancer_ts_1 = require("./balancer.js");
const check_ts_1 = require("./check.js");
const cluster_ts_1 = require("./cluster.js");
const fault_ts_1 = require("./fault.js");
function checkBalancer({ balancer, certificate }) {
    if (balancer === undefined)
        return [];
    const proxy = (0, balancer_ts_1.proxyOf)({ balancer });
    return [...checkHealth(balancer), ...(proxy === undefined ? [] : checkProxy(proxy, certificate))];
}
function checkHealth({ health: { intervalSeconds, timeoutSeconds } }) {
    if (timeoutSeconds < intervalSeconds)
        return [];
    return [
        {
            path: "ams:balancer.health.timeoutSeconds",
            got: (0, fault_ts_1.show)(timeoutSeconds),
            allowed: `less than ams:balancer.health.intervalSeconds, which is ${intervalSeconds}`,
            fix: (0, check_ts_1.setPath)("ams:balancer.health.timeoutSeconds", String(Math.max(2, intervalSeconds - 1))),
        },
    ];
}
function checkProxy({ kind, srt, machine }, certificate) {
    const faults = [];
    if (kind === "haproxy" && srt)
        faults.push({
            path: "ams:balancer.srt",
            got: "true",
            allowed: "false with haproxy, which carries no UDP; nginx and managed do",
            fix: `${(0, check_ts_1.setPath)("ams:balancer.srt", "false")}, or ams:balancer.kind nginx`,
        });
    if ((0, cluster_ts_1.hasGpu)(machine))
        faults.push({
            path: "ams:balancer.machine",
            got: (0, fault_ts_1.show)(machine),
            allowed: "a compute or general size: proxies don't transcode",
            fix: (0, check_ts_1.setPath)("ams:balancer.machine", "compute-2"),
        });
    if (certificate?.source === "existing")
        faults.push({
            path: "ams:certificate.source",
            got: `existing while ams:balancer.kind is ${kind}`,
            allowed: "issued (by Let's Encrypt), uploaded or none: a cloud's certificate does not leave it",
            fix: (0, check_ts_1.setPath)("ams:certificate.source", "issued"),
        });
    return faults;
}
