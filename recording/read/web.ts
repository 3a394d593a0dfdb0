import { type Found, isUnknown, listAt, type Plain, type Resource, valueAt } from "./plain.ts";
import { alibabaType } from "../alibaba/types.ts";
import { awsType } from "../aws/types.ts";
import { isAnybody } from "./ports.ts";
import { keyOf, linkOf, ofType, targetOf } from "./links.ts";

/** What a web listener does with a request, in one form for both clouds. */

/** `redirect` leads to HTTPS, `stray` elsewhere; `unknown` may be any of the others. */
export type Action = "forward" | "deny" | "redirect" | "stray" | "unknown";

export interface WebRule {
  /** Lower goes first. */
  readonly priority: number;
  /** Path patterns, one of which has to match; undefined for any path. */
  readonly paths: readonly string[] | undefined;
  /** Whether only named ranges of addresses match. */
  readonly forNamedRanges: boolean;
  /** Whether it also asks for something else, such as a query. */
  readonly narrowed: boolean;
  /** Whether some of it isn't known yet, even the listener that it belongs to. */
  readonly uncertain: boolean;
  readonly action: Action;
}

export interface WebListener {
  readonly on: Resource;
  readonly encrypted: boolean;
  /** In the order in which the cloud tries them. */
  readonly rules: readonly WebRule[];
  readonly defaultAction: Action;
}

export const webTypes: readonly string[] = [
  awsType.listener,
  awsType.listenerRule,
  alibabaType.webListener,
  alibabaType.webRule,
];

const protocolOf = ({ props }: Resource): Found => props["protocol"] ?? props["listenerProtocol"];

/** Listeners that speak HTTP, with their rules. */
export function webListeners(all: readonly Resource[]): readonly WebListener[] {
  return ofType(all, awsType.listener, alibabaType.webListener).flatMap((on) => {
    const protocol = protocolOf(on);
    if (protocol !== "HTTP" && protocol !== "HTTPS" && protocol !== "QUIC") return [];
    const rules = ofType(all, awsType.listenerRule, alibabaType.webRule).flatMap((rule) => readRule(all, on, rule));
    return [
      {
        on,
        encrypted: protocol !== "HTTP",
        rules: [...rules].sort((one, other) => one.priority - other.priority),
        defaultAction: actionOf(listAt(on.props, "defaultActions[]")),
      },
    ];
  });
}

function readRule(all: readonly Resource[], listener: Resource, rule: Resource): readonly WebRule[] {
  const { props } = rule;
  const reference = props["listenerArn"] ?? props["listenerId"];
  const isElsewhere = isUnknown(reference) ? targetOf(all, reference) === undefined : false;
  if (!isElsewhere && linkOf(reference) !== keyOf(listener)) return [];
  const conditions = [...listAt(props, "conditions[]"), ...listAt(props, "ruleConditions[]")];
  const paths = conditions.flatMap((one) => [
    ...texts(one, "pathPattern.values[]"),
    ...texts(one, "pathPattern.regexValues[]"),
    ...texts(one, "pathConfig.values[]"),
  ]);
  const sources = conditions.flatMap((one) => [
    ...texts(one, "sourceIp.values[]"),
    ...texts(one, "sourceIpConfig.values[]"),
  ]);
  const kinds = conditions.map(kindOf);
  const priority = props["priority"];
  return [
    {
      priority: typeof priority === "number" ? priority : -1,
      paths: kinds.includes("path") && !paths.some(isUnknown) ? paths.map(String) : undefined,
      forNamedRanges:
        kinds.includes("source") && !sources.some((range) => isUnknown(range) || isAnybody(String(range))),
      narrowed: kinds.includes("other"),
      uncertain: isElsewhere || typeof priority !== "number" || conditions.some(hasUnknown),
      action: actionOf([...listAt(props, "actions[]"), ...listAt(props, "ruleActions[]")]),
    },
  ];
}

const texts = (value: Plain, path: string): readonly Plain[] => listAt(value, path);

function kindOf(condition: Plain): "path" | "source" | "other" {
  if (has(condition, "pathPattern") || has(condition, "pathConfig")) return "path";
  return has(condition, "sourceIp") || has(condition, "sourceIpConfig") ? "source" : "other";
}

const has = (condition: Plain, key: string): boolean => !isUnknown(condition) && valueAt(condition, key) !== undefined;

function hasUnknown(value: Plain): boolean {
  if (isUnknown(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}

function actionOf(actions: readonly Plain[]): Action {
  if (actions.length === 0) return "unknown";
  const kinds = actions.map((action): Action => {
    const type = valueAt(action, "type");
    if (type === "forward" || type === "ForwardGroup") return "forward";
    if (type === "fixed-response" || type === "FixedResponse") return "deny";
    if (type !== "redirect" && type !== "Redirect") return "unknown";
    const protocol = valueAt(action, "redirect.protocol") ?? valueAt(action, "redirectConfig.protocol");
    return isUnknown(protocol) ? "unknown" : protocol === "HTTPS" ? "redirect" : "stray";
  });
  return kinds.find((kind) => kind === "forward") ?? kinds.find((kind) => kind === "unknown") ?? kinds[0] ?? "unknown";
}

/** Whether a pattern of a balancer, with `*` and `?`, matches a path. */
export function matchesPath(pattern: string, path: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`).test(path);
}

/** What anybody's request of a path may meet: all actions up to the first one that surely answers. */
export function answersTo({ rules, defaultAction }: WebListener, path: string): readonly Action[] {
  const matching = rules.filter(
    (rule) => !rule.forNamedRanges && (rule.paths?.some((pattern) => matchesPath(pattern, path)) ?? true),
  );
  const end = matching.findIndex(({ narrowed, uncertain }) => !narrowed && !uncertain);
  const surely = end < 0 ? [...matching.map(toAnswer), defaultAction] : matching.slice(0, end + 1).map(toAnswer);
  const isSettled = matching.slice(0, end < 0 ? undefined : end).every(({ uncertain }) => !uncertain);
  return isSettled ? surely : surely.map(() => "unknown");
}

const toAnswer = ({ action, uncertain }: WebRule): Action => (uncertain ? "unknown" : action);
