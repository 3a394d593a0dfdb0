import { review } from "../../policy/index.ts";
import { costDelta } from "../cost/delta.ts";
import { monthlyCost } from "../cost/monthly.ts";
import type { CostedStack } from "../cost/usage.ts";
import { compare } from "./compare.ts";
import { type Extras, reportOn, type StackReport } from "./page/report.ts";
import type { PlannedStack } from "./planned.ts";
import type { Pair } from "./sides.ts";

/** All that is said about a stack's two plans, to every reader alike. */
export function reportOnPair({ before, after, secrets }: Pair): StackReport {
  const diff = compare(before, after, secrets);
  return reportOn(diff, undefined, diff.resources.length === 0 ? undefined : extrasOf(before, after));
}

/** What other rooms say about the two plans of a stack. */
export function extrasOf(before: PlannedStack, after: PlannedStack): Extras {
  // An older revision's plan says nothing of the audience: then neither side's counts.
  const isSaid = before.stated !== undefined && after.stated !== undefined;
  const [old, own] = [before, after].map((side) => monthlyCost(toCosted(side, isSaid)));
  const cost = old === undefined || own === undefined ? {} : { cost: costDelta(old, own) };
  return { findings: newFindings(before, after), ...cost };
}

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

/** A plan that doesn't name the licence has where a key's secret goes. */
function toCosted({ stack, cloud, resources, stated }: PlannedStack, isSaid: boolean): CostedStack {
  const base = { stack, cloud, resources };
  if (isSaid && stated !== undefined) return { ...base, ...stated };
  const hasKey = resources.some(({ secrets }) => Object.values(secrets).flat().includes("config.ams:licenceKey"));
  return { ...base, licence: hasKey ? "key" : "marketplace" };
}
