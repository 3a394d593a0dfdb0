import { findingsOf, rules } from "../../../policy/index.ts";
import type { Finding, Resource, Rule } from "../../../policy/rule.ts";
import { isFields } from "../../../recording/read/plain.ts";
import { firstAt, put } from "./edits.ts";
import type { Kind } from "./kind.ts";
import { isSensitive, propertiesOf } from "./properties.ts";
import { kinds } from "./unsafe.ts";

/** A covered property of a type, with the rows of the oracle that fit. */
export interface Covered {
  readonly path: string;
  readonly kind: Kind;
}

export const shortType = (type: string): string => type.split(":").slice(0, 2).join(":");

const covered = new Map<string, readonly Covered[]>();

export function coveredOf(type: string): readonly Covered[] {
  const known = covered.get(type);
  if (known !== undefined) return known;
  const found = /^(aws|alicloud):/.test(type)
    ? propertiesOf(type)
        .filter(({ path }) => isSensitive(path))
        .flatMap(({ path }) => {
          const kind = kinds.find(({ at }) => at.test(`${shortType(type)} ${path}`));
          return kind === undefined ? [] : [{ path, kind }];
        })
    : [];
  covered.set(type, found);
  return found;
}

export interface Mutant {
  readonly what: string;
  /** `type path`, without what differs from variant to variant. */
  readonly property: string;
  readonly found: boolean;
}

const rulesFor = (type: string): readonly Rule[] =>
  rules.filter(({ looksAt }) => [...looksAt.aws, ...looksAt.alibaba].includes(type));

const keyOf = ({ rule, urn, message }: Finding): string => `${rule} ${urn} ${message}`;

/** Each covered property of each type of a stack, on the first resource where it is unsafe, set to each unsafe value. */
export function mutantsOf(all: readonly Resource[]): readonly Mutant[] {
  return [...new Set(all.map(({ type }) => type))].flatMap((type) => {
    const own = rulesFor(type);
    const before = new Set(findingsOf(own, all).map(keyOf));
    const isFound = (on: Resource, props: Resource["props"]): boolean =>
      findingsOf(
        own,
        all.map((one) => (one === on ? { ...one, props } : one)),
      ).some((finding) => !before.has(keyOf(finding)));
    return coveredOf(type).flatMap(({ path, kind }) =>
      kind.edits.flatMap((edit, index): readonly Mutant[] => {
        for (const on of all) {
          if (on.type !== type || kind.on?.(on) === false) continue;
          const edited = edit(firstAt(on.props, path));
          if (edited === undefined) continue;
          const props = put(on.props, path, edited.to);
          if (!isFields(props)) continue;
          return [
            { what: `${kind.what} (${index + 1})`, property: `${shortType(type)} ${path}`, found: isFound(on, props) },
          ];
        }
        return [];
      }),
    );
  });
}
