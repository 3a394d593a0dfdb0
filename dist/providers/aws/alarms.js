"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Alarms = void 0;
const dashboard_js_1 = require("@pulumi/aws/cloudwatch/dashboard.js");
const metricAlarm_js_1 = require("@pulumi/aws/cloudwatch/metricAlarm.js");
const alarms_ts_1 = require("../../model/alarms.js");
const cluster_ts_1 = require("../../model/cluster.js");
const metrics_ts_1 = require("../../model/metrics.js");
const naming_ts_1 = require("../../model/naming.js");
const targets_ts_1 = require("../../model/targets.js");
const part_ts_1 = require("../part.js");
const dashboard_ts_1 = require("./dashboard.js");
const notification_ts_1 = require("./notification.js");
const minuteSeconds = 60;
const daySeconds = 86_400;
/** The cluster's alarms in CloudWatch, who is told of them, and a dashboard of what they look at. */
class Alarms extends part_ts_1.Part {
    #cluster;
    #watched;
    constructor(cluster, watched, parent) {
        super("Alarms", `${cluster.name}-alarms`, parent);
        this.#cluster = cluster;
        this.#watched = watched;
        const topic = (0, notification_ts_1.addTopic)(this, cluster, watched.balancer.web.arn);
        for (const alarm of (0, alarms_ts_1.alarmsOf)(cluster))
            this.#addAlarm(alarm, topic === undefined ? [] : [topic]);
        const dashboardBody = (0, dashboard_ts_1.dashboard)(cluster, {
            groups: (0, cluster_ts_1.groupsOf)(cluster).map(({ role }) => [role, this.#groupName(role)]),
            balancer: watched.balancer.web.arnSuffix,
        });
        new dashboard_js_1.Dashboard(`${cluster.name}-alarms`, { dashboardName: cluster.name, dashboardBody }, this.child());
        this.registerOutputs();
    }
    #addAlarm(alarm, alarmActions) {
        const name = `${this.#cluster.name}-alarms-${alarm.name}`;
        new metricAlarm_js_1.MetricAlarm(name, {
            alarmDescription: `${alarm.meaning}. ${alarm.remedy}.`,
            ...this.#measured(alarm.source),
            evaluationPeriods: alarm.minutes,
            comparisonOperator: alarm.comparison === "above" ? "GreaterThanThreshold" : "LessThanThreshold",
            threshold: alarm.threshold,
            treatMissingData: alarm.silence === "alarm" ? "breaching" : "notBreaching",
            alarmActions,
            okActions: alarmActions,
            tags: (0, naming_ts_1.namedTags)(this.#cluster, name),
        }, this.child());
    }
    #measured(source) {
        const { balancer, certificate } = this.#watched;
        switch (source.kind) {
            case "metric":
                return { ...custom(this.#cluster, source), period: minuteSeconds };
            case "group-cpu":
                return {
                    namespace: "AWS/EC2",
                    metricName: "CPUUtilization",
                    dimensions: { AutoScalingGroupName: this.#groupName(source.role) },
                    statistic: "Average",
                    period: minuteSeconds,
                };
            case "balancer-errors":
                return {
                    namespace: "AWS/ApplicationELB",
                    metricName: "HTTPCode_ELB_5XX_Count",
                    dimensions: { LoadBalancer: balancer.web.arnSuffix },
                    statistic: "Sum",
                    period: minuteSeconds,
                };
            case "unhealthy-hosts":
                return { metricQueries: this.#unhealthy() };
            case "certificate-days":
                if (certificate === undefined)
                    throw new Error("an alarm for a certificate without one");
                return {
                    namespace: "AWS/CertificateManager",
                    metricName: "DaysToExpiry",
                    dimensions: { CertificateArn: certificate.arn },
                    statistic: "Minimum",
                    period: daySeconds,
                };
            default:
                return (0, cluster_ts_1.assertNever)(source);
        }
    }
    #groupName(role) {
        const group = this.#watched.groups.get(role);
        if (group === undefined)
            throw new Error(`no ${role} group`);
        return group.group.name;
    }
    /** CloudWatch has the number for each target group; a machine is ill in any of its own. */
    #unhealthy() {
        const { balancer } = this.#watched;
        const web = (0, cluster_ts_1.groupsOf)(this.#cluster).flatMap(({ role }) => {
            const ofRole = (0, targets_ts_1.targets)(this.#cluster).filter((target) => target.role === role);
            return balancer.targetGroupArns(role).filter((_, index) => ofRole[index]?.protocol === "http");
        });
        const queries = web.map((arn, index) => ({
            id: `m${index}`,
            metric: {
                namespace: "AWS/ApplicationELB",
                metricName: "UnHealthyHostCount",
                dimensions: {
                    LoadBalancer: balancer.web.arnSuffix,
                    TargetGroup: arn.apply((text) => text.split(":")[5] ?? ""),
                },
                stat: "Maximum",
                period: minuteSeconds,
            },
        }));
        return [...queries, { id: "all", expression: "SUM(METRICS())", label: "unhealthy hosts", returnData: true }];
    }
}
exports.Alarms = Alarms;
const statistics = {
    average: "Average",
    maximum: "Maximum",
    minimum: "Minimum",
    sum: "Sum",
};
/** A metric that the machines publish. */
function custom(cluster, { metric: name, publisher }) {
    const metric = metrics_ts_1.metrics.find((one) => one.name === name);
    if (metric === undefined)
        throw new Error(`no metric ${name}`);
    return {
        namespace: (0, metrics_ts_1.metricNamespace)(cluster),
        metricName: name,
        dimensions: (0, metrics_ts_1.dimensionsOf)(cluster, metric, publisher),
        statistic: statistics[metric.aggregation],
    };
}
