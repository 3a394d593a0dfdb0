import type { Cluster } from "../../config/types.ts";
import { logGroup, logProject, logStore } from "../../model/naming.ts";
import type { Deployment } from "./deployment.ts";

/** What the cloud alone knows, with the command that asks it. */
export interface Elsewhere {
  readonly what: string;
  readonly command: string;
}

/** Twice as long as a start may take: a machine that is not ready has said so since. */
export const readinessSeconds = ({ media, setup }: Cluster): number =>
  2 * (media.startMinutes + (setup?.minutes ?? 0)) * 60;

/** Of the lines that say so, and of those about the document. */
export const readinessWords = ["step=ready", "step=start", "step=watch", "step=setup", "step=applications"] as const;

const since = (cluster: Cluster, factor: string): string =>
  `$((($(date +%s) - ${readinessSeconds(cluster)})${factor}))`;

/** Lines of machines whose applications start, and of the document that they have, for `status --lines`. */
function readiness(cluster: Cluster): Elsewhere {
  const { region } = cluster;
  const what =
    "applications that are not running yet, and each node's ams:applications document, as input for status --lines lines.json";
  if (cluster.cloud === "aws") {
    const pattern = `'${readinessWords.map((word) => `?"${word}"`).join(" ")}'`;
    const place = `--region ${region} --log-group-name ${logGroup(cluster)} --start-time ${since(cluster, " * 1000")}`;
    return {
      what,
      command: `aws logs filter-log-events ${place} --filter-pattern ${pattern} --output json > lines.json`,
    };
  }
  const place = `--region ${region} --project ${logProject(cluster)}-$ACCOUNT --logstore ${logStore}`;
  const span = `--from ${since(cluster, "")} --to $(date +%s) --line 100 --reverse true`;
  const words = readinessWords.map((word) => word.replace("step=", "")).join(" or ");
  const query = `--query '${words}' --accept-encoding lz4`;
  return { what, command: `aliyun sls get-logs-v2 ${place} ${span} ${query} > lines.json` };
}

/** Alarms, and how many machines the groups want: AMS knows neither. */
export function elsewhere({ cluster, outputs }: Deployment): readonly Elsewhere[] {
  if (cluster === undefined) return [];
  const { cloud, name, region } = cluster;
  const groups = [outputs.originGroup, outputs.edgeGroup, outputs.balancerGroup].filter((group) => group !== "");
  if (cloud === "aws") {
    const groupQuery = "AutoScalingGroups[].[AutoScalingGroupName,MinSize,DesiredCapacity,MaxSize]";
    return [
      {
        what: "alarms",
        command: `aws cloudwatch describe-alarms --region ${region} --state-value ALARM --alarm-name-prefix ${name}-`,
      },
      {
        what: "groups",
        command: `aws autoscaling describe-auto-scaling-groups --region ${region} --auto-scaling-group-names ${groups.join(" ")} --query '${groupQuery}' --output table`,
      },
      readiness(cluster),
    ];
  }
  return [
    {
      what: "alarms",
      command: `aliyun cms DescribeMetricRuleList --RegionId ${region} --AlertState ALARM --RuleName ${name}-`,
    },
    ...groups.map((group) => ({
      what: `group ${group}`,
      command: `aliyun ess DescribeScalingGroups --RegionId ${region} --ScalingGroupName.1 ${group}`,
    })),
    readiness(cluster),
  ];
}
