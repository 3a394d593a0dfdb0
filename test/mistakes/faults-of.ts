import { ConfigError, type Fault } from "../../config/fault.ts";
import type { RawConfig } from "../../config/raw.ts";
import { check, loadAdapter } from "../../providers/index.ts";

/** What a configuration is refused for, as `npm run plan` and the program judge it. */
export async function faultsIn(raw: RawConfig): Promise<readonly Fault[]> {
  await loadAdapter(raw);
  try {
    check(raw);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.faults;
  }
}
