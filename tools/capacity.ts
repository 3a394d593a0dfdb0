import { sourcesOf } from "../model/capacity/machines.ts";
import type { Answer } from "./capacity/asked.ts";
import { type Request, requestOf } from "./capacity/request.ts";
import type { GivenTo } from "./cli/commands.ts";
import { terminalFor } from "./cli/terminal.ts";
import { chooseStacks, readStack } from "./stack-file/read.ts";

type Asked = GivenTo<"capacity">;

/** What an audience needs, or what a stack carries. */
export async function run(given: Asked): Promise<number> {
  const request = requestOf(given);
  return given.stack === undefined ? await showAnswers(request, given) : await showStack(given.stack, request, given);
}

async function showStack(stack: string, request: Request, { cwd, config, json, sources }: Asked): Promise<number> {
  chooseStacks([stack], cwd);
  // The SDKs load slowly: a fault in the command line is said without them.
  const [{ addressQuotas }, { capacityOf }, { planStack }, { quotasIn }] = await Promise.all([
    import("./capacity/address-quotas.ts"),
    import("./capacity/carried.ts"),
    import("./diagram/planned.ts"),
    import("../providers/shared/account-quotas.ts"),
  ]);
  const planned = await planStack(cwd, stack, config);
  const capacity = capacityOf(planned, request.shape, request.audience);
  const { cloud, groups } = capacity;
  const quotas = addressQuotas(planned, quotasIn(cloud, readStack(cwd, stack, config).values[cloud]));
  if (json) return print({ stacks: [{ ...capacity, quotas }], sources: { [cloud]: sourcesOf(cloud) } });
  const { sourcesPage, stackPage } = await import("./capacity/page.ts");
  process.stdout.write(stackPage(capacity, terminalFor(process.stdout, process.env), quotas));
  if (sources) process.stdout.write(`\n${sourcesPage(groups.map(({ limits }) => ({ cloud, limits })))}`);
  return 0;
}

async function showAnswers(request: Request, { cwd, json, sources }: Asked): Promise<number> {
  const { audience, clouds } = request;
  if (audience === undefined) return 0;
  const { answer } = await import("./capacity/asked.ts");
  const answers: Answer[] = [];
  for (const cloud of clouds) answers.push(await answer(cloud, audience, request, cwd));
  const code = answers.some(({ carried }) => carried === undefined) ? 1 : 0;
  if (json) {
    return print(
      { clouds: answers, sources: Object.fromEntries(clouds.map((cloud) => [cloud, sourcesOf(cloud)])) },
      code,
    );
  }
  const { answerPage, sourcesPage } = await import("./capacity/page.ts");
  const terminal = terminalFor(process.stdout, process.env);
  process.stdout.write(answers.map((each) => answerPage(each, terminal)).join("\n"));
  const used = answers.flatMap(({ cloud, origin, edge }) =>
    [origin, edge].map((sized) => ({ cloud, limits: sized?.limits ?? [] })),
  );
  process.stdout.write(`\n${sources ? sourcesPage(used) : "To list the sources, add --sources\n"}`);
  return code;
}

function print(answer: object, code = 0): number {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
  return code;
}
