import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { projectFolder } from "../model/project.ts";
import { page } from "./config-table/page.ts";
import { readSections } from "./config-table/rows.ts";
import { runCommand } from "./diagram/arguments.ts";

const help = `Writes the table of every configuration key, docs/configuration.md, from the schema and the comments beside it.

Usage: npm run config-table [-- options]

  --check      writes nothing; exit code 1 when the page is not current
  -h, --help   this text
`;

const options = { check: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;

/** `npm run config-table`. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  if (values.help === true) {
    process.stdout.write(help);
    return;
  }
  const file = join(projectFolder, "docs/configuration.md");
  const text = page(readSections(projectFolder));
  if (values.check !== true) writeFileSync(file, text);
  else if (readFileSync(file, "utf8") !== text) {
    process.stderr.write("docs/configuration.md is not current. Write it with: npm run config-table\n");
    process.exitCode = 1;
  }
}

void runCommand(main);
