import type { SecurityRule } from "./forms.ts";
import { type Found, isUnknown, same } from "./plain.ts";

/** Protocols, ports and ranges of firewall rules, which both clouds write alike. */

export function protocolOf(value: Found): SecurityRule["protocol"] {
  if (value === undefined || isUnknown(value)) return undefined;
  return same(value, "-1") ? "all" : String(value).toLowerCase();
}

/** No port, or -1, means all of them. */
export function portsOf(ends: readonly [Found, Found]): SecurityRule["ports"] {
  if (ends.some(isUnknown)) return undefined;
  const [first, last] = ends.map((end) => (end === undefined || end === null ? -1 : Number(end)));
  return first === undefined || last === undefined || first < 0 || last < 0 ? [0, 65535] : [first, last];
}

/** Whether a range is so wide that it stands for anybody: two halves of the internet are the internet. */
export function isAnybody(range: string): boolean {
  if (!range.includes("/")) return ["0.0.0.0", "::"].includes(range);
  const prefix = Number(/\/(\d+)$/.exec(range)?.[1] ?? 128);
  return range.includes(":") ? prefix < 16 : prefix < 8;
}
