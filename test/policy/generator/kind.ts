import type { Thing } from "../broken.ts";
import type { Edit } from "./edits.ts";

/**
 * The oracle: what is unsafe of each kind of property, told by its name and what the vendors' documents say of it, and
 * not by the rule that has to find it. The first row that fits counts.
 */
export interface Kind {
  readonly what: string;
  /** Of `type path`, the type without its class: `aws:ec2/instance monitoring`. */
  readonly at: RegExp;
  readonly edits: readonly Edit[];
  /** On which resources it is unsafe; on any by default. */
  readonly on?: (thing: Thing) => boolean;
}

export const kind = (what: string, at: RegExp, edits: readonly Edit[], on?: Kind["on"]): Kind => ({
  what,
  at,
  edits,
  ...(on === undefined ? {} : { on }),
});

export const text = ({ props }: Thing): string => JSON.stringify(props);
