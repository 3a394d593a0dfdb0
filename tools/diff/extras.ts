import { existsSync } from "node:fs";
import { monthlyCost } from "../cost/monthly.ts";
import { costDelta } from "../cost/text.ts";
import type { CostedStack } from "../cost/usage.ts";
import { isJson, list, type PlannedStack } from "./planned.ts";
import type { Extras } from "./report.ts";

/**
 * Policy findings come from `policy/index.ts` once it is there: it exports
 * `check(resources: readonly {type, name, props}[]): readonly {rule, name, message}[]`, or a promise of that.
 */
type Check = (resources: readonly object[]) => unknown;

async function loadCheck(): Promise<Check | undefined> {
  const url = new URL("../../policy/index.ts", import.meta.url);
  if (!existsSync(url)) return undefined;
  const module: Readonly<Record<string, unknown>> = await import(url.href);
  const { check } = module;
  return typeof check === "function" ? (resources) => check(resources) : undefined;
}

/** What other rooms say about the two plans of a stack. */
export async function extrasOf(before: PlannedStack, after: PlannedStack): Promise<Extras> {
  const check = await loadCheck();
  const findings = check === undefined ? [] : await newFindings(check, before, after);
  return { findings, cost: costDelta(monthlyCost(toCosted(before)), monthlyCost(toCosted(after))) };
}

/** Findings of the newer plan that the older one doesn't have. */
export async function newFindings(check: Check, before: PlannedStack, after: PlannedStack): Promise<readonly string[]> {
  const findingsOf = async ({ resources }: PlannedStack): Promise<readonly string[]> => {
    const found = await check(resources.map(({ type, name, inputs }) => ({ type, name, props: inputs })));
    return list(found)
      .filter(isJson)
      .map(({ rule, name, message }) => `${String(rule)}: ${String(name)}: ${String(message)}`);
  };
  const [old, own] = [await findingsOf(before), await findingsOf(after)];
  return own.filter((finding) => !old.includes(finding));
}

/** A plan doesn't name the licence, but where a key's secret goes. */
function toCosted({ stack, cloud, resources }: PlannedStack): CostedStack {
  const hasKey = resources.some(({ secrets }) => Object.values(secrets).flat().includes("config.ams:licenceKey"));
  return { stack, cloud, resources, licence: hasKey ? "key" : "marketplace" };
}
