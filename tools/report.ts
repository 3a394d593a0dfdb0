import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { projectFile } from "../model/project.ts";
import type { GivenTo } from "./cli/commands.ts";
import { toCosted } from "./cost/costed.ts";
import { monthlyCost } from "./cost/monthly.ts";
import { planStack } from "./diagram/planned.ts";
import { changesSince } from "./report/changes.ts";
import { findingsOn } from "./report/findings.ts";
import { page } from "./report/page.ts";
import type { Subject } from "./report/subject.ts";
import { chooseStacks } from "./stack-file/read.ts";

/** The stacks as a page that can be read offline. */
export async function run({ stack: asked, base, config, out, cwd }: GivenTo<"report">): Promise<number> {
  const changes = base === undefined ? undefined : await changesSince(base, config, cwd);
  const subjects: Subject[] = [];
  for (const stack of chooseStacks(asked.length === 0 ? ["all"] : asked, cwd)) {
    const planned = await planStack(cwd, stack, config);
    subjects.push({
      planned,
      cost: monthlyCost(toCosted(planned)),
      findings: findingsOn(planned.recording.resources, planned.cluster.exceptions),
      changes: changes?.byStack.get(stack),
    });
  }
  const html = page(subjects, changes?.title, madeFrom(cwd));
  if (out === undefined) process.stdout.write(html);
  else writeFileSync(out, html);
  return 0;
}

/** The date, the revision of the stack files where there is one, and this program's version. */
function madeFrom(directory: string): string {
  const git = (...words: readonly string[]): string =>
    (spawnSync("git", ["-C", directory, ...words], { encoding: "utf8" }).stdout ?? "").trim();
  const revision = git("rev-parse", "--short", "HEAD");
  const isChanged = git("status", "--porcelain", "--untracked-files=no") !== "";
  const version = String(JSON.parse(readFileSync(projectFile("package.json"), "utf8")).version);
  const parts = [
    `Generated on ${new Date().toISOString().slice(0, 10)}`,
    ...(revision === "" ? [] : [`from revision ${revision}${isChanged ? " with uncommitted changes" : ""}`]),
    `by ams-cluster ${version}`,
  ];
  return `${parts.join(" ")}.`;
}
