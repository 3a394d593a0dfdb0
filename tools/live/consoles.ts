import type { Deployment } from "./deployment.ts";

/** What the cloud alone knows, with the command that asks it. */
export interface Elsewhere {
  readonly what: string;
  readonly command: string;
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
  ];
}
