import { machineTypes, volumeOf } from "../../recording/read/machines.ts";
import {
  type Fields,
  listAt,
  numberAt,
  type Resource,
  textAt,
  toResources,
  valueAt,
} from "../../recording/read/plain.ts";
import { always, type CostedResource, monthHours, type Usage } from "./usage.ts";

type Meter = (name: string, inputs: Fields) => readonly Usage[];

const hourly = (what: string, item: string, count = 1): Usage => ({
  what,
  item,
  per: "hour",
  amounts: always(count * monthHours),
});
const monthly = (what: string, item: string): Usage => ({ what, item, per: "month", amounts: always(1) });
const byUse = (what: string, item: string, per: Usage["per"]): Usage => ({ what, item, per, amounts: undefined });

const balancer = (name: string, kind: string): readonly Usage[] => [
  hourly(`${name}: load balancer`, kind),
  byUse(`${name}: load balancer capacity units`, `${kind}-unit`, "hour"),
];

const nat: Meter = (name) => [
  hourly(`${name}: NAT gateway`, "nat-gateway"),
  byUse(`${name}: NAT gateway traffic`, "nat-data", "GB"),
];

const secret: Meter = (name) => [monthly(`${name}: secret`, "secret")];
const privateZone: Meter = (name) => [monthly(`${name}: private DNS zone`, "private-zone")];
const address: Meter = (name) => [hourly(`${name}: public address`, "public-address")];

/** A balancer of AWS has a public address in each of its subnets (AWS's announcement of the charge). */
const awsBalancer: Meter = (name, inputs) => [
  ...balancer(name, `${textAt(inputs, "loadBalancerType") ?? "application"}-balancer`),
  hourly(`${name}: load balancer public addresses`, "public-address", listAt(inputs, "subnets[]").length),
];

/**
 * A public balancer of Alibaba has an elastic address in each of its zones (its billing rules: charged as EIPs). One that
 * the program makes itself is a resource of its own.
 */
const alibabaBalancer =
  (kind: string): Meter =>
  (name, inputs) => {
    const zones = listAt(inputs, "zoneMappings[]");
    const own = zones.filter((zone) => valueAt(zone, "allocationId") === undefined).length;
    const addresses = hourly(`${name}: load balancer public addresses`, "public-address", own);
    return [...balancer(name, kind), ...(own === 0 ? [] : [addresses])];
  };

/** A snapshot holds the blocks that changed since the one before: how many depends on what is written. */
const snapshots: Meter = (name) => [byUse(`${name}: data volume snapshots`, "snapshot", "GiB-month")];

const log: Meter = (name) => [byUse(`${name}: log`, "log-data", "GB")];

const alarm: Meter = (name) => [monthly(`${name}: alarm`, "alarm")];
const dashboard: Meter = (name) => [monthly(`${name}: dashboard`, "dashboard")];
const key: Meter = (name) => [monthly(`${name}: encryption key`, "encryption-key")];
const messages: Meter = (name) => [byUse(`${name}: notifications`, "notification", "month")];
const bucket: Meter = (name) => [
  byUse(`${name}: ${/-(agent|logs)$/.exec(name)?.[1] ?? "recordings"}`, "object-storage", "GiB-month"),
];
const flowLog: Meter = (name) => [byUse(`${name}: flow log delivery`, "flow-log-data", "GB")];

/** Viewers fetch from there what else the machines' own addresses would send. */
const cdn: Meter = (name) => [byUse(`${name}: CDN traffic to viewers`, "cdn-traffic", "GB")];
const cdnLog: Meter = (name) => [byUse(`${name}: CDN access log delivery`, "cdn-log-data", "GB")];

const documentDb: Meter = (name) => [
  byUse(`${name}: managed database storage`, "managed-database-storage", "GiB-month"),
];

const documentDbInstance: Meter = (name, inputs) => [
  hourly(`${name}: managed database`, `managed-database/${textAt(inputs, "instanceClass") ?? "?"}`),
];

const apsaraDb: Meter = (name, inputs) => {
  const size = always(numberAt(inputs, "dbInstanceStorage") ?? 0);
  return [
    hourly(`${name}: managed database`, `managed-database/${textAt(inputs, "dbInstanceClass") ?? "?"}`),
    {
      what: `${name}: managed database storage`,
      item: "managed-database-storage",
      per: "GiB-month",
      amounts: size,
    },
  ];
};

/** By traffic it costs what passes; by bandwidth its size, whatever passes. */
const sharedBandwidth: Meter = (name, inputs) =>
  textAt(inputs, "internetChargeType") === "PayByTraffic"
    ? []
    : [
        {
          what: `${name}: shared bandwidth in Mbps`,
          item: "shared-bandwidth",
          per: "month",
          amounts: always(numberAt(inputs, "bandwidth") ?? 0),
        },
      ];

/** What each resource puts on the bill. */
const meters: Readonly<Record<string, Meter>> = {
  "aws:cloudfront/distribution:Distribution": cdn,
  "aws:cloudwatch/dashboard:Dashboard": dashboard,
  "aws:cloudwatch/logDelivery:LogDelivery": cdnLog,
  "aws:cloudwatch/logGroup:LogGroup": log,
  "aws:cloudwatch/metricAlarm:MetricAlarm": alarm,
  "aws:kms/key:Key": key,
  "aws:s3/bucket:Bucket": bucket,
  "aws:sns/topic:Topic": messages,
  "aws:dlm/lifecyclePolicy:LifecyclePolicy": snapshots,
  "aws:docdb/cluster:Cluster": documentDb,
  "aws:docdb/clusterInstance:ClusterInstance": documentDbInstance,
  "aws:ec2/eip:Eip": address,
  "aws:ec2/flowLog:FlowLog": flowLog,
  "aws:ec2/natGateway:NatGateway": nat,
  "aws:lb/loadBalancer:LoadBalancer": awsBalancer,
  "aws:route53/zone:Zone": privateZone,
  "aws:secretsmanager/secret:Secret": secret,
  "alicloud:cdn/domainNew:DomainNew": cdn,
  "alicloud:alb/loadBalancer:LoadBalancer": alibabaBalancer("application-balancer"),
  "alicloud:ecs/autoSnapshotPolicy:AutoSnapshotPolicy": snapshots,
  "alicloud:ecs/eipAddress:EipAddress": address,
  "alicloud:log/store:Store": log,
  "alicloud:mongodb/instance:Instance": apsaraDb,
  "alicloud:oss/bucket:Bucket": bucket,
  "alicloud:nlb/loadBalancer:LoadBalancer": alibabaBalancer("network-balancer"),
  "alicloud:oos/secretParameter:SecretParameter": secret,
  "alicloud:kms/secret:Secret": secret,
  "alicloud:pvtz/zone:Zone": privateZone,
  "alicloud:vpc/commonBandwithPackage:CommonBandwithPackage": sharedBandwidth,
  "alicloud:vpc/flowLog:FlowLog": flowLog,
  "alicloud:vpc/natGateway:NatGateway": nat,
};

/** Types without a line of their own on a bill: rules, routes, roles, memberships and records. */
const free: readonly RegExp[] = [
  /^random:/,
  /^(aws:iam|alicloud:ram)\//,
  /^aws:acm\//,
  /^aws:docdb\/(subnetGroup|clusterParameterGroup):/,
  /^(aws:vpc\/|alicloud:ecs\/)?.*SecurityGroup(Ingress|Egress)?(Rule)?$/,
  /:(Vpc|Subnet|InternetGateway|Network|Switch|Key[Pp]air|EcsKeyPair)$/,
  /:(Route|RouteTable|RouteEntry|SnatEntry|.*Association|.*[Aa]ttachment)$/,
  /:(Listener|ListenerRule|Rule|TargetGroup|ServerGroup|ListenerAdditionalCertificateAttachment)$/,
  /:(SecretVersion|Record|ZoneRecord|AlidnsRecord|CertificateValidation)$/,
  /^(aws:autoscaling\/(policy:Policy|schedule:Schedule)|aws:sns\/topicSubscription:TopicSubscription)$/,
  // Rules of a CDN, and its functions: one answers what is refused, one is charged by the requests of tokens' players.
  /^(aws:cloudfront\/(cachePolicy|responseHeadersPolicy|originAccessControl|originRequestPolicy)|alicloud:cdn\/domainConfig):/,
  /^aws:cloudfront\/(function|keyValueStore|keyvaluestoreKey):/,
  /^aws:cloudwatch\/logDelivery(Source|Destination):/,
  /^alicloud:ess\/(scalingRule|alarm|lifecycleHook|scheduledTask|instanceRefresh):/,
  // CloudMonitor's rules, contacts and groups, and Log Service's projects and indices: their use has a price, if any.
  /^alicloud:(cms|log\/project|log\/storeIndex)[/:]/,
  // Settings of buckets, and objects: the bucket's line counts what it holds.
  /^(aws:s3|alicloud:oss)\/bucket[A-Z]/,
  // Gateway endpoints alone are made, and those have no charge (PrivateLink's guide, "Gateway endpoints", pricing).
  /^aws:ec2\/vpcEndpoint:/,
];

/** What a resource costs by itself; a type that nobody has looked at is a line without a price. */
export const meteredUsage = (resource: CostedResource): readonly Usage[] => toResources([resource]).flatMap(usageOf);

function usageOf(on: Resource): readonly Usage[] {
  const { type, name, props } = on;
  const disk = volumeOf(on);
  if (disk !== undefined) {
    const amounts = always(disk.sizeGiB ?? 0);
    return [{ what: `${name}: data volume`, item: `disk/${disk.kind}`, per: "GiB-month", amounts }];
  }
  const meter = meters[type];
  if (meter !== undefined) return meter(name, props);
  if (machineTypes.includes(type) || free.some((pattern) => pattern.test(type))) return [];
  return [monthly(`${name}: ${type.split(":").at(-1)}`, `type/${type}`)];
}
