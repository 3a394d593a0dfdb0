import type { Exception } from "../config/types.ts";
import type { Finding } from "./rule.ts";

/** A finding that an exception lets pass. */
export interface Excepted extends Finding {
  readonly reason: string;
  /** Last day on which it passes. */
  readonly until: string;
}

export interface Judgement {
  /** What stays found, and exceptions that don't count (any more). */
  readonly findings: readonly Finding[];
  readonly excepted: readonly Excepted[];
}

/** A day as exceptions have it, by UTC. */
export const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

const covers = (exception: Exception, { rule, name }: Finding): boolean =>
  exception.rule === rule && (exception.resource === undefined || exception.resource === name);

/**
 * What exceptions leave of findings on a day. One that has ended, or that names a rule that there isn't, lets nothing
 * pass and is a finding itself.
 */
export function judge(
  found: readonly Finding[],
  exceptions: readonly Exception[],
  ruleIds: readonly string[],
  today: string,
): Judgement {
  const isCurrent = ({ rule, until }: Exception): boolean => ruleIds.includes(rule) && until >= today;
  const current = exceptions.filter(isCurrent);
  const stale = exceptions.filter((exception) => !isCurrent(exception));
  return {
    findings: [
      ...found.filter((finding) => !current.some((exception) => covers(exception, finding))),
      ...stale.map((exception) => complain(exception, ruleIds)),
    ],
    excepted: found.flatMap((finding) => {
      const exception = current.find((one) => covers(one, finding));
      return exception === undefined ? [] : [{ ...finding, reason: exception.reason, until: exception.until }];
    }),
  };
}

function complain({ rule, resource, until, reason }: Exception, ruleIds: readonly string[]): Finding {
  const isKnown = ruleIds.includes(rule);
  const fault = isKnown
    ? `the exception to ${rule} expired on ${until} (reason: ${reason})`
    : `the exception is for ${rule}, which is not a rule`;
  const remedy = isKnown
    ? "correct the resource and remove the exception, or set a later date"
    : "correct the rule name, or remove the exception";
  return {
    rule: isKnown ? "exception-has-ended" : "exception-from-no-rule",
    name: resource ?? rule,
    urn: "",
    message: `${fault}; ${remedy}`,
    remedy,
  };
}
