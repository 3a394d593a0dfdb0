import type { Deployed } from "../cli/deployed.ts";
import { UsageError } from "../cli/faults.ts";
import { readInput } from "../cli/input.ts";
import { namesOf } from "./names.ts";
import { trusting, type Wire } from "./protocols/wire.ts";

/** The way to the cluster, as the options say it. */
export function wireBy({ ca, from, resolve, dns }: Deployed, timeoutMilliseconds: number): Wire {
  const fixed = new Map(
    resolve.map((text) => {
      const [, host, address] = /^([^=]+)=([0-9a-f.:]+)$/i.exec(text) ?? [];
      if (host === undefined || address === undefined) throw new UsageError(`--resolve ${text}: must be HOST=ADDRESS`);
      return [host, address] as const;
    }),
  );
  const trust = ca === undefined ? undefined : trusting(readInput(ca, `--ca ${ca}`));
  return { names: namesOf({ servers: dns, fixed }), trust, from, timeoutMilliseconds };
}
