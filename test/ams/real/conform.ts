import { existsSync, readFileSync } from "node:fs";
import { ask, type Server } from "./ask.ts";
import { type Mode, type Question, type Row, rows } from "./conformance.ts";
import { type Answer, compare, hasField } from "./shapes.ts";
import type { Trial } from "./trial.ts";

export interface Outcome {
  readonly what: string;
  /** Empty when it holds. */
  readonly differences: readonly string[];
}

const nameOf = ({ method = "GET", path, by }: Question): string => `${method} ${path}, asked by ${by}`;

async function answerOf(question: Question, server: Server): Promise<Answer | Error> {
  try {
    return await ask(question, server);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function asked(row: Row, question: Question, standIn: Server, real: Server): Promise<readonly string[]> {
  const [ours, theirs] = [await answerOf(question, standIn), await answerOf(question, real)];
  if (ours instanceof Error) return [`the stand-in: ${ours.message}`];
  if (theirs instanceof Error) return [theirs.message];
  const field = row.field !== undefined && !hasField(theirs, row.field) ? [`no field ${row.field}`] : [];
  return [...compare(ours, theirs), ...field];
}

function fileIn(row: Row, { node, server }: Trial): readonly string[] {
  const { path = "", holds } = row.file ?? {};
  const place = `${node.ams}/${path.replace("/A/", `/${server.application}/`)}`;
  if (!existsSync(place)) return ["it is absent"];
  return holds === undefined || holds.test(readFileSync(place, "latin1"))
    ? []
    : [`it has no line like ${holds.source}`];
}

/** Asks both servers what the product relies on, each question once, and looks for its files. */
export async function conform(mode: Mode, standIn: Trial, real: Trial): Promise<readonly Outcome[]> {
  const found: Outcome[] = [];
  for (const row of rows) {
    if (row.file !== undefined) found.push({ what: row.file.path, differences: fileIn(row, real) });
    for (const question of row.questions ?? []) {
      if (question.mode !== undefined && question.mode !== mode) continue;
      const differences = await asked(row, question, standIn.server, real.server);
      found.push({ what: row.field === undefined ? nameOf(question) : `field ${row.field}`, differences });
    }
  }
  return found;
}

/** Rows that this run could not ask, with the reason. */
export function notAsked(modes: ReadonlyMap<Mode, string | undefined>): readonly string[] {
  return rows.flatMap(({ name, notAsked: why, questions = [] }) => {
    if (why !== undefined) return [`${name}: ${why}`];
    const left = questions.filter(({ mode }) => mode !== undefined && modes.get(mode) !== undefined);
    return left.length > 0 && left.length === questions.length
      ? [`${name}: ${modes.get(left[0]?.mode ?? "cluster")}`]
      : [];
  });
}
