import { projectFile, projectFolder } from "../model/project.ts";
import { type Arguments, help, parseArguments } from "./capacity/arguments.ts";
import type { Answer } from "./capacity/asked.ts";
import { sourcesOf } from "./capacity/machines.ts";
import { runCommand } from "./diagram/arguments.ts";
import { chooseStacks } from "./plan/arguments.ts";
import { paintFor } from "./plan/style.ts";
import { stackNames } from "./stack-file.ts";

/** `npm run capacity`: what an audience needs, or what a stack carries. */
async function main(words: readonly string[]): Promise<void> {
  const asked = parseArguments(words);
  if (asked.help) {
    process.stdout.write(help);
    return;
  }
  if (asked.stack !== undefined) await showStack(asked.stack, asked, asked.directory ?? projectFolder);
  else await showAnswers(asked, asked.directory ?? projectFolder);
}

async function showStack(stack: string, asked: Arguments, directory: string): Promise<void> {
  chooseStacks([stack], stackNames(directory));
  // The SDKs load slowly: a fault in the command line is said without them.
  const [{ capacityOf }, { planStack }] = await Promise.all([
    import("./capacity/carried.ts"),
    import("./diagram/planned.ts"),
  ]);
  const planned = await planStack(directory, stack, asked.changes);
  const capacity = capacityOf(planned, asked.shape, asked.audience);
  const { cloud, groups } = capacity;
  if (asked.json) return print({ stacks: [capacity], sources: { [cloud]: sourcesOf(cloud) } });
  const { sourcesPage, stackPage } = await import("./capacity/page.ts");
  process.stdout.write(stackPage(capacity, paintFor(process.stdout, process.env)));
  if (asked.sources) process.stdout.write(`\n${sourcesPage(groups.map(({ limits }) => ({ cloud, limits })))}`);
}

async function showAnswers(asked: Arguments, directory: string): Promise<void> {
  if (asked.audience === undefined) return;
  const { answer } = await import("./capacity/asked.ts");
  const answers: Answer[] = [];
  for (const cloud of asked.clouds) answers.push(await answer(cloud, asked.audience, asked, directory));
  if (answers.some(({ carried }) => carried === undefined)) process.exitCode = 1;
  if (asked.json) {
    return print({
      clouds: answers,
      sources: Object.fromEntries(asked.clouds.map((cloud) => [cloud, sourcesOf(cloud)])),
    });
  }
  const { answerPage, sourcesPage } = await import("./capacity/page.ts");
  const paint = paintFor(process.stdout, process.env);
  process.stdout.write(answers.map((each) => answerPage(each, paint)).join("\n"));
  const used = answers.flatMap(({ cloud, origin, edge }) =>
    [origin, edge].map((sized) => ({ cloud, limits: sized?.limits ?? [] })),
  );
  if (asked.sources) process.stdout.write(`\n${sourcesPage(used)}`);
  else process.stdout.write("\nWhere the figures are from: --sources\n");
}

const print = (answer: object): void => void process.stdout.write(`${JSON.stringify(answer)}\n`);

if (process.argv[1] === projectFile("tools/capacity.ts")) {
  // A reader that has seen enough, such as head, is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(0);
  });
  void runCommand(() => main(process.argv.slice(2)));
}
