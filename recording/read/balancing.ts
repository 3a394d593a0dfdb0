import * as alibaba from "../alibaba/balancing.ts";
import { alibabaType } from "../alibaba/types.ts";
import * as aws from "../aws/balancing.ts";
import { awsType } from "../aws/types.ts";
import type { Listener, ListenerRule, Target } from "./forms.ts";
import { keyOf, linkOf, perStack, targetOf } from "./links.ts";
import { isUnknown, type Resource } from "./plain.ts";

export const listenerTypes: readonly string[] = [
  awsType.listener,
  awsType.listenerRule,
  alibabaType.webListener,
  alibabaType.webRule,
];

/** Every listener of a stack, with the rules that are its own or, while nobody knows their listener, may be. */
export const listenersOf = perStack((all): readonly Listener[] => {
  const rules = all.flatMap((on) => aws.listenerRule(on) ?? alibaba.listenerRule(on) ?? []);
  const ordered = [...rules].sort((one, other) => (one.priority ?? -1) - (other.priority ?? -1));
  return all.flatMap((on) => {
    const found = aws.listener(on) ?? alibaba.listener(on);
    if (found === undefined) return [];
    const own = ordered.filter((rule) => isStray(all, rule) || linkOf(rule.listener) === keyOf(on));
    return [{ ...found, rules: own }];
  });
});

/** Whether nobody can say which listener a rule belongs to. */
export const isStray = (all: readonly Resource[], { listener }: ListenerRule): boolean =>
  isUnknown(listener) && targetOf(all, listener) === undefined;

export const targetsOf = (all: readonly Resource[]): readonly Target[] =>
  all.flatMap((on) => aws.target(on) ?? alibaba.target(on) ?? []);
