import assert from "node:assert/strict";
import { formatFault } from "../../config/fault.ts";
import { parse } from "../../config/parse.ts";
import type { RawConfig } from "../../config/raw.ts";

/** What a person reads about a configuration that is refused. */
export const faultsOf = (config: RawConfig): readonly string[] => parse(config).faults.map(formatFault);

/** It is refused for this, and for nothing else. */
export function assertOnlyFault(faults: readonly string[], expected: RegExp): void {
  assert.equal(faults.length, 1, faults.join("\n"));
  assert.match(faults[0] ?? "", expected);
}
