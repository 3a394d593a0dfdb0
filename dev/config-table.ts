import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../model/project.ts";
import { flag } from "../tools/cli/options.ts";
import { commandOf, runWords } from "../tools/cli/run.ts";
import { commandsPage } from "./config-table/commands-page.ts";
import { stackFileSchema } from "./config-table/json-schema.ts";
import { page } from "./config-table/page.ts";
import { described } from "./config-table/project-file.ts";
import { readSections } from "./config-table/rows.ts";

/** What is generated, by file, from the file as it is. */
const generated: Readonly<Record<string, (now: string) => string>> = {
  "docs/configuration.md": () => page(readSections()),
  "docs/commands.md": () => commandsPage(),
  "config.schema.json": () => `${JSON.stringify(stackFileSchema(), undefined, 2)}\n`,
  "Pulumi.yaml": described,
};

/** `npm run config-table`. */
const write = commandOf(
  "config-table",
  {
    summary:
      "Generates these files from the configuration schema and the command table: docs/configuration.md, " +
      "docs/commands.md, config.schema.json, and the descriptions in Pulumi.yaml.",
    options: { check: flag("check the files without writing them") },
    exitCodes:
      "0 if the files are written or up to date, 1 if a file is out of date, 2 if the command line is invalid.",
    examples: ["--check"],
  },
  async ({ check }) => {
    let code = 0;
    for (const [name, make] of Object.entries(generated)) {
      const file = join(projectFolder, name);
      const now = readFileSync(file, { encoding: "utf8", flag: "a+" });
      const text = make(now);
      if (!check) writeFileSync(file, text);
      else if (now !== text) {
        process.stderr.write(`${name} is out of date. Update it with: npm run config-table\n`);
        code = 1;
      }
    }
    return code;
  },
);

void runWords(write, process.argv.slice(2));
