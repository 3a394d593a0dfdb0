import { loopback } from "../support/loopback.ts";
import type { Outcome } from "../support/probes.ts";
import type { Answer } from "./client.ts";
import { domain } from "./rig.ts";

/** Which row of the table answered, as a client can tell; the panel's target is the origins with a cookie. */
export function answered({ status, headers }: Answer, port: number): Outcome {
  if (status === 403) return "deny";
  if (status === 421) return "misdirected";
  if (status >= 301 && status <= 308) {
    const to = new URL(headers.location ?? "");
    return to.hostname === domain ? `redirect ${to.port === "" ? 443 : to.port}` : `redirect to ${headers.location}`;
  }
  if (status !== 200) return `${status} at ${port}`;
  if (headers["set-cookie"]?.some((cookie) => cookie.startsWith("AMSNODE=")) === true) return "panel";
  return String(headers["x-node"]).startsWith(`${loopback}.2.`) ? "origin" : "edge";
}
