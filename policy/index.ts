import type { Exception } from "../config/types.ts";
import { keyOf } from "../recording/read/links.ts";
import { toPlain } from "../recording/read/plain.ts";
import { dayOf, type Judgement, judge } from "./exceptions.ts";
import type { Finding, Resource, Rule } from "./rule.ts";
import { cdn } from "./rules/cdn.ts";
import { durability } from "./rules/durability/durability.ts";
import { encryption } from "./rules/encryption/encryption.ts";
import { exposure } from "./rules/exposure/exposure.ts";
import { identity } from "./rules/identity/identity.ts";
import { images } from "./rules/images/images.ts";
import { knownTypes } from "./rules/known-types.ts";
import { logging } from "./rules/logging/logging.ts";
import { naming } from "./rules/naming/naming.ts";
import { tags } from "./rules/naming/tags.ts";
import { scopeOf } from "./scope.ts";

export type { Excepted, Judgement } from "./exceptions.ts";
export type { Cloud, Concern, Finding, Resource, Rule } from "./rule.ts";

const judging: readonly Rule[] = [
  ...exposure,
  ...encryption,
  ...identity,
  ...images,
  ...durability,
  ...logging,
  ...cdn,
  ...tags,
  ...naming,
];

/** Every rule, concern by concern. */
export const rules: readonly Rule[] = [...judging, knownTypes(judging)];

/** A resource of a recording, a plan or a preview; its values may be plain or know how to print themselves. */
export interface Checkable {
  readonly type: string;
  readonly name: string;
  readonly props: object;
  readonly urn?: string;
}

/** What the rules find fault with in a stack: all rules over all resources. */
export function check(resources: readonly Checkable[]): readonly Finding[] {
  return findingsOf(
    rules,
    resources.map((resource) => ({ ...resource, props: toPlain(resource.props) })),
  );
}

/** The same, less what exceptions let pass on a day. */
export const review = (
  resources: readonly Checkable[],
  exceptions: readonly Exception[],
  today: string = dayOf(new Date()),
): Judgement =>
  judge(
    check(resources),
    exceptions,
    rules.map(({ id }) => id),
    today,
  );

/** Of what only touches the cluster, names, tags and types are its owner's matter. */
const isOwnersMatter = ({ id, concern }: Rule): boolean =>
  concern === "tags" || concern === "naming" || id === "types-are-known";

/** What some rules find fault with, over resources in plain form. */
export function findingsOf(some: readonly Rule[], all: readonly Resource[]): readonly Finding[] {
  const { judged, isInside } = scopeOf(all);
  return some.flatMap((rule) =>
    rule
      .find(judged)
      .filter(({ on }) => isInside(on) || !isOwnersMatter(rule))
      .map(({ on, fault }) => ({
        rule: rule.id,
        name: on.name,
        urn: on.urn ?? keyOf(on),
        message: `${fault}; ${rule.remedy}`,
        remedy: rule.remedy,
      })),
  );
}
