import { ConfigError, type Fault, formatFault } from "../../config/fault.ts";
import type { Cloud } from "../../config/types.ts";
import { projectFolder } from "../../model/project.ts";
import { check, loadAdapter } from "../../providers/index.ts";
import { UsageError } from "../cli/faults.ts";
import { optionName } from "../cli/run.ts";
import type { Change } from "../stack-file/config-path.ts";
import { readStack } from "../stack-file/read.ts";
import type { Answers } from "./answers.ts";
import { changesOf, examplesOf } from "./changes.ts";
import { isAbout, type Question, questions } from "./questions.ts";

/** Answers that the program takes, with what they change in the stack file that the project ships for the cloud. */
export interface Settled {
  readonly cloud: Cloud;
  readonly answers: Answers;
  readonly changes: readonly Change[];
  /** Values that are still to be replaced. */
  readonly examples: readonly Change[];
  readonly warnings: readonly string[];
}

/** Somebody to ask; an empty answer is the usual one. */
export interface Person {
  readonly ask: (question: string) => Promise<string>;
  readonly tell: (text: string) => void;
}

/** Asks until the program takes the answers. With nobody to ask, one UsageError has all that is missing or refused. */
export async function settle(stack: string, given: Answers, person?: Person): Promise<Settled> {
  let answers = given;
  for (;;) {
    answers = await complete(answers, person);
    try {
      return await checked(stack, answers);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const wrong = error.faults.flatMap((fault) => withQuestion(fault));
      // What no answer sets follows from an answer that is wrong.
      const faults = wrong.length === 0 ? error.faults : wrong.map((each) => inOptions(each, answers));
      const refused = faults.map(formatFault).join("\n");
      if (person === undefined || wrong.length === 0) throw new UsageError(refused);
      person.tell(refused);
      for (const { question } of wrong) answers = { ...answers, [question.key]: undefined };
    }
  }
}

async function complete(given: Answers, person: Person | undefined): Promise<Answers> {
  let answers = given;
  const missing: string[] = [];
  // The cloud decides which questions come after it.
  for (const question of questions) {
    const { key, usual, example } = question;
    const given = answers[key];
    if (!isAbout(question, answers)) {
      if (given !== undefined) throw new UsageError(`${optionName(key)}: not used with --cloud ${answers.cloud}`);
      continue;
    }
    if (given !== undefined) continue;
    const answer = person === undefined ? usual?.(answers) : await asked(question, answers, person);
    if (answer === undefined)
      missing.push(`${optionName(key)} is required, for example ${optionName(key)} ${example(answers)}`);
    answers = { ...answers, [key]: answer };
  }
  if (missing.length > 0) throw new UsageError(missing.join("\n"));
  return answers;
}

async function asked(
  { text, usual, lookup, allowed }: Question,
  known: Answers,
  { ask, tell }: Person,
): Promise<string> {
  const byDefault = usual?.(known);
  if (lookup !== undefined) tell(`To find it: ${lookup(known)}`);
  for (;;) {
    const typed = (await ask(`${text(known)}${byDefault ? ` [${byDefault}]` : ""}: `)).trim();
    const answer = typed === "" ? byDefault : typed;
    if (answer !== undefined && (allowed === undefined || allowed.includes(answer))) return answer;
  }
}

async function checked(stack: string, answers: Answers): Promise<Settled> {
  const cloud = answers.cloud === "alibaba" ? "alibaba" : "aws";
  const changes = changesOf(answers, cloud);
  const examples = examplesOf(answers, cloud);
  const raw = { ...readStack(projectFolder, cloud, [...changes, ...examples]), stack };
  await loadAdapter(raw);
  return { cloud, answers, changes, examples, warnings: check(raw).warnings };
}

interface Wrong {
  readonly fault: Fault;
  readonly question: Question;
}

function withQuestion(fault: Fault): readonly Wrong[] {
  const { path } = fault;
  const question = questions.find(({ paths }) => paths.some((each) => path === each || path.startsWith(`${each}[`)));
  return question === undefined ? [] : [{ fault, question }];
}

/** The fault in the words of the command line. */
function inOptions({ fault, question }: Wrong, known: Answers): Fault {
  const option = optionName(question.key);
  return { ...fault, path: option, fix: `For example: ${option} ${question.example(known)}` };
}
