import { whole } from "../model/form-parts.ts";
import type { QuotaKey } from "../model/quotas.ts";
import * as z from "../model/zod.ts";

/** The form of `quotas` in either cloud's own block. */
const limit = whole(0, 1_000_000).optional();

export const accountQuotas = z
  .strictObject(
    {
      rulesOfGroup: limit,
      groupsOfInterface: limit,
      webRules: limit,
      webListeners: limit,
      webTargets: limit,
      streamListeners: limit,
      streamTargets: limit,
      vcpus: limit,
      gpuVcpus: limit,
      spotVcpus: limit,
      elasticAddresses: limit,
      policyCharacters: limit,
      tags: limit,
    } satisfies Record<QuotaKey, typeof limit>,
    { error: "a group of quotas" },
  )
  .default({});

/** What the block of a checked configuration says; for tools, which have the configuration as it came. */
export function quotasIn(block: unknown): Readonly<Partial<Record<QuotaKey, number | undefined>>> {
  const given: unknown = typeof block === "object" && block !== null ? Reflect.get(block, "quotas") : undefined;
  return accountQuotas.parse(given);
}
