import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { projectFolder } from "../model/project.ts";
import { runCommand } from "../tools/diagram/arguments.ts";
import { stackFileSchema } from "./config-table/json-schema.ts";
import { page } from "./config-table/page.ts";
import { described } from "./config-table/project-file.ts";
import { readSections } from "./config-table/rows.ts";

const help = `Writes what is generated from the configuration's schema: docs/configuration.md, config.schema.json, and the
descriptions in Pulumi.yaml.

Usage: npm run config-table [-- options]

  --check      writes nothing; exit code 1 when a file is not current
  -h, --help   this text
`;

const options = { check: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;

/** What is generated, by file, from the file as it is. */
const generated: Readonly<Record<string, (now: string) => string>> = {
  "docs/configuration.md": () => page(readSections()),
  "config.schema.json": () => `${JSON.stringify(stackFileSchema(), undefined, 2)}\n`,
  "Pulumi.yaml": described,
};

/** `npm run config-table`. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  if (values.help === true) {
    process.stdout.write(help);
    return;
  }
  for (const [name, make] of Object.entries(generated)) {
    const file = join(projectFolder, name);
    const now = readFileSync(file, { encoding: "utf8", flag: "a+" });
    const text = make(now);
    if (values.check !== true) writeFileSync(file, text);
    else if (now !== text) {
      process.stderr.write(`${name} is not current. Write it with: npm run config-table\n`);
      process.exitCode = 1;
    }
  }
}

void runCommand(main);
