import type { Action, Condition, Rule } from "../../model/listeners.ts";

/** What both proxies make of the listener table's rules: regular expressions, and few rules where the clouds need many. */

/** Silence after which a WebSocket or an RTMP connection is closed (seed 004: `timeout tunnel 2h`). */
export const tunnelSeconds = 7200;

/** Cookie that keeps the panel's sessions, which AMS has in memory under JSESSIONID, on their node. */
export const stickyCookie = "AMSNODE";

/** Where the certificate authority asks for its proof (RFC 8555, section 8.3). */
export const challengePath = "/.well-known/acme-challenge/";

/**
 * Dots that are left after decoding, with what Tomcat takes for a path parameter behind them: it would resolve
 * `/live/..;/rest/` to the panel's REST after the proxy has looked at the path. Browsers resolve plain dots themselves.
 */
export const dotSegment = "/\\.\\.?(?:;[^/]*)?(?:/|$)";

const quote = (text: string): string => text.replace(/[.+^${}()|[\]\\]/g, "\\$&");

/** Tomcat drops `;parameters` of each segment before it looks for the application. */
const parameters = "(?:;[^/]*)?";
const slash = "/(?:;[^/]*/)*";

/**
 * A pattern of the table as a regular expression over the decoded path without repeated slashes. What stands before the
 * first asterisk matches as Tomcat would understand it, since a pattern without one may guard; what follows is for routing
 * and stays plain, which also keeps the expression's work linear.
 */
export function pathRegex(pattern: string): string {
  const [head = "", ...tail] = pattern.split("*");
  const segments = head.split("/").slice(1);
  const guarded = segments.map((segment, index) => {
    if (index === segments.length - 1 && tail.length > 0) return `/${quote(segment)}`;
    return `${slash}${segment === "" ? "" : quote(segment)}${parameters}`;
  });
  return `^${guarded.join("")}${tail.map((text) => `.*${quote(text)}`).join("")}$`;
}

/** A condition without the clouds' limit of five values. */
interface Merged {
  readonly when: Condition;
  readonly action: Action;
}

const sameBut = ({ when: { sources, ...rest }, action }: Merged): string =>
  JSON.stringify([rest, action, sources === undefined]);

/** Rules in their order, with those that differ in their sources alone as one. */
export function mergedRules(rules: readonly Rule[]): readonly Merged[] {
  const merged: Merged[] = [];
  for (const { when, action } of [...rules].sort((a, b) => a.priority - b.priority)) {
    const last = merged.at(-1);
    if (last?.when.sources !== undefined && sameBut(last) === sameBut({ when, action })) {
      const sources = [...last.when.sources, ...(when.sources ?? [])];
      merged[merged.length - 1] = { action, when: { ...when, sources } };
    } else {
      merged.push({ when, action });
    }
  }
  return merged;
}
