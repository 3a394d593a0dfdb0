import type { Resource, Rule } from "../rule.ts";

/**
 * Types that the cluster makes and that decide nothing which a rule would have to look at: names in DNS, numbers of
 * scaling, links between two resources that are looked at themselves. A test holds that each is made by some variant.
 */
export const harmless: readonly string[] = [
  "alicloud:alb/loadBalancerCommonBandwidthPackageAttachment:LoadBalancerCommonBandwidthPackageAttachment",
  "alicloud:cms/alarmContact:AlarmContact",
  "alicloud:cms/alarmContactGroup:AlarmContactGroup",
  "alicloud:cms/dynamicTagGroup:DynamicTagGroup",
  "alicloud:dns/alidnsRecord:AlidnsRecord",
  "alicloud:ess/lifecycleHook:LifecycleHook",
  "alicloud:ess/scalingRule:ScalingRule",
  "alicloud:log/storeIndex:StoreIndex",
  "alicloud:nlb/loadbalancerCommonBandwidthPackageAttachment:LoadbalancerCommonBandwidthPackageAttachment",
  "alicloud:pvtz/zoneAttachment:ZoneAttachment",
  "alicloud:pvtz/zoneRecord:ZoneRecord",
  "alicloud:ram/accessKey:AccessKey",
  "alicloud:vpc/commonBandwithPackageAttachment:CommonBandwithPackageAttachment",
  "alicloud:vpc/routeTableAttachment:RouteTableAttachment",
  "alicloud:vpc/snatEntry:SnatEntry",
  "aws:acm/certificateValidation:CertificateValidation",
  "aws:autoscaling/policy:Policy",
  "aws:cloudfront/cachePolicy:CachePolicy",
  "aws:cloudfront/keyvaluestoreKey:KeyvaluestoreKey",
  "aws:cloudfront/originAccessControl:OriginAccessControl",
  "aws:cloudfront/originRequestPolicy:OriginRequestPolicy",
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
  "aws:cloudwatch/dashboard:Dashboard",
  "aws:iam/accessKey:AccessKey",
  "aws:route53/record:Record",
  "aws:secretsmanager/secretVersion:SecretVersion",
];

/** A type that no rule looks at and that isn't known to be harmless has been judged by nobody. */
export function knownTypes(rules: readonly Rule[]): Rule {
  const looked = rules.flatMap(({ looksAt }) => [...looksAt.aws, ...looksAt.alibaba]);
  const known = new Set([...looked, ...harmless]);
  return {
    id: "types-are-known",
    concern: "exposure",
    sources: { aws: ["own"], alibaba: ["own"] },
    demands: "The cluster component contains only resources whose types are covered by a rule",
    remedy:
      "create the resource outside the cluster component, write a rule for its type, or add its type to policy/rules/known-types.ts",
    looksAt: {
      aws: [...known].filter((type) => type.startsWith("aws:")),
      alibaba: [...known].filter((type) => type.startsWith("alicloud:")),
    },
    find: (all) =>
      all
        .filter(isResource)
        .filter(({ type }) => !known.has(type))
        .map((on) => ({ on, fault: `no rule covers ${on.type}` })),
  };
}

/** Components, providers and generated values set nothing up in a cloud. */
const isResource = ({ type }: Resource): boolean => /^(aws|alicloud):/.test(type);
