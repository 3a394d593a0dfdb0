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
import { alibabaType } from "./types.ts";

/** The listener that a resource is, without its rules. */
export const listener = (on: Resource): Omit<Listener, "rules"> | undefined =>
  on.type !== alibabaType.webListener && on.type !== alibabaType.streamListener
    ? undefined
    : {
        on,
        protocol: textAt(on.props, "listenerProtocol")?.toLowerCase().replace("tcpssl", "tls"),
        port: numberAt(on.props, "listenerPort"),
        defaultActions:
          on.type === alibabaType.streamListener
            ? [{ ...nothing, kind: "forward", targets: listAt(on.props, "serverGroupId") }]
            : listAt(on.props, "defaultActions[]").map(toAction),
      };

export const listenerRule = (on: Resource): ListenerRule | undefined =>
  on.type !== alibabaType.webRule
    ? undefined
    : {
        on,
        listener: on.props["listenerId"],
        priority: numberAt(on.props, "priority"),
        conditions: listAt(on.props, "ruleConditions[]").map(toCondition),
        actions: listAt(on.props, "ruleActions[]").map(toAction),
      };

function toCondition(one: Found): Condition {
  const isKnown = !hasUnknown(one);
  if (isKey(one, "pathConfig")) return { kind: "path", values: listAt(one, "pathConfig.values[]"), isKnown };
  if (isKey(one, "sourceIpConfig")) return { kind: "source", values: listAt(one, "sourceIpConfig.values[]"), isKnown };
  // Of a header its name counts: the value may be a secret.
  const header = textAt(one, "headerConfig.key");
  if (header !== undefined) return { kind: "header", values: [header], isKnown: true };
  const queries = listAt(one, "queryStringConfig.values[]");
  const values = queries.map((query) => `${textAt(query, "key")}=${textAt(query, "value")}`);
  return { kind: queries.length > 0 ? "query" : "other", values, isKnown };
}

const kinds: Readonly<Record<string, Action["kind"]>> = {
  ForwardGroup: "forward",
  Redirect: "redirect",
  FixedResponse: "respond",
};

const nothing = { protocol: undefined, port: undefined, status: undefined } as const;

const toAction = (one: Found): Action => ({
  kind: kinds[textAt(one, "type") ?? ""] ?? "unknown",
  targets: listAt(one, "forwardGroupConfig.serverGroupTuples[].serverGroupId"),
  protocol: valueAt(one, "redirectConfig.protocol"),
  port: numberAt(one, "redirectConfig.port"),
  status: textAt(one, "fixedResponseConfig.httpCode"),
});

/** An application balancer's server group keeps settings of draining and checks in objects of other names. */
export function target(on: Resource): Target | undefined {
  const { type, props } = on;
  const isWeb = type === alibabaType.webTargets;
  if (!isWeb && type !== alibabaType.streamTargets) return undefined;
  const drain = isWeb ? "connectionDrainConfig.connectionDrain" : "connectionDrain";
  const health = isWeb ? "healthCheckConfig" : "healthCheck";
  const isOn = (path: string): boolean => same(valueAt(props, path), true);
  return {
    on,
    protocol: textAt(props, "protocol")?.toLowerCase(),
    port: undefined,
    drainSeconds: isOn(`${drain}Enabled`) ? numberAt(props, `${drain}Timeout`) : 0,
    stickySeconds: isOn("stickySessionConfig.stickySessionEnabled")
      ? numberAt(props, "stickySessionConfig.cookieTimeout")
      : 0,
    health: {
      intervalSeconds: numberAt(props, `${health}.healthCheckInterval`),
      timeoutSeconds: numberAt(props, `${health}.healthCheck${isWeb ? "" : "Connect"}Timeout`),
      healthyThreshold: numberAt(props, `${health}.healthyThreshold`),
      unhealthyThreshold: numberAt(props, `${health}.unhealthyThreshold`),
      path: textAt(props, `${health}.healthCheck${isWeb ? "Path" : "Url"}`),
      port: numberAt(props, `${health}.healthCheckConnectPort`),
    },
  };
}
