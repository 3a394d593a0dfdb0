import type { Judgement } from "../../policy/index.ts";
import type { MonthlyCost } from "../cost/monthly.ts";
import type { Planned } from "../diagram/planned.ts";
import type { StackReport } from "../diff/page/report.ts";

/** One stack of a report, with all that is told of it. */
export interface Subject {
  readonly planned: Planned;
  readonly cost: MonthlyCost;
  readonly findings: Judgement;
  /** What changed since the base; undefined without a base. */
  readonly changes: StackReport | undefined;
}
