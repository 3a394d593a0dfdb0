import { Listener } from "@pulumi/aws/lb/listener.js";
import { ListenerRule } from "@pulumi/aws/lb/listenerRule.js";
import type { LoadBalancer } from "@pulumi/aws/lb/loadBalancer.js";
import type { input } from "@pulumi/aws/types/index.js";
import type { Output } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { assertNever } from "../../../model/cluster.ts";
import { namedTags } from "../../../model/naming.ts";
import { cdnHeader } from "../../../model/traffic/cdn.ts";
import type { Action, Condition, Listener as ModelListener, Rule } from "../../../model/traffic/listeners.ts";
import type { TargetName } from "../../../model/traffic/targets.ts";
import type { ClusterComponent } from "../../cluster-component.ts";
import type { Certificate } from "./certificate.ts";

/** TLS 1.3 and 1.2 with forward secrecy. Without one a listener gets ELBSecurityPolicy-2016-08, which allows TLS 1.0. */
const sslPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/** What a listener opens and where it leads. */
export interface ListenerDependencies {
  readonly balancer: LoadBalancer;
  readonly targetGroupArn: (target: TargetName) => Output<string>;
  /** For HTTPS and TLS. */
  readonly certificate: Certificate | undefined;
  /** Value of the CDN's header. */
  readonly cdnKey?: Output<string> | undefined;
}

/** A listener of the table with its rules. */
export function addListener(
  component: ClusterComponent,
  cluster: Cluster,
  listener: ModelListener,
  dependencies: ListenerDependencies,
): void {
  const { protocol, port, defaultAction, rules } = listener;
  const { balancer, certificate } = dependencies;
  const name = `${cluster.name}-balancer-${listener.name}`;
  const made = new Listener(
    name,
    {
      loadBalancerArn: balancer.arn,
      protocol: protocol.toUpperCase(),
      port,
      ...((protocol === "https" || protocol === "tls") && certificate !== undefined
        ? { sslPolicy, certificateArn: certificate.arn }
        : {}),
      defaultActions: [toAction(defaultAction, dependencies)],
      tags: namedTags(cluster, name),
    },
    component.child(),
  );
  for (const rule of rules) addRule(component, cluster, `${name}-${rule.name}`, made, rule, dependencies);
}

function addRule(
  component: ClusterComponent,
  cluster: Cluster,
  name: string,
  listener: Listener,
  { priority, when, action }: Rule,
  dependencies: ListenerDependencies,
): void {
  new ListenerRule(
    name,
    {
      listenerArn: listener.arn,
      priority,
      conditions: toConditions(when, dependencies),
      actions: [toAction(action, dependencies)],
      tags: namedTags(cluster, name),
    },
    component.child(),
  );
}

function toAction(action: Action, { targetGroupArn }: ListenerDependencies): input.lb.ListenerRuleAction {
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
      return assertNever(action);
  }
}

function toConditions(
  { paths, pathRegexes, query, sources, fromCdn }: Condition,
  { cdnKey }: ListenerDependencies,
): input.lb.ListenerRuleCondition[] {
  const pattern = pathRegexes === undefined ? { values: [...(paths ?? [])] } : { regexValues: [...pathRegexes] };
  return [
    ...(paths === undefined ? [] : [{ pathPattern: pattern }]),
    ...(query === undefined ? [] : [{ queryStrings: [{ key: query.key, value: query.value }] }]),
    ...(sources === undefined ? [] : [{ sourceIp: { values: [...sources] } }]),
    ...(fromCdn === undefined || cdnKey === undefined
      ? []
      : [{ httpHeader: { httpHeaderName: cdnHeader, values: [cdnKey] } }]),
  ];
}
