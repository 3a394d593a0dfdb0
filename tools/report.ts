import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { projectFolder } from "../model/project.ts";
import { toCosted } from "./cost/costed.ts";
import { monthlyCost } from "./cost/monthly.ts";
import { runCommand, toChanges } from "./diagram/arguments.ts";
import { planStack } from "./diagram/planned.ts";
import { FaultsError } from "./diff/sides.ts";
import { chooseStacks } from "./plan/arguments.ts";
import { changesSince } from "./report/changes.ts";
import { findingsOn } from "./report/findings.ts";
import { page } from "./report/page.ts";
import type { Subject } from "./report/subject.ts";
import { stackNames } from "./stack-file.ts";

const help = `One HTML page of the stacks side by side: diagram, listeners, firewall, resources, outputs, cost.

Usage: npm run report -- [options]

  --stack NAME         a stack with a file; may be given again; default: all
  --base REV           also shows the changes in the working tree since this revision
  --config KEY=VALUE   tries a change without touching the file; may be given again
  --out FILE.html      file to write; default: standard output
  --help               this text

The page loads nothing, needs no script and holds no secret.
`;

/** `npm run report`: the stacks as a page that can be read offline. */
async function main(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      stack: { type: "string", multiple: true, default: ["all"] },
      base: { type: "string" },
      config: { type: "string", multiple: true, default: [] },
      out: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const changes = values.base === undefined ? undefined : await changesSince(values.base, values.config);
  const subjects: Subject[] = [];
  for (const stack of chooseStacks(values.stack, stackNames(projectFolder))) {
    const planned = await planStack(projectFolder, stack, toChanges(values.config));
    subjects.push({
      planned,
      cost: monthlyCost(toCosted(planned)),
      findings: findingsOn(planned.recording.resources, planned.cluster.exceptions),
      changes: changes?.byStack.get(stack),
    });
  }
  const html = page(subjects, changes?.title);
  if (values.out === undefined) process.stdout.write(html);
  else writeFileSync(values.out, html);
}

void runCommand(() => main(process.argv.slice(2)), [FaultsError]);
