import { atLeast, expecting, is, isNot, oneOf, orAbsent } from "./expect.ts";
import { isMachineOrGroupTemplate } from "./links.ts";
import type { Rule } from "./rule.ts";
import { alibabaType, awsType } from "./types.ts";

const machinesReport: Rule = {
  id: "machines-report",
  concern: "logging",
  sources: { aws: ["CKV_AWS_126", "own for templates"], alibaba: ["Config ecs-instance-enabled-security-protection"] },
  demands:
    "A machine reports: metrics each minute (AWS), the agents of Cloud Monitor and Security Center (Alibaba Cloud)",
  remedy: "turn detailed monitoring on (AWS), leave securityEnhancementStrategy active (Alibaba Cloud)",
  ...expecting(
    {
      [awsType.instance]: [is("monitoring", true)],
      [awsType.template]: [is("monitoring.enabled", true)],
      [alibabaType.instance]: [isNot("securityEnhancementStrategy", "Deactive")],
      [alibabaType.template]: [isNot("securityEnhancementStrategy", "Deactive")],
    },
    isMachineOrGroupTemplate,
  ),
};

const clientAddress: Rule = {
  id: "logs-have-client-addresses",
  concern: "logging",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands: "A node's own log tells who called: the balancers pass the client's address on",
  remedy: "leave X-Forwarded-For on append (AWS) or on (Alibaba Cloud), and preserve the client's address for streams",
  ...expecting({
    [awsType.balancer]: [orAbsent(oneOf("xffHeaderProcessingMode", ["append"]))],
    [awsType.targetGroup]: [isNot("preserveClientIp", false)],
    [alibabaType.webListener]: [is("xForwardedForConfig.xForwardedForEnabled", true)],
    [alibabaType.streamTargets]: [is("preserveClientIpEnabled", true)],
  }),
};

const keptLogs: Rule = {
  id: "logs-are-kept",
  concern: "logging",
  sources: { aws: ["FSBP CloudWatch.16", "CKV_AWS_66", "CKV_AWS_338"], alibaba: ["own"] },
  demands: "Logs stay for a year: some break-ins are found months later",
  remedy: "raise ams:logs.retentionDays to 365 or more",
  // Absent or 0 is for ever.
  ...expecting({
    "aws:cloudwatch/logGroup:LogGroup": [
      {
        path: "retentionInDays",
        ok: (value) => Number(value ?? 0) === 0 || Number(value) >= 365,
        wanted: "365 or more",
      },
    ],
    // Absent is a month.
    "alicloud:log/store:Store": [atLeast("retentionPeriod", 365)],
  }),
};

export const logging: readonly Rule[] = [machinesReport, clientAddress, keptLogs];
