"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.addListener = addListener;
const listener_js_1 = require("@pulumi/aws/lb/listener.js");
const listenerRule_js_1 = require("@pulumi/aws/lb/listenerRule.js");
const cluster_ts_1 = require("../../model/cluster.js");
const naming_ts_1 = require("../../model/naming.js");
/** TLS 1.3 and 1.2 with forward secrecy. Without one a listener gets ELBSecurityPolicy-2016-08, which allows TLS 1.0. */
const sslPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06";
/** A listener of the table with its rules. */
function addListener(part, cluster, listener, door) {
    const { protocol, port, defaultAction, rules } = listener;
    const { balancer, certificate } = door;
    const name = `${cluster.name}-balancer-${listener.name}`;
    const made = new listener_js_1.Listener(name, {
        loadBalancerArn: balancer.arn,
        protocol: protocol.toUpperCase(),
        port,
        ...(protocol === "https" && certificate !== undefined ? { sslPolicy, certificateArn: certificate.arn } : {}),
        defaultActions: [toAction(defaultAction, door)],
        tags: (0, naming_ts_1.namedTags)(cluster, name),
    }, part.child());
    for (const rule of rules)
        addRule(part, cluster, `${name}-${rule.name}`, made, rule, door);
}
function addRule(part, cluster, name, listener, { priority, when, action }, door) {
    new listenerRule_js_1.ListenerRule(name, {
        listenerArn: listener.arn,
        priority,
        conditions: toConditions(when),
        actions: [toAction(action, door)],
        tags: (0, naming_ts_1.namedTags)(cluster, name),
    }, part.child());
}
function toAction(action, { targetGroupArn }) {
    switch (action.kind) {
        case "forward":
            return { type: "forward", targetGroupArn: targetGroupArn(action.to) };
        case "redirect":
            return {
                type: "redirect",
                redirect: { protocol: "HTTPS", port: String(action.port), statusCode: "HTTP_301" },
            };
        case "deny":
            return {
                type: "fixed-response",
                fixedResponse: { statusCode: "403", contentType: "text/plain", messageBody: "Forbidden" },
            };
        default:
            return (0, cluster_ts_1.assertNever)(action);
    }
}
function toConditions({ paths, pathRegexes, query, sources }) {
    const pattern = pathRegexes === undefined ? { values: [...(paths ?? [])] } : { regexValues: [...pathRegexes] };
    return [
        ...(paths === undefined ? [] : [{ pathPattern: pattern }]),
        ...(query === undefined ? [] : [{ queryStrings: [{ key: query.key, value: query.value }] }]),
        ...(sources === undefined ? [] : [{ sourceIp: { values: [...sources] } }]),
    ];
}
