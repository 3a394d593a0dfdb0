import { isStray, listenersOf } from "../../../recording/read/balancing.ts";
import type { Action, Condition, ListenerRule } from "../../../recording/read/forms.ts";
import { perStack } from "../../../recording/read/links.ts";
import { isUnknown, type Resource } from "../../../recording/read/plain.ts";
import { isAnybody } from "../../../recording/read/ports.ts";

/** What a web listener does with a request. */

/** `redirect` leads to HTTPS, `stray` elsewhere; `unknown` may be any of the others. */
export type Answer = "forward" | "deny" | "redirect" | "stray" | "unknown";

interface WebRule {
  /** Path patterns, one of which has to match; undefined for any path. */
  readonly paths: readonly string[] | undefined;
  /** Whether only named ranges of addresses match. */
  readonly forNamedRanges: boolean;
  /** Whether it also asks for something else, such as a query. */
  readonly narrowed: boolean;
  /** Whether some of it isn't known yet, even the listener that it belongs to. */
  readonly uncertain: boolean;
  readonly action: Answer;
}

export interface WebListener {
  readonly on: Resource;
  readonly encrypted: boolean;
  /** In the order in which the cloud tries them. */
  readonly rules: readonly WebRule[];
  readonly defaultAction: Answer;
}

/** Listeners that speak HTTP, with their rules. */
export const webListeners = perStack((all): readonly WebListener[] =>
  listenersOf(all)
    .filter(({ protocol }) => protocol === "http" || protocol === "https" || protocol === "quic")
    .map(({ on, protocol, rules, defaultActions }) => ({
      on,
      encrypted: protocol !== "http",
      rules: rules.map((rule) => toWebRule(rule, isStray(all, rule))),
      defaultAction: answerOf(defaultActions),
    })),
);

function toWebRule({ priority, conditions, actions }: ListenerRule, stray: boolean): WebRule {
  const ofKind = (...kinds: readonly Condition["kind"][]) => conditions.filter(({ kind }) => kinds.includes(kind));
  const paths = ofKind("path", "regex").flatMap(({ values }) => values);
  const sources = ofKind("source").flatMap(({ values }) => values);
  return {
    paths: ofKind("path", "regex").length > 0 && !paths.some(isUnknown) ? paths.map(String) : undefined,
    forNamedRanges:
      ofKind("source").length > 0 && !sources.some((range) => isUnknown(range) || isAnybody(String(range))),
    narrowed: ofKind("query", "header", "other").length > 0,
    uncertain: stray || priority === undefined || conditions.some(({ isKnown }) => !isKnown),
    action: answerOf(actions),
  };
}

function answerOf(actions: readonly Action[]): Answer {
  const answers = actions.map(({ kind, protocol }): Answer => {
    if (kind === "respond") return "deny";
    if (kind !== "redirect") return kind;
    return isUnknown(protocol) ? "unknown" : protocol === "HTTPS" ? "redirect" : "stray";
  });
  return (["forward", "unknown"] as const).find((one) => answers.includes(one)) ?? answers[0] ?? "unknown";
}

/** Whether a pattern of a balancer, with `*` and `?`, matches a path. */
function matchesPath(pattern: string, path: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`).test(path);
}

/** What anybody's request of a path may meet: all actions up to the first one that surely answers. */
export function answersTo({ rules, defaultAction }: WebListener, path: string): readonly Answer[] {
  const matching = rules.filter(
    (rule) => !rule.forNamedRanges && (rule.paths?.some((pattern) => matchesPath(pattern, path)) ?? true),
  );
  const end = matching.findIndex(({ narrowed, uncertain }) => !narrowed && !uncertain);
  const surely = end < 0 ? [...matching.map(toAnswer), defaultAction] : matching.slice(0, end + 1).map(toAnswer);
  const isSettled = matching.slice(0, end < 0 ? undefined : end).every(({ uncertain }) => !uncertain);
  return isSettled ? surely : surely.map(() => "unknown");
}

const toAnswer = ({ action, uncertain }: WebRule): Answer => (uncertain ? "unknown" : action);
