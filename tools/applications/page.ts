import type { Cluster } from "../../config/types.ts";
import { type Drift, isDrift } from "../../model/applications/drift.ts";
import type { Paint } from "../cli/terminal.ts";

/** The differences in lines for a person. */
export function driftPage({ applications = {}, applicationsMode }: Cluster, drift: Drift, paint: Paint): string {
  const names = Object.keys(applications);
  if (!isDrift(drift)) return `${names.join(", ")}: AMS matches the stack file\n`;
  const next =
    applicationsMode === "enforce"
      ? "The media machines restore these settings within two minutes. Any remaining differences are listed in their log (step=applications)."
      : "ams:applicationsMode is report, so the media machines do not change AMS's settings.";
  return [...driftLines(drift).map((line) => paint("red", line)), next, ""].join("\n");
}

export const driftLines = ({ missing, unnamed, differences }: Drift): readonly string[] => [
  ...missing.map((name) => `${name}: does not exist in AMS`),
  ...differences.map(
    ({ application, setting, wanted, live }) =>
      `${application}: ${setting} is ${JSON.stringify(live) ?? "not set"} in AMS, but ${JSON.stringify(wanted)} in the stack file`,
  ),
  ...unnamed.map((name) => `${name}: accepts publishers or viewers, but is not listed in the stack file`),
];
