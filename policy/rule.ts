import type { Resource } from "../recording/read/plain.ts";

export type { Resource } from "../recording/read/plain.ts";

export type Cloud = "aws" | "alibaba";

export type Concern = "exposure" | "encryption" | "identity" | "images" | "durability" | "logging" | "tags" | "naming";

/** What is wrong with one resource, e.g. `encrypted is false, has to be true`. */
export interface Fault {
  readonly on: Resource;
  readonly fault: string;
}

export interface Rule {
  /** In kebab-case, unique. */
  readonly id: string;
  readonly concern: Concern;
  /** Checks that others publish for the same thing; "own" where nobody checks it on that cloud. */
  readonly sources: Readonly<Record<Cloud, readonly string[]>>;
  readonly demands: string;
  /** What to do, as an order: "set ...". */
  readonly remedy: string;
  /** Types that it looks at. Without any on a cloud, `notOn` says why. */
  readonly looksAt: Readonly<Record<Cloud, readonly string[]>>;
  readonly notOn?: Readonly<Partial<Record<Cloud, string>>>;
  /** Sees all resources of a stack at once, in plain form. */
  readonly find: (resources: readonly Resource[]) => readonly Fault[];
}

export interface Finding {
  readonly rule: string;
  /** Logical name of the resource. */
  readonly name: string;
  /** Whole URN, or its last two parts, type and name, where the reader gave none. */
  readonly urn: string;
  /** What is wrong and what to do. */
  readonly message: string;
  readonly remedy: string;
}

const prefixes: Readonly<Record<Cloud, string>> = { aws: "aws:", alibaba: "alicloud:" };

/** Types sorted by cloud. */
export function byCloud(types: readonly string[]): Rule["looksAt"] {
  const of = (cloud: Cloud): readonly string[] => types.filter((type) => type.startsWith(prefixes[cloud]));
  return { aws: of("aws"), alibaba: of("alibaba") };
}
