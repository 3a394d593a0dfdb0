import type { Outputs } from "../../providers/stack-outputs.ts";
import type { RecordedResource, Value } from "../../recording/record.ts";
import { Secret, textsOf, Unknown, valueAt } from "../../recording/value.ts";
import type { Rendered } from "./contract.ts";

/** What the contract's rules ask of a recording. */

export const custom = ({ recording }: Rendered): readonly RecordedResource[] =>
  recording.resources.filter((one) => one.custom);

export const parts = ({ recording }: Rendered): readonly RecordedResource[] =>
  recording.resources.filter((one) => !one.custom);

/** The parts' types and names with their parents', the cluster's own name left out. */
export function treeOf(one: Rendered): readonly string[] {
  const short = (name: string | undefined) => name?.replace(one.cluster.name, "NAME");
  const nameOf = new Map(one.recording.resources.map(({ urn, name }) => [urn, name]));
  return parts(one)
    .map(({ type, name, parent }) => `${short(nameOf.get(parent ?? ""))} > ${type} ${short(name)}`)
    .sort();
}

/** Everything that a program hands to the engine. */
export const everything = ({ recording }: Rendered): readonly Value[] => [
  ...recording.resources.map(({ inputs }) => inputs),
  ...recording.componentOutputs.values(),
  recording.outputs,
];

export const textsIn = (one: Rendered, secrets: "hidden" | "revealed"): readonly string[] =>
  everything(one).flatMap((value) => textsOf(value, secrets));

/** Inputs that may hold a secret: the stores, where a private key goes, and a managed database's own password. */
export const secretInputs: readonly string[] = [
  "aws:secretsmanager/secretVersion:SecretVersion.secretString",
  "aws:acm/certificate:Certificate.privateKey",
  "aws:docdb/cluster:Cluster.masterPassword",
  "alicloud:mongodb/instance:Instance.accountPassword",
  "alicloud:oos/secretParameter:SecretParameter.value",
  "alicloud:kms/secret:Secret.secretData",
  "alicloud:kms/secret:Secret.versionId",
  "alicloud:cas/serviceCertificate:ServiceCertificate.key",
  // The CDN's header, at both of its ends.
  "aws:lb/listenerRule:ListenerRule.conditions",
  "aws:cloudfront/distribution:Distribution.origins",
  "alicloud:alb/rule:Rule.ruleConditions",
  // What the CDN checks play tokens with.
  "aws:cloudfront/keyvaluestoreKey:KeyvaluestoreKey.value",
  "alicloud:cdn/domainConfig:DomainConfig.functionArgs",
];

/** Inputs that hold one, as `type.property`. */
export function markedInputs(one: Rendered): readonly string[] {
  return custom(one).flatMap(({ type, inputs }) =>
    Object.entries(inputs).flatMap(([key, value]) => (hasSecret(value) ? [`${type}.${key}`] : [])),
  );
}

function hasSecret(value: Value): boolean {
  if (value instanceof Secret) return true;
  if (value instanceof Unknown || typeof value !== "object" || value === null) return false;
  return Object.values(value).some(hasSecret);
}

const outputs: Readonly<Record<keyof Outputs, true>> = {
  publishUrl: true,
  playUrl: true,
  cdnUrl: true,
  rtmpUrl: true,
  rtmpsUrl: true,
  panelUrl: true,
  statsUrl: true,
  turnUri: true,
  turnsUri: true,
  panelUser: true,
  panelSecret: true,
  originAddresses: true,
  databaseEndpoint: true,
  dnsRecordsToAdd: true,
  originGroup: true,
  edgeGroup: true,
  balancerGroup: true,
  imageIds: true,
};

/** The stack outputs' keys; one that is missing here or there doesn't compile. */
export const outputKeys: readonly string[] = Object.keys(outputs).sort();

/** Tags in a map, or in a list of keys and values. */
export function tagsIn(value: Value | undefined): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return {};
  if (!Array.isArray(value)) return { ...value };
  return Object.fromEntries(value.map((tag: Value) => [String(valueAt(tag, "key")), valueAt(tag, "value")]));
}

/** What can't be made again, with the property of the clouds' own protection where they have one. */
export const durable: Readonly<Record<string, string>> = {
  "aws:ec2/instance:Instance": "disableApiTermination",
  "aws:ebs/volume:Volume": "",
  "aws:docdb/cluster:Cluster": "deletionProtection",
  "aws:secretsmanager/secret:Secret": "",
  "aws:lb/loadBalancer:LoadBalancer": "enableDeletionProtection",
  "aws:s3/bucket:Bucket": "",
  "alicloud:oss/bucket:Bucket": "",
  "alicloud:ecs/instance:Instance": "deletionProtection",
  "alicloud:ecs/ecsDisk:EcsDisk": "",
  "alicloud:mongodb/instance:Instance": "dbInstanceReleaseProtection",
  "alicloud:oos/secretParameter:SecretParameter": "",
  "alicloud:kms/secret:Secret": "",
  "alicloud:alb/loadBalancer:LoadBalancer": "deletionProtectionEnabled",
  "alicloud:nlb/loadBalancer:LoadBalancer": "deletionProtectionEnabled",
};
