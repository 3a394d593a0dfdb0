import type * as pulumi from "@pulumi/pulumi";

/** Names of all outputs that the program reads somewhere; `id` and `urn` are always there. A test holds it complete. */
export const readOutputs: ReadonlySet<string> = new Set([
  "alarmContactGroupName",
  "alarmContactName",
  "ami",
  "ari",
  "arn",
  "arnSuffix",
  "bucket",
  "certificateArn",
  "dnsName",
  "domainValidationOptions",
  "endpoint",
  "fqdn",
  "ipAddress",
  "keyName",
  "keyPairName",
  "latestVersion",
  "latestVersionNumber",
  "logstoreName",
  "name",
  "policyName",
  "projectName",
  "replicaSets",
  "result",
  "roleName",
  "scalingGroupName",
  "secret",
  "snatTableIds",
  "zoneId",
]);

/**
 * The SDK makes two dozen promises for each output of a resource, read or not: half of what a warm cluster takes. It takes
 * as outputs what a class names without a value, so that what is taken away here has none. Throws where the program reads
 * one all the same.
 */
export const withoutUnreadOutputs: pulumi.ResourceTransformation = ({ resource, type, props, opts }) => {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(props)) {
    if (value !== undefined || readOutputs.has(key)) kept[key] = value;
    else Object.defineProperty(resource, key, { get: () => refuse(type, key) });
  }
  return { props: kept, opts };
};

function refuse(type: string, key: string): never {
  throw new Error(`${type}: the output ${key} is left out. Name it in providers/outputs.ts`);
}
