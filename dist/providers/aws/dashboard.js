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
exports.dashboard = dashboard;
const pulumi = __importStar(require("@pulumi/pulumi"));
const database_ts_1 = require("../../model/database.js");
const metrics_ts_1 = require("../../model/metrics.js");
const custom = (cluster, name, publisher) => {
    const metric = metrics_ts_1.metrics.find((one) => one.name === name);
    if (metric === undefined)
        throw new Error(`no metric ${name}`);
    const dimensions = Object.entries((0, metrics_ts_1.dimensionsOf)(cluster, metric, publisher)).flat();
    return [(0, metrics_ts_1.metricNamespace)(cluster), name, ...dimensions, { label: publisher }];
};
/** CloudWatch's text of a dashboard: two charts a row. */
function dashboard(cluster, charted) {
    const charts = chartsOf(cluster, charted);
    const widgets = charts.map(({ title, stat, lines }, index) => ({
        type: "metric",
        x: (index % 2) * 12,
        y: Math.floor(index / 2) * 6,
        width: 12,
        height: 6,
        properties: { title, stat, metrics: lines, region: cluster.region, period: 60, view: "timeSeries" },
    }));
    return pulumi.jsonStringify({ widgets });
}
function chartsOf(cluster, { groups, balancer }) {
    const each = (name) => groups.map(([role]) => custom(cluster, name, role));
    const group = (namespace, name) => groups.map(([role, groupName]) => [namespace, name, "AutoScalingGroupName", groupName, { label: role }]);
    const web = (name) => ["AWS/ApplicationELB", name, "LoadBalancer", balancer];
    return [
        { title: "Viewers", stat: "Sum", lines: each("Viewers") },
        { title: "Publishers", stat: "Sum", lines: each("Publishers") },
        { title: "CPU, %", stat: "Average", lines: group("AWS/EC2", "CPUUtilization") },
        { title: "Memory, %", stat: "Maximum", lines: each("MemoryPercent") },
        { title: "Machines in service", stat: "Average", lines: group("AWS/AutoScaling", "GroupInServiceInstances") },
        { title: "Draining machines", stat: "Sum", lines: each("Draining") },
        { title: "Refused clients", stat: "Sum", lines: each("RefusedClients") },
        { title: "Database query, ms", stat: "Maximum", lines: each("DatabaseQueryMilliseconds") },
        ...(cluster.balancer.kind === "managed"
            ? [
                { title: "Requests", stat: "Sum", lines: [web("RequestCount")] },
                { title: "Balancer's errors", stat: "Sum", lines: [web("HTTPCode_ELB_5XX_Count")] },
            ]
            : []),
        ...((0, database_ts_1.databaseMembers)(cluster) > 0
            ? [{ title: "Data volume, %", stat: "Maximum", lines: [custom(cluster, "DataVolumeUsedPercent", "database")] }]
            : []),
    ];
}
