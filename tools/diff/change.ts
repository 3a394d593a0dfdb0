import type { Verdict } from "./force-new/force-new.ts";
import type { Fields } from "./planned.ts";
import type { ValueChange } from "./values.ts";

/** A change of one property, with what the provider makes of it. */
export interface PropertyChange extends ValueChange {
  readonly verdict: Verdict;
  /** Why it is not known whether the provider replaces the resource. */
  readonly why?: string;
}

export type Operation = "create" | "update" | "replace" | "delete";

export interface ResourceChange {
  readonly operation: Operation;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Empty for a new resource. */
  readonly before: Fields;
  /** Empty for a deleted resource. */
  readonly after: Fields;
  readonly changes: readonly PropertyChange[];
  /** The engine refuses it: the resource is protected. */
  readonly isRefused: boolean;
  /** The cloud's resource stays, only the stack forgets it. */
  readonly isRetained: boolean;
  /** The new name of a deleted resource, or the former one of a new one, where nothing but the name differs. */
  readonly renamed?: string;
}
