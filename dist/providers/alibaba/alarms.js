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
exports.Alarms = void 0;
const alarm_js_1 = require("@pulumi/alicloud/cms/alarm.js");
const pulumi = __importStar(require("@pulumi/pulumi"));
const alarms_ts_1 = require("../../model/alarms.js");
const cluster_ts_1 = require("../../model/cluster.js");
const metrics_ts_1 = require("../../model/metrics.js");
const naming_ts_1 = require("../../model/naming.js");
const part_ts_1 = require("../part.js");
const dashboard_ts_1 = require("./dashboard.js");
const notification_ts_1 = require("./notification.js");
const minuteSeconds = 60;
/** After which it says again that it stands. */
const silenceSeconds = 3600;
/**
 * The cluster's alarms in CloudMonitor and who is told of them. Not among them is the certificate's: CloudMonitor has no
 * such metric, and Certificate Management Service writes to the account's contacts by itself. CloudMonitor also has no
 * word for silence, so an alarm whose machines say nothing keeps the state that it had.
 */
class Alarms extends part_ts_1.Part {
    #cluster;
    #watched;
    constructor(cluster, watched, parent) {
        super("Alarms", `${cluster.name}-alarms`, parent);
        this.#cluster = cluster;
        this.#watched = watched;
        const contacts = (0, notification_ts_1.addContacts)(this, cluster);
        for (const alarm of (0, alarms_ts_1.alarmsOf)(cluster))
            this.#addAlarm(alarm, contacts);
        (0, dashboard_ts_1.addDashboard)(this, cluster, contacts);
        this.registerOutputs();
    }
    #addAlarm(alarm, contacts) {
        const measured = this.#measured(alarm.source);
        if (measured === undefined)
            return;
        const { statistics, factor = 1, ...metric } = measured;
        const name = `${this.#cluster.name}-alarms-${alarm.name}`;
        const [webhook] = this.#cluster.alarms.webhooks;
        new alarm_js_1.Alarm(name, {
            name,
            ...metric,
            period: minuteSeconds,
            escalationsCritical: {
                statistics,
                comparisonOperator: alarm.comparison === "above" ? ">" : "<",
                threshold: String(alarm.threshold * factor),
                times: alarm.minutes,
            },
            silenceTime: silenceSeconds,
            contactGroups: [contacts],
            ...(webhook === undefined ? {} : { webhook }),
            // A rule has no description: what to do stands in a tag, and in docs/operations.md.
            tags: { ...(0, naming_ts_1.namedTags)(this.#cluster, name), "ams-remedy": alarm.remedy },
        }, this.child());
    }
    #measured(source) {
        switch (source.kind) {
            case "metric":
                return this.#custom(source);
            case "group-cpu":
                return {
                    project: "acs_ess_dashboard",
                    metric: "CpuUtilization",
                    metricDimensions: pulumi.jsonStringify([{ scalingGroup: this.#groupId(source.role) }]),
                    statistics: "Average",
                };
            case "balancer-errors":
                // A second's number, and the model's is a minute's.
                return { ...this.#ofBalancer("LoadBalancerHTTPCode5XX"), factor: 1 / minuteSeconds };
            case "unhealthy-hosts":
                return this.#ofBalancer("LoadBalancerUnHealthyHostCount");
            case "certificate-days":
                return undefined;
            default:
                return (0, cluster_ts_1.assertNever)(source);
        }
    }
    #ofBalancer(metric) {
        const { webId } = this.#watched.balancer;
        if (webId === undefined)
            throw new Error("an alarm for a balancer without one");
        const metricDimensions = pulumi.jsonStringify([{ loadBalancerId: webId }]);
        return { project: "acs_alb", metric, metricDimensions, statistics: "Value" };
    }
    #groupId(role) {
        const group = this.#watched.groups.get(role);
        if (group === undefined)
            throw new Error(`no ${role} group`);
        return group.groupId;
    }
    /** A metric that the machines publish: in no application group, with its dimensions in the order of their names. */
    #custom({ metric: name, publisher }) {
        const metric = metrics_ts_1.metrics.find((one) => one.name === name);
        if (metric === undefined)
            throw new Error(`no metric ${name}`);
        const dimension = Object.entries((0, metrics_ts_1.dimensionsOf)(this.#cluster, metric, publisher))
            .sort(([one], [other]) => (one < other ? -1 : 1))
            .map(([key, value]) => `${key}=${value}`)
            .join("&");
        return {
            project: this.#watched.arn.apply((arn) => `acs_customMetric_${arn.split(":")[3] ?? ""}`),
            metric: name,
            metricDimensions: pulumi.jsonStringify([{ groupId: "0", dimension }]),
            statistics: statistics[metric.aggregation],
        };
    }
}
exports.Alarms = Alarms;
const statistics = {
    average: "Average",
    maximum: "Maximum",
    minimum: "Minimum",
    sum: "Sum",
};
