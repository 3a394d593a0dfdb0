import { whole } from "../../config/parts.ts";
import type { Cloud, Cluster } from "../../config/types.ts";
import * as z from "../../config/zod.ts";
import type { MachineUse } from "../../model/groups/machine-use.ts";
import type { PublicAddresses } from "../../model/network/address-pool.ts";
import { type Limits, needsOf, quotaWarnings } from "../../model/operation/quota-needs.ts";
import { type QuotaKey, quotaKeys, quotaOf } from "../../model/operation/quotas.ts";
import { type TypeFacts, vcpusOfType } from "./check-types.ts";

const limit = (description: string, byDefault: number | undefined) =>
  whole(0, 1_000_000)
    .optional()
    .meta({
      description: `This account's "${description}" quota.`,
      source: byDefault === undefined ? "none: varies by account" : `${byDefault}, the default quota for a new account`,
    });

/** The form of `quotas` in a cloud's own block: those that the vendor raises. */
export function accountQuotas(cloud: Cloud) {
  const raised = quotaKeys.flatMap((key) => {
    const quota = quotaOf(cloud, key);
    return quota?.adjustable === true ? [[key, limit(quota.name, quota.default)] as const] : [];
  });
  const form = Object.fromEntries(raised) as Record<QuotaKey, ReturnType<typeof limit>>;
  return z.strictObject(form, { error: "an object that contains quotas" }).default({});
}

/** What the block of a checked configuration says; for tools, which have the configuration as it came. */
export function quotasIn(cloud: Cloud, block: unknown): Limits {
  const given: unknown = typeof block === "object" && block !== null ? Reflect.get(block, "quotas") : undefined;
  return accountQuotas(cloud).parse(given);
}

/** What a deployment says before its first resource of the quotas that its account doesn't have. */
export function warningsOf(
  cluster: Cluster,
  { gpuOf }: TypeFacts,
  limits: Limits,
  typeOf: (use: MachineUse) => string,
  addresses: PublicAddresses,
): readonly string[] {
  const factsOf = (use: MachineUse) => {
    const type = typeOf(use);
    return { vcpus: vcpusOfType(type), gpu: gpuOf(type) !== "none" };
  };
  const dependencies = needsOf(cluster, factsOf, addresses);
  return quotaWarnings(cluster, dependencies, limits);
}
