import type { Fault } from "../fault.ts";
import type { RawConfig } from "../raw.ts";

/** More faults have one cause, and trying each remedy would take long. */
const mostTried = 10;

/**
 * Faults whose remedies have been tried: the first value that the whole configuration takes in place of the wrong one. A
 * value may have its form and still not fit another key.
 */
export function settled(
  faults: readonly Fault[],
  raw: RawConfig,
  faultsOf: (raw: RawConfig) => readonly Fault[],
): readonly Fault[] {
  return faults.length > mostTried ? faults : faults.map((fault) => settle(fault, raw, faultsOf));
}

function settle(fault: Fault, raw: RawConfig, faultsOf: (raw: RawConfig) => readonly Fault[]): Fault {
  for (const { at, value, fix } of fault.remedies ?? []) {
    const after = faultsOf({ ...raw, values: withValue(raw.values, at, value) as RawConfig["values"] });
    const next = after.find(({ path }) => path === fault.path);
    if (next === undefined) return { ...fault, fix };
    if (next.fix.startsWith("Set it with: ")) return { ...fault, fix: next.fix };
  }
  return fault;
}

function withValue(tree: unknown, [step, ...rest]: readonly PropertyKey[], value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(tree)) return tree.map((part, index) => (index === step ? withValue(part, rest, value) : part));
  const fields = typeof tree === "object" && tree !== null ? tree : {};
  return { ...fields, [step]: withValue(Reflect.get(fields, step), rest, value) };
}
