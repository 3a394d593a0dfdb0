import { parse } from "../../config/parse.ts";
import type { Cluster } from "../../config/types.ts";
import { raw } from "./raw.ts";

/** A valid cluster from the least configuration and what the test adds to it. */
export function cluster(values: Readonly<Record<string, unknown>> = {}): Cluster {
  const parsed = parse(raw(values));
  if (parsed.cluster === undefined) throw new Error(JSON.stringify(parsed.faults, undefined, 2));
  return parsed.cluster;
}

export const withTls = {
  certificate: { source: "existing", id: "x" },
  domain: { name: "live.example.com", zone: "example.com" },
} as const;
