import { amsSettings } from "../../../model/ams/ams-settings.ts";
import { rows } from "./conformance.ts";

/** The releases that have most of the rows begin with it. */
const oldest = "2.10.0";

/** The rows as docs/machines.md shows them. */
export function table(): string {
  const heading = ["| kind | name | purpose |", "| --- | --- | --- |"];
  const newest = amsSettings().newestRelease;
  const lines = rows.map(({ kind, name, use, since, until = newest }) => {
    const releases = since === oldest && until === newest ? "" : ` (only ${since} to ${until})`;
    return `| ${kind} | ${name}${releases} | ${use} |`;
  });
  return `${[...heading, ...lines].join("\n")}\n`;
}
