import type { Action, Condition, Listener, ListenerRule, Target } from "../read/forms.ts";
import {
  type Found,
  hasUnknown,
  isKey,
  listAt,
  numberAt,
  type Resource,
  same,
  textAt,
  valueAt,
} from "../read/plain.ts";
import { awsType } from "./types.ts";

/** The listener that a resource is, without its rules. */
export const listener = (on: Resource): Omit<Listener, "rules"> | undefined =>
  on.type !== awsType.listener
    ? undefined
    : {
        on,
        protocol: textAt(on.props, "protocol")?.toLowerCase(),
        port: numberAt(on.props, "port"),
        defaultActions: listAt(on.props, "defaultActions[]").map(toAction),
      };

export const listenerRule = (on: Resource): ListenerRule | undefined =>
  on.type !== awsType.listenerRule
    ? undefined
    : {
        on,
        listener: on.props["listenerArn"],
        priority: numberAt(on.props, "priority"),
        conditions: listAt(on.props, "conditions[]").map(toCondition),
        actions: listAt(on.props, "actions[]").map(toAction),
      };

function toCondition(one: Found): Condition {
  const isKnown = !hasUnknown(one);
  const regexes = listAt(one, "pathPattern.regexValues[]");
  if (regexes.length > 0) return { kind: "regex", values: regexes, isKnown };
  if (isKey(one, "pathPattern")) return { kind: "path", values: listAt(one, "pathPattern.values[]"), isKnown };
  if (isKey(one, "sourceIp")) return { kind: "source", values: listAt(one, "sourceIp.values[]"), isKnown };
  // Of a header its name counts: the value may be a secret.
  const header = textAt(one, "httpHeader.httpHeaderName");
  if (header !== undefined) return { kind: "header", values: [header], isKnown: true };
  const queries = listAt(one, "queryStrings[]").map((query) => `${textAt(query, "key")}=${textAt(query, "value")}`);
  return { kind: queries.length > 0 ? "query" : "other", values: queries, isKnown };
}

const kinds: Readonly<Record<string, Action["kind"]>> = {
  forward: "forward",
  redirect: "redirect",
  "fixed-response": "respond",
};

const toAction = (one: Found): Action => ({
  kind: kinds[textAt(one, "type") ?? ""] ?? "unknown",
  targets: ["targetGroupArn", "forward.targetGroups[].arn"].flatMap((path) => listAt(one, path)),
  protocol: valueAt(one, "redirect.protocol"),
  port: numberAt(one, "redirect.port"),
  status: textAt(one, "fixedResponse.statusCode"),
});

export function target(on: Resource): Target | undefined {
  const { type, props } = on;
  if (type !== awsType.targetGroup) return undefined;
  return {
    on,
    protocol: textAt(props, "protocol")?.toLowerCase(),
    port: numberAt(props, "port"),
    drainSeconds: numberAt(props, "deregistrationDelay"),
    stickySeconds: same(valueAt(props, "stickiness.enabled"), true) ? numberAt(props, "stickiness.cookieDuration") : 0,
    health: {
      intervalSeconds: numberAt(props, "healthCheck.interval"),
      timeoutSeconds: numberAt(props, "healthCheck.timeout"),
      healthyThreshold: numberAt(props, "healthCheck.healthyThreshold"),
      unhealthyThreshold: numberAt(props, "healthCheck.unhealthyThreshold"),
      path: textAt(props, "healthCheck.path"),
      port: numberAt(props, "healthCheck.port"),
    },
  };
}
