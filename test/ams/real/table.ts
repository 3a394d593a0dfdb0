import { amsSettings } from "../../../model/ams/ams-settings.ts";
import { rows } from "./conformance.ts";

/** The rows as docs/machines.md shows them. */
export function table(): string {
  const heading = ["| kind | name | used for | releases |", "| --- | --- | --- | --- |"];
  const newest = amsSettings().newestRelease;
  const lines = rows.map(
    ({ kind, name, use, since, until = newest }) => `| ${kind} | ${name} | ${use} | ${since} to ${until} |`,
  );
  return `${[...heading, ...lines].join("\n")}\n`;
}
