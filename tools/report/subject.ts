import type { MonthlyCost } from "../cost/monthly.ts";
import type { Planned } from "../diagram/planned.ts";
import type { StackReport } from "../diff/report.ts";
import type { Finding } from "./findings.ts";

/** One stack of a report, with all that is told of it. */
export interface Subject {
  readonly planned: Planned;
  readonly cost: MonthlyCost;
  /** Undefined while the project has no policy. */
  readonly findings: readonly Finding[] | undefined;
  /** What changed since the base; undefined without a base. */
  readonly changes: StackReport | undefined;
}
