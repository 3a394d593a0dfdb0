"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.metricFacts = metricFacts;
const metrics_ts_1 = require("../../model/metrics.js");
/** The program of each kind of machine that measures. */
const sources = {
    media: "figures",
    database: "members",
    proxy: "refusals",
};
/** What a machine's metrics are called and belong to; the program has the values alone. */
function metricFacts(cluster, publisher) {
    const kind = publisher === "origin" || publisher === "edge" ? "media" : publisher;
    const own = metrics_ts_1.metrics.filter(({ machine }) => machine === kind);
    return {
        source: sources[kind],
        namespace: (0, metrics_ts_1.metricNamespace)(cluster),
        periodSeconds: metrics_ts_1.metricPeriodSeconds,
        units: Object.fromEntries(own.map(({ name, unit }) => [name, unit])),
        dimensions: Object.fromEntries(own.map((metric) => [metric.scope, (0, metrics_ts_1.dimensionsOf)(cluster, metric, publisher)])),
        ofCluster: own.filter(({ scope }) => scope === "cluster").map(({ name }) => name),
    };
}
