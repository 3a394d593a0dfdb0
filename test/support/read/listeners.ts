import { cdnHeader } from "../../../model/traffic/cdn.ts";
import type { Action, Condition } from "../../../model/traffic/listeners.ts";
import type { TargetName } from "../../../model/traffic/targets.ts";
import { listenersOf, targetsOf } from "../../../recording/read/balancing.ts";
import type * as forms from "../../../recording/read/forms.ts";
import { nameOf } from "../../../recording/read/links.ts";
import type { Resource } from "../../../recording/read/plain.ts";
import type { ObservedListener, ObservedTarget } from "./observed.ts";
import { lastOf } from "./recorded.ts";

/** A listener of Alibaba Cloud can only forward by default, so the rule behind all others says what happens instead. */
const lastPriority = 10000;
/** Where such a listener forwards to: a group that nobody joins. */
const nobody = "nobody";

export const readListeners = (all: readonly Resource[]): readonly ObservedListener[] =>
  listenersOf(all).map(({ on, protocol = "?", port = 0, rules, defaultActions }) => {
    const last = rules.find(({ priority }) => priority === lastPriority);
    const byDefault = toAction(on.name, defaultActions);
    const isNobody = byDefault.kind === "forward" && (byDefault.to as string) === nobody;
    if (isNobody !== (last !== undefined)) throw new Error(`${on.name} has no clear default`);
    return {
      protocol,
      port,
      defaultAction: last === undefined ? byDefault : toAction(last.on.name, last.actions),
      rules: rules
        .filter((rule) => rule !== last)
        .map((rule) => ({
          priority: rule.priority ?? 0,
          when: toCondition(rule),
          action: toAction(rule.on.name, rule.actions),
        })),
    };
  });

function toCondition({ on, conditions }: forms.ListenerRule): Condition {
  const parts = conditions.map(({ kind, values, isKnown }): Condition => {
    if (!isKnown) throw new Error(`${on.name} is not known`);
    const texts = values.map(String);
    if (kind === "path") return { paths: texts };
    if (kind === "regex") return { pathRegexes: texts };
    if (kind === "source") return { sources: texts };
    if (kind === "header" && texts[0] === cdnHeader) return { fromCdn: true };
    const [, key = "", value = ""] = /^([^=]+)=(.*)$/.exec(texts.join(" or ")) ?? [];
    return { query: { key, value } };
  });
  return Object.assign({}, ...parts);
}

function toAction(name: string, actions: readonly forms.Action[]): Action {
  const [action, ...more] = actions;
  if (action === undefined || more.length > 0) throw new Error(`${name} has ${actions.length} actions`);
  const { kind, port = 0, status, targets } = action;
  if (kind === "redirect") return { kind, port };
  if (kind === "respond" && status === "403") return { kind: "deny" };
  if (kind !== "forward" || targets.length !== 1) throw new Error(`${name} does not forward to one target`);
  return { kind, to: lastOf(nameOf(targets[0]) ?? "") as TargetName };
}

export const readTargets = (all: readonly Resource[]): readonly ObservedTarget[] =>
  targetsOf(all)
    .map(({ on, port: _, ...target }) => ({ name: lastOf(on.name), ...target }))
    .filter(({ name }) => name !== nobody);
