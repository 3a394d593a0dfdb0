"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.addWebListener = addWebListener;
exports.addStreamListener = addStreamListener;
const listener_js_1 = require("@pulumi/alicloud/alb/listener.js");
const rule_js_1 = require("@pulumi/alicloud/alb/rule.js");
const listener_js_2 = require("@pulumi/alicloud/nlb/listener.js");
const cluster_ts_1 = require("../../model/cluster.js");
const naming_ts_1 = require("../../model/naming.js");
/** TLS 1.2 with forward secrecy, and 1.3; the provider's default allows 1.0. */
const tlsPolicy = "tls_cipher_policy_1_2_strict_with_1_3";
/** The last priority that ALB has, behind all of the table's. */
const lastPriority = 10000;
/** ALB's words for what a redirect leaves as it came. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: the balancer fills them in, not JavaScript.
const unchanged = { host: "${host}", path: "${path}", query: "${query}" };
/**
 * A listener of the table with its rules. On this cloud it can only forward by default, so what the table denies or
 * redirects by default is the last rule, before a group without servers: nobody gets in until that rule is there.
 */
function addWebListener(part, cluster, listener, door) {
    const { defaultAction, port, protocol } = listener;
    const name = `${cluster.name}-balancer-${listener.name}`;
    const forwards = defaultAction.kind === "forward";
    const made = new listener_js_1.Listener(name, {
        loadBalancerId: door.balancerId,
        listenerPort: port,
        listenerProtocol: protocol.toUpperCase(),
        listenerDescription: name,
        defaultActions: [forwardTo(forwards ? door.groupId(defaultAction.to) : door.nobody)],
        idleTimeout: cluster.balancer.idleTimeoutSeconds,
        xForwardedForConfig: { xForwardedForEnabled: true, xForwardedForProtoEnabled: true },
        ...(protocol === "https" ? tls(door.certificate) : {}),
        tags: (0, naming_ts_1.namedTags)(cluster, name),
    }, part.child({ dependsOn: [door.guard] }));
    const last = { name: "default", priority: lastPriority, when: { paths: ["/*"] }, action: defaultAction };
    const rules = forwards ? listener.rules : [...listener.rules, last];
    return [made, ...rules.map((rule) => addRule(part, `${name}-${rule.name}`, made, rule, door))];
}
function addRule(part, ruleName, listener, rule, door) {
    return new rule_js_1.Rule(ruleName, {
        ruleName,
        listenerId: listener.id,
        priority: rule.priority,
        ruleConditions: toConditions(rule.when),
        ruleActions: [{ order: 1, ...toAction(rule.action, door) }],
    }, part.child());
}
function addStreamListener(part, cluster, listener, door) {
    const { defaultAction, port, protocol } = listener;
    if (defaultAction.kind !== "forward")
        throw new Error(`the network balancer can't ${defaultAction.kind}`);
    const name = `${cluster.name}-balancer-${listener.name}`;
    return new listener_js_2.Listener(name, {
        loadBalancerId: door.balancerId,
        listenerPort: port,
        listenerProtocol: protocol.toUpperCase(),
        listenerDescription: name,
        serverGroupId: door.groupId(defaultAction.to),
        // UDP has a short range of its own.
        ...(protocol === "tcp" ? { idleTimeout: cluster.balancer.idleTimeoutSeconds } : {}),
        tags: (0, naming_ts_1.namedTags)(cluster, name),
    }, part.child());
}
const forwardTo = (serverGroupId) => ({
    type: "ForwardGroup",
    forwardGroupConfig: { serverGroupTuples: [{ serverGroupId }] },
});
/** Of a rule, whose Read fills in the stickiness between groups where it is not named. */
const ruleForwardTo = (serverGroupId) => ({
    type: "ForwardGroup",
    forwardGroupConfig: {
        serverGroupTuples: [{ serverGroupId }],
        // A time is for stickiness alone.
        serverGroupStickySession: { enabled: false },
    },
});
function tls(certificate) {
    if (certificate === undefined)
        throw new Error("an HTTPS listener without a certificate");
    return { securityPolicyId: tlsPolicy, certificates: { certificateId: certificate.id }, http2Enabled: true };
}
function toAction(action, { groupId }) {
    switch (action.kind) {
        case "forward":
            return ruleForwardTo(groupId(action.to));
        case "redirect":
            return {
                type: "Redirect",
                redirectConfig: { ...unchanged, protocol: "HTTPS", port: `${action.port}`, httpCode: "301" },
            };
        case "deny":
            return {
                type: "FixedResponse",
                fixedResponseConfig: { httpCode: "403", contentType: "text/plain", content: "Forbidden" },
            };
        default:
            return (0, cluster_ts_1.assertNever)(action);
    }
}
function toConditions({ paths, sources, query }) {
    return [
        ...(paths === undefined ? [] : [{ type: "Path", pathConfig: { values: [...paths] } }]),
        ...(sources === undefined ? [] : [{ type: "SourceIp", sourceIpConfig: { values: [...sources] } }]),
        ...(query === undefined ? [] : [{ type: "QueryString", queryStringConfig: { values: [query] } }]),
    ];
}
