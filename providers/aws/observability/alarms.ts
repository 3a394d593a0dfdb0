import { Dashboard } from "@pulumi/aws/cloudwatch/dashboard.js";
import { MetricAlarm } from "@pulumi/aws/cloudwatch/metricAlarm.js";
import type { input } from "@pulumi/aws/types/index.js";
import type { Output } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { assertNever, groupsOf, type Role } from "../../../model/cluster.ts";
import { namedTags } from "../../../model/naming.ts";
import type { Alarm, AlarmSource } from "../../../model/operation/alarm.ts";
import { alarmsOf } from "../../../model/operation/alarms.ts";
import { type Aggregation, dimensionsOf, metricNamespace, metrics } from "../../../model/operation/metrics.ts";
import { targets } from "../../../model/traffic/targets.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import type { Certificate } from "../balancing/certificate.ts";
import type { Balancer } from "../balancing/load-balancer.ts";
import type { NodeGroup } from "../compute/node-group.ts";
import { dashboard } from "./dashboard.ts";
import { addTopic } from "./notification.ts";

/** What is watched. */
export interface Watched {
  readonly groups: ReadonlyMap<Role, NodeGroup>;
  readonly balancer: Balancer;
  readonly certificate: Certificate | undefined;
}

const minuteSeconds = 60;
const daySeconds = 86_400;

/** The cluster's alarms in CloudWatch, who is told of them, and a dashboard of what they look at. */
export class Alarms extends ClusterComponent {
  readonly #cluster: Cluster;
  readonly #watched: Watched;

  constructor(cluster: Cluster, watched: Watched, parent: ClusterComponent) {
    super("Alarms", `${cluster.name}-alarms`, parent);
    this.#cluster = cluster;
    this.#watched = watched;
    const topic = addTopic(this, cluster, watched.balancer.web.arn);
    for (const alarm of alarmsOf(cluster)) this.#addAlarm(alarm, topic === undefined ? [] : [topic]);
    const dashboardBody = dashboard(cluster, {
      groups: groupsOf(cluster).map(({ role }) => [role, this.#groupName(role)]),
      balancer: watched.balancer.web.arnSuffix,
    });
    new Dashboard(`${cluster.name}-alarms`, { dashboardName: cluster.name, dashboardBody }, this.child());
    this.registerOutputs();
  }

  #addAlarm(alarm: Alarm, alarmActions: Output<string>[]): void {
    const name = `${this.#cluster.name}-alarms-${alarm.name}`;
    new MetricAlarm(
      name,
      {
        alarmDescription: `${alarm.meaning}. ${alarm.remedy}.`,
        ...this.#measured(alarm.source),
        evaluationPeriods: alarm.minutes,
        comparisonOperator: alarm.comparison === "above" ? "GreaterThanThreshold" : "LessThanThreshold",
        threshold: alarm.threshold,
        treatMissingData: alarm.silence === "alarm" ? "breaching" : "notBreaching",
        alarmActions,
        okActions: alarmActions,
        tags: namedTags(this.#cluster, name),
      },
      this.child(),
    );
  }

  #measured(source: AlarmSource) {
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
        if (certificate === undefined) throw new Error("no certificate for the certificate alarm");
        return {
          namespace: "AWS/CertificateManager",
          metricName: "DaysToExpiry",
          dimensions: { CertificateArn: certificate.arn },
          statistic: "Minimum",
          period: daySeconds,
        };
      default:
        return assertNever(source);
    }
  }

  #groupName(role: Role): Output<string> {
    const group = this.#watched.groups.get(role);
    if (group === undefined) throw new Error(`no ${role} group`);
    return group.group.name;
  }

  /** CloudWatch has the number for each target group; a machine is ill in any of its own. */
  #unhealthy(): input.cloudwatch.MetricAlarmMetricQuery[] {
    const { balancer } = this.#watched;
    const web = groupsOf(this.#cluster).flatMap(({ role }) => {
      const ofRole = targets(this.#cluster).filter((target) => target.role === role);
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

const statistics: Readonly<Record<Aggregation, string>> = {
  average: "Average",
  maximum: "Maximum",
  minimum: "Minimum",
  sum: "Sum",
};

/** A metric that the machines publish. */
function custom(cluster: Cluster, { metric: name, publisher }: Extract<AlarmSource, { readonly kind: "metric" }>) {
  const metric = metrics.find((one) => one.name === name);
  if (metric === undefined) throw new Error(`no metric ${name}`);
  return {
    namespace: metricNamespace(cluster),
    metricName: name,
    dimensions: dimensionsOf(cluster, metric, publisher),
    statistic: statistics[metric.aggregation],
  };
}
