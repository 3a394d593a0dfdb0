"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.withoutUnreadOutputs = exports.readOutputs = void 0;
/** Names of all outputs that the program reads somewhere; `id` and `urn` are always there. A test holds it complete. */
exports.readOutputs = new Set([
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
const withoutUnreadOutputs = ({ resource, type, props, opts }) => {
    const kept = {};
    for (const [key, value] of Object.entries(props)) {
        if (value !== undefined || exports.readOutputs.has(key))
            kept[key] = value;
        else
            Object.defineProperty(resource, key, { get: () => refuse(type, key) });
    }
    return { props: kept, opts };
};
exports.withoutUnreadOutputs = withoutUnreadOutputs;
function refuse(type, key) {
    throw new Error(`${type}: the output ${key} is left out. Name it in providers/outputs.ts`);
}
