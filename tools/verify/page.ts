import { assertNever } from "../../model/cluster.ts";
import type { Paint } from "../cli/terminal.ts";
import type { State } from "./check.ts";
import { countOf, type Result } from "./run.ts";

function mark(state: State, paint: Paint): string {
  switch (state) {
    case "pass":
      return paint("green", "ok     ");
    case "fail":
      return paint("red", "FAILED ");
    case "not-run":
      return paint("yellow", "not run");
    default:
      return assertNever(state);
  }
}

/** One line for a check; a failure has its cause and remedy below. */
export function lineOf({ id, title, state, said, cause, remedy }: Result, paint: Paint): string {
  const lines = [`${mark(state, paint)}  ${id.padEnd(18)}  ${title}: ${said}`];
  if (cause !== undefined) lines.push(paint("dim", `         likely cause: ${cause}`));
  if (remedy !== undefined) lines.push(paint("dim", `         remedy:       ${remedy}`));
  return `${lines.join("\n")}\n`;
}

export function summaryOf(results: readonly Result[]): string {
  const [ok, failed, left] = (["pass", "fail", "not-run"] as const).map((state) => countOf(results, state));
  return `${ok} ok, ${failed} failed, ${left} not run\n`;
}
