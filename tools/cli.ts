import { readFileSync } from "node:fs";
import { Command } from "commander";
import { projectFile } from "../model/project.ts";
import { type CommandName, commands, type GivenTo } from "./cli/commands.ts";
import { commandLine, program } from "./cli/invocation.ts";
import { commandOf, configured, type Run, runWords } from "./cli/run.ts";

type Modules = {
  readonly [N in CommandName]: () => Promise<{
    readonly run: (given: GivenTo<N>, words: readonly string[]) => Promise<number | undefined>;
  }>;
};

/**
 * A command's module is loaded when it is asked for: the SDKs load slowly. start.mjs knows them by this form of their
 * paths, and reads no other command's.
 */
const modules: Modules = {
  init: () => import("./init.ts"),
  plan: () => import("./plan.ts"),
  diff: () => import("./diff.ts"),
  diagram: () => import("./diagram.ts"),
  report: () => import("./report.ts"),
  cost: () => import("./cost.ts"),
  capacity: () => import("./capacity.ts"),
  prometheus: () => import("./prometheus.ts"),
  verify: () => import("./verify.ts"),
  status: () => import("./status.ts"),
  apps: () => import("./apps.ts"),
  token: () => import("./token.ts"),
  load: () => import("./load.ts"),
  "restore-drill": () => import("./restore-drill.ts"),
};

function register<N extends CommandName>(all: Command, name: N): void {
  const run: Run<(typeof commands)[N]["options"]> = async (given, words) => (await modules[name]()).run(given, words);
  all.addCommand(commandOf(name, commands[name], run));
}

const all = configured(new Command(program), commandLine(program, "COMMAND [options]"))
  .description("Plans, prices, compares, draws and checks Ant Media Server clusters on AWS and Alibaba Cloud.")
  .version(String(JSON.parse(readFileSync(projectFile("package.json"), "utf8")).version))
  .addHelpText("after", `\nTo list a command's options: ${commandLine("plan", "--help")}`);
for (const name of Object.keys(commands) as CommandName[]) register(all, name);
void runWords(all, process.argv.slice(2));
