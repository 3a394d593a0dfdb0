import { statsPort } from "../../../model/traffic/balancer.ts";
import { allWebPorts, panelPort } from "../../../model/traffic/listeners.ts";
import { ingest, keepsClient } from "../../../model/traffic/targets.ts";
import { alibabaType } from "../../../recording/alibaba/types.ts";
import { awsBucket, awsType } from "../../../recording/aws/types.ts";
import { listenersOf } from "../../../recording/read/balancing.ts";
import { isOfLogs } from "../../../recording/read/buckets.ts";
import { isResolved, keyOf, linkOf, ofType, targetOf } from "../../../recording/read/links.ts";
import { isMachineOrGroupTemplate } from "../../../recording/read/machines.ts";
import { atLeast, type Expectation, expecting, faultsOf, is, isNot, isSet, oneOf, orAbsent } from "../../expect.ts";
import { byCloud, type Resource, type Rule } from "../../rule.ts";
import { auditedDatabase } from "../encryption/keys.ts";
import { heardAlarms } from "./alarms.ts";

const machinesReport: Rule = {
  id: "machines-report",
  concern: "logging",
  sources: { aws: ["CKV_AWS_126", "own for templates"], alibaba: ["Config ecs-instance-enabled-security-protection"] },
  demands:
    "Machines report metrics every minute (AWS), or run the Cloud Monitor and Security Center agents (Alibaba Cloud)",
  remedy: "enable detailed monitoring (AWS), or keep securityEnhancementStrategy active (Alibaba Cloud)",
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
  demands: "Load balancers preserve client addresses, so that the nodes can log them",
  remedy:
    "set X-Forwarded-For to append (AWS) or enable it (Alibaba Cloud). For streams, enable client IP preservation",
  ...expecting(
    {
      [awsType.balancer]: [orAbsent(oneOf("xffHeaderProcessingMode", ["append"]))],
      [awsType.targetGroup]: [isNot("preserveClientIp", false)],
      [alibabaType.webListener]: [is("xForwardedForConfig.xForwardedForEnabled", true)],
      [alibabaType.streamTargets]: [is("preserveClientIpEnabled", true)],
    },
    (on, all) => !isAdded(on, all),
  ),
};

/** Listeners whose nodes would otherwise have to open a port to everybody: RTMPS and the operator's own. */
const known: readonly unknown[] = [
  ...[...allWebPorts, panelPort, statsPort],
  ...ingest.filter(keepsClient).map(({ port }) => port),
];

const isAdded = (on: Resource, all: readonly Resource[]): boolean =>
  listenersOf(all).some(
    ({ port, defaultActions }) =>
      !known.includes(port) && defaultActions.some(({ targets }) => targets.some((one) => linkOf(one) === keyOf(on))),
  );

/** Absent or 0 is for ever. */
const forAYear = (path: string): Expectation => ({
  path,
  ok: (value) => Number(value ?? 0) === 0 || Number(value) >= 365,
  wanted: "365 or more",
});

const keptLogs: Rule = {
  id: "logs-are-kept",
  concern: "logging",
  sources: { aws: ["FSBP CloudWatch.16", "CKV_AWS_66", "CKV_AWS_338"], alibaba: ["own"] },
  demands: "Logs are retained for at least a year, because some intrusions are detected only months later",
  remedy: "raise ams:logs.retentionDays to 365 or more",
  ...expecting(
    {
      "aws:cloudwatch/logGroup:LogGroup": [forAYear("retentionInDays")],
      [awsBucket.lifecycle]: [forAYear("rules[].expiration.days")],
      // Absent is a month.
      "alicloud:log/store:Store": [atLeast("retentionPeriod", 365)],
    },
    (on, all) => on.type !== awsBucket.lifecycle || isOfLogs(on, all),
  ),
};

const requestLog = "alicloud:alb/loadBalancerAccessLogConfigAttachment:LoadBalancerAccessLogConfigAttachment";

const requests: Rule = {
  id: "requests-are-logged",
  concern: "logging",
  sources: { aws: ["FSBP ELB.5", "CKV_AWS_91"], alibaba: ["own"] },
  demands: "Load balancer access logs are enabled",
  remedy: "set a log bucket (AWS), or attach a Log Service Logstore (Alibaba Cloud)",
  looksAt: byCloud([awsType.balancer, alibabaType.webBalancer, requestLog]),
  find: (all) => [
    ...ofType(all, awsType.balancer).flatMap((on) =>
      faultsOf(on, [is("accessLogs.enabled", true), isSet("accessLogs.bucket")]),
    ),
    ...ofType(all, alibabaType.webBalancer)
      .filter((on) => on.props["accessLogConfig"] === undefined && !isNamed(all, on, requestLog, "loadBalancerId"))
      .map((on) => ({ on, fault: "its requests are not logged" })),
  ],
};

const networks = { aws: "aws:ec2/vpc:Vpc", alibaba: "alicloud:vpc/network:Network" } as const;
const flowLogs = { aws: "aws:ec2/flowLog:FlowLog", alibaba: "alicloud:vpc/flowLog:FlowLog" } as const;

const flows: Rule = {
  id: "network-flows-are-logged",
  concern: "logging",
  sources: { aws: ["FSBP EC2.6", "CIS AWS 3.7", "CKV2_AWS_11"], alibaba: ["KICS d2731f3d"] },
  demands: "A network that the stack creates has a flow log that includes at least rejected traffic",
  remedy: "create a flow log for the network that includes rejected traffic or all traffic",
  looksAt: byCloud([...Object.values(networks), ...Object.values(flowLogs)]),
  find: (all) => [
    ...ofType(all, networks.aws)
      .filter((on) => !isNamed(all, on, flowLogs.aws, "vpcId"))
      .map((on) => ({ on, fault: "it has no flow log" })),
    ...ofType(all, networks.alibaba)
      .filter((on) => !isNamed(all, on, flowLogs.alibaba, "resourceId"))
      .map((on) => ({ on, fault: "it has no flow log" })),
    ...ofType(all, flowLogs.aws).flatMap((on) => faultsOf(on, [isNot("trafficType", "ACCEPT")])),
    ...ofType(all, flowLogs.alibaba).flatMap((on) =>
      faultsOf(on, [isNot("trafficType", "Allow"), isNot("status", "Inactive")]),
    ),
  ],
};

/** Whether one of a type names the resource, or names something that can't be told yet. */
const isNamed = (all: readonly Resource[], on: Resource, type: string, key: string): boolean =>
  ofType(all, type).some(({ props }) => targetOf(all, props[key]) === on || !isResolved(all, props[key]));

export const logging: readonly Rule[] = [
  machinesReport,
  clientAddress,
  requests,
  flows,
  keptLogs,
  auditedDatabase,
  heardAlarms,
];
