import { addressWarnings, type Limits } from "../../model/operation/quota-needs.ts";
import { poolAddresses } from "../../recording/read/machines.ts";
import { toResources } from "../../recording/read/plain.ts";
import type { Planned } from "../diagram/planned.ts";
import { plannedNeeds } from "../plan/quota-needs.ts";

/** Quotas of public addresses to raise before a stack's machines can bind theirs; `limits`: those that the stack says its account has. */
export function addressQuotas(planned: Planned, limits: Limits): readonly string[] {
  const hasPool = poolAddresses(toResources(planned.recording.resources)).length > 0;
  return hasPool ? addressWarnings(planned.cluster, plannedNeeds(planned), limits) : [];
}
