import type { Cluster } from "../../config/types.ts";
import { type Drift, isDrift } from "../../model/applications/drift.ts";
import type { Paint } from "../cli/terminal.ts";

/** The differences in lines for a person. */
export function driftPage({ applications = {}, applicationsMode }: Cluster, drift: Drift, paint: Paint): string {
  const names = Object.keys(applications);
  if (!isDrift(drift)) return `${names.join(", ")}: AMS matches the stack file\n`;
  const next =
    applicationsMode === "enforce"
      ? "The media machines restore these settings within two minutes. Their log shows the differences that remain (step=applications)."
      : "ams:applicationsMode is report, so nothing is changed.";
  return [...driftLines(drift).map((line) => paint("red", line)), next, ""].join("\n");
}

export const driftLines = ({ missing, unnamed, differences }: Drift): readonly string[] => [
  ...missing.map((name) => `${name}: not in AMS`),
  ...differences.map(
    ({ application, setting, wanted, live }) =>
      `${application}: ${setting} is ${JSON.stringify(live) ?? "not set"}, in the stack file ${JSON.stringify(wanted)}`,
  ),
  ...unnamed.map((name) => `${name}: accepts publishers or viewers, but is not in the stack file`),
];
