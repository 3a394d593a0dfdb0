import { Listener as WebListener } from "@pulumi/alicloud/alb/listener.js";
import { Rule as WebRule } from "@pulumi/alicloud/alb/rule.js";
import type { alb } from "@pulumi/alicloud/types/input.js";
import type { Output, Resource } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { assertNever } from "../../../model/cluster.ts";
import { namedTags } from "../../../model/naming.ts";
import { cdnHeader } from "../../../model/traffic/cdn.ts";
import type { Action, Condition, Listener, Rule } from "../../../model/traffic/listeners.ts";
import type { TargetName } from "../../../model/traffic/targets.ts";
import type { ClusterComponent } from "../../cluster-component.ts";
import type { Certificate } from "./certificate.ts";
import { addFront } from "./front.ts";

/** What a listener of the network balancer opens and where it leads. */
export interface StreamListenerDependencies {
  readonly balancerId: Output<string>;
  /** What the balancer goes through before its listeners: one that is being configured takes no other request. */
  readonly after: readonly Resource[];
  readonly groupId: (target: TargetName) => Output<string>;
  /** For HTTPS and TLS. */
  readonly certificate: Certificate | undefined;
}

/** The same of the application balancer. */
export interface ListenerDependencies extends StreamListenerDependencies {
  /** A server group that stays empty. */
  readonly nobody: Output<string>;
  /** Value of the CDN's header. */
  readonly cdnKey: Output<string> | undefined;
}

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
export function addWebListener(
  component: ClusterComponent,
  cluster: Cluster,
  listener: Listener,
  dependencies: ListenerDependencies,
): readonly Resource[] {
  const { defaultAction, port, protocol } = listener;
  const name = `${cluster.name}-balancer-${listener.name}`;
  const forwards = defaultAction.kind === "forward";
  const made = new WebListener(
    name,
    {
      loadBalancerId: dependencies.balancerId,
      listenerPort: port,
      listenerProtocol: protocol.toUpperCase(),
      listenerDescription: name,
      defaultActions: [forwardTo(forwards ? dependencies.groupId(defaultAction.to) : dependencies.nobody)],
      idleTimeout: cluster.balancer.idleTimeoutSeconds,
      xForwardedForConfig: { xForwardedForEnabled: true, xForwardedForProtoEnabled: true },
      ...(protocol === "https" ? tls(dependencies.certificate) : {}),
      tags: namedTags(cluster, name),
    },
    component.child({ dependsOn: [...dependencies.after] }),
  );
  const last: Rule = { name: "default", priority: lastPriority, when: { paths: ["/*"] }, action: defaultAction };
  const rules = forwards ? listener.rules : [...listener.rules, last];
  return [made, ...rules.map((rule) => addRule(component, `${name}-${rule.name}`, made, rule, dependencies))];
}

function addRule(
  component: ClusterComponent,
  ruleName: string,
  listener: WebListener,
  rule: Rule,
  dependencies: ListenerDependencies,
): Resource {
  return new WebRule(
    ruleName,
    {
      ruleName,
      listenerId: listener.id,
      priority: rule.priority,
      ruleConditions: toConditions(rule.when, dependencies.cdnKey),
      ruleActions: [{ order: 1, ...toAction(rule.action, dependencies) }],
    },
    component.child(),
  );
}

export function addStreamListener(
  component: ClusterComponent,
  cluster: Cluster,
  { name, defaultAction, port, protocol }: Listener,
  { balancerId: loadBalancerId, after, groupId, certificate }: StreamListenerDependencies,
): Resource {
  if (defaultAction.kind !== "forward")
    throw new Error(`the network load balancer does not support the action ${defaultAction.kind}`);
  if (protocol === "http" || protocol === "https")
    throw new Error(`the network load balancer does not support ${protocol}`);
  const serverGroupId = groupId(defaultAction.to);
  const tls = protocol === "tls" ? { tls: streamTls(certificate) } : {};
  return addFront(component, cluster, { name, protocol, port }, { loadBalancerId, after, serverGroupId, ...tls });
}

const forwardTo = (serverGroupId: Output<string>) => ({
  type: "ForwardGroup",
  forwardGroupConfig: { serverGroupTuples: [{ serverGroupId }] },
});

/** Of a rule, whose Read fills in the stickiness between groups where it is not named. */
const ruleForwardTo = (serverGroupId: Output<string>) => ({
  type: "ForwardGroup",
  forwardGroupConfig: {
    serverGroupTuples: [{ serverGroupId }],
    // A time is for stickiness alone.
    serverGroupStickySession: { enabled: false },
  },
});

function tls(certificate: Certificate | undefined) {
  if (certificate === undefined) throw new Error("the HTTPS listener has no certificate");
  return { securityPolicyId: tlsPolicy, certificates: { certificateId: certificate.id }, http2Enabled: true };
}

function streamTls(certificate: Certificate | undefined) {
  if (certificate === undefined) throw new Error("the TLS listener has no certificate");
  return { securityPolicyId: tlsPolicy, certificateIds: [certificate.id] };
}

function toAction(action: Action, { groupId }: ListenerDependencies): Omit<alb.RuleRuleAction, "order"> {
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
      return assertNever(action);
  }
}

function toConditions(
  { paths, sources, query, fromCdn }: Condition,
  cdnKey: Output<string> | undefined,
): alb.RuleRuleCondition[] {
  return [
    ...(paths === undefined ? [] : [{ type: "Path", pathConfig: { values: [...paths] } }]),
    ...(sources === undefined ? [] : [{ type: "SourceIp", sourceIpConfig: { values: [...sources] } }]),
    ...(query === undefined ? [] : [{ type: "QueryString", queryStringConfig: { values: [query] } }]),
    ...(fromCdn === undefined || cdnKey === undefined
      ? []
      : [{ type: "Header", headerConfig: { key: cdnHeader, values: [cdnKey] } }]),
  ];
}
