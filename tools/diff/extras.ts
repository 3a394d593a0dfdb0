import { review } from "../../policy/index.ts";
import { monthlyCost } from "../cost/monthly.ts";
import { costDelta } from "../cost/delta.ts";
import type { CostedStack } from "../cost/usage.ts";
import { compare } from "./compare.ts";
import type { PlannedStack } from "./planned.ts";
import { type Extras, reportOn, type StackReport } from "./report.ts";
import type { Pair } from "./sides.ts";

/** All that is said about a stack's two plans, to every reader alike. */
export function reportOnPair({ before, after, secrets }: Pair): StackReport {
  const diff = compare(before, after, secrets);
  return reportOn(diff, undefined, diff.resources.length === 0 ? undefined : extrasOf(before, after));
}

/** What other rooms say about the two plans of a stack. */
export const extrasOf = (before: PlannedStack, after: PlannedStack): Extras => ({
  findings: newFindings(before, after),
  cost: costDelta(monthlyCost(toCosted(before)), monthlyCost(toCosted(after))),
});

/** Policy findings of the newer plan that the older one doesn't have, less what their exceptions let pass. */
export function newFindings(before: PlannedStack, after: PlannedStack): readonly string[] {
  const [old, own] = [before, after].map(({ resources, exceptions = [] }) =>
    review(
      resources.map(({ type, name, inputs }) => ({ type, name, props: inputs })),
      exceptions,
    ).findings.map(({ rule, name, message }) => `${rule}: ${name}: ${message}`),
  );
  return (own ?? []).filter((finding) => !old?.includes(finding));
}

/** A plan doesn't name the licence, but where a key's secret goes. */
function toCosted({ stack, cloud, resources }: PlannedStack): CostedStack {
  const hasKey = resources.some(({ secrets }) => Object.values(secrets).flat().includes("config.ams:licenceKey"));
  return { stack, cloud, resources, licence: hasKey ? "key" : "marketplace" };
}
