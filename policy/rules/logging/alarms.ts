import { ofType } from "../../../recording/read/links.ts";
import { expecting, faultsOf, is, isNot, isSet } from "../../expect.ts";
import { byCloud, type Rule } from "../../rule.ts";

const topic = "aws:sns/topic:Topic";
const metricAlarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const rule = "alicloud:cms/alarm:Alarm";
const groupAlarm = "alicloud:ess/alarm:Alarm";

export const heardAlarms: Rule = {
  id: "alarms-tell-somebody",
  concern: "logging",
  sources: { aws: ["FSBP CloudWatch.15", "FSBP CloudWatch.17", "CKV_AWS_319"], alibaba: ["own"] },
  demands: "Alarms are enabled. If the stack has alarm recipients, each alarm also has an action",
  remedy: "enable the alarm, and set an action",
  looksAt: byCloud([metricAlarm, rule, groupAlarm]),
  find: (all) => [
    ...ofType(all, metricAlarm).flatMap((on) =>
      faultsOf(on, [
        isNot("actionsEnabled", false),
        ...(ofType(all, topic).length === 0 ? [] : [isSet("alarmActions[]")]),
      ]),
    ),
    ...ofType(all, rule).flatMap((on) => faultsOf(on, [isNot("enabled", false), isSet("contactGroups[]")])),
    ...ofType(all, groupAlarm).flatMap((on) => faultsOf(on, [isNot("enable", false), isSet("alarmActions[]")])),
  ],
};

export const encryptedTopics: Rule = {
  id: "alarms-go-encrypted",
  concern: "encryption",
  sources: { aws: ["FSBP SNS.1", "CKV_AWS_26", "own"], alibaba: [] },
  demands:
    "Alarm notifications are sent over TLS and encrypted with a key that CloudWatch can use. CloudWatch cannot use SNS's default key",
  remedy: "set a customer-managed key that CloudWatch is allowed to use, and use https URLs for recipients",
  notOn: { alibaba: "CloudMonitor has no topics. It notifies alarm contacts directly" },
  ...expecting({
    [topic]: [isSet("kmsMasterKeyId"), isNot("kmsMasterKeyId", "alias/aws/sns")],
    "aws:sns/topicSubscription:TopicSubscription": [isNot("protocol", "http")],
  }),
};

export const rotatedKeys: Rule = {
  id: "keys-rotate",
  concern: "encryption",
  sources: { aws: ["FSBP KMS.4", "CIS AWS 3.6", "CKV_AWS_7", "CKV_AWS_227"], alibaba: [] },
  demands: "Each KMS key in the stack is enabled, and its key material is rotated every year",
  remedy: "set enableKeyRotation to true, and keep the key enabled",
  notOn: { alibaba: "the stack does not create KMS keys on Alibaba Cloud" },
  ...expecting({ "aws:kms/key:Key": [is("enableKeyRotation", true), isNot("isEnabled", false)] }),
};
