import { Alarm as CmsAlarm } from "@pulumi/alicloud/cms/alarm.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { assertNever, type Role } from "../../../model/cluster.ts";
import { namedTags } from "../../../model/naming.ts";
import type { Alarm, AlarmSource } from "../../../model/operation/alarm.ts";
import { alarmsOf } from "../../../model/operation/alarms.ts";
import { type Aggregation, applicationGroups, dimensionsOf, metrics } from "../../../model/operation/metrics.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import type { Balancer } from "../balancing/load-balancer.ts";
import type { NodeGroup } from "../compute/node-group.ts";
import { addDashboard } from "./dashboard.ts";
import { addContacts } from "./notification.ts";

/** What is watched. */
export interface Watched {
  readonly groups: ReadonlyMap<Role, NodeGroup>;
  readonly balancer: Balancer;
  /** Something's name with the account's number in it. */
  readonly arn: pulumi.Output<string>;
}

/** A rule's metric as CloudMonitor names it. */
interface Measured {
  readonly project: pulumi.Input<string>;
  readonly metric: string;
  readonly metricDimensions: pulumi.Output<string>;
  readonly statistics: string;
  /** Of the threshold in the model's own unit. */
  readonly factor?: number;
}

const minuteSeconds = 60;

/** After which it says again that it stands. */
const silenceSeconds = 3600;

/**
 * The cluster's alarms in CloudMonitor and who is told of them. Not among them is the certificate's: CloudMonitor has no
 * such metric, and Certificate Management Service writes to the account's contacts by itself. CloudMonitor also has no
 * word for silence, so an alarm whose machines say nothing keeps the state that it had.
 */
export class Alarms extends ClusterComponent {
  readonly #cluster: Cluster;
  readonly #watched: Watched;

  constructor(cluster: Cluster, watched: Watched, parent: ClusterComponent) {
    super("Alarms", `${cluster.name}-alarms`, parent);
    this.#cluster = cluster;
    this.#watched = watched;
    const contacts = addContacts(this, cluster);
    for (const alarm of alarmsOf(cluster)) this.#addAlarm(alarm, contacts);
    addDashboard(this, cluster, contacts);
    this.registerOutputs();
  }

  #addAlarm(alarm: Alarm, contacts: pulumi.Output<string>): void {
    const measured = this.#measured(alarm.source);
    if (measured === undefined) return;
    const { statistics, factor = 1, ...metric } = measured;
    const name = `${this.#cluster.name}-alarms-${alarm.name}`;
    const [webhook] = this.#cluster.alarms.webhooks;
    new CmsAlarm(
      name,
      {
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
        tags: { ...namedTags(this.#cluster, name), "ams-remedy": alarm.remedy },
      },
      this.child(),
    );
  }

  #measured(source: AlarmSource): Measured | undefined {
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
        return assertNever(source);
    }
  }

  #ofBalancer(metric: string): Measured {
    const { webId } = this.#watched.balancer;
    if (webId === undefined) throw new Error("no load balancer for the load balancer alarm");
    const metricDimensions = pulumi.jsonStringify([{ loadBalancerId: webId }]);
    return { project: "acs_alb", metric, metricDimensions, statistics: "Value" };
  }

  #groupId(role: Role): pulumi.Output<string> {
    const group = this.#watched.groups.get(role);
    if (group === undefined) throw new Error(`no ${role} group`);
    return group.groupId;
  }

  /** A metric that the machines publish, with its dimensions in the order of their names. */
  #custom({ metric: name, publisher }: Extract<AlarmSource, { readonly kind: "metric" }>): Measured {
    const metric = metrics.find((one) => one.name === name);
    if (metric === undefined) throw new Error(`no metric ${name}`);
    const dimension = Object.entries(dimensionsOf(this.#cluster, metric, publisher))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, value]) => `${key}=${value}`)
      .join("&");
    return {
      project: this.#watched.arn.apply((arn) => `acs_customMetric_${arn.split(":")[3] ?? ""}`),
      metric: name,
      metricDimensions: pulumi.jsonStringify([{ groupId: String(applicationGroups[name] ?? 0), dimension }]),
      statistics: statistics[metric.aggregation],
    };
  }
}

const statistics: Readonly<Record<Aggregation, string>> = {
  average: "Average",
  maximum: "Maximum",
  minimum: "Minimum",
  sum: "Sum",
};
