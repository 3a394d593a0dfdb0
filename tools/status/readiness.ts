import { type Line, wordsOf } from "./lines.ts";

/** A machine whose applications do not run yet, by its own newest words (ready.py and setup.py of machine/agent/). */
export interface NotReady {
  readonly machine: string;
  /** `late` after three minutes; `failed` after a start that came to nothing, however many more there are. */
  readonly state: "starting" | "late" | "failed";
  readonly reason: string;
}

function said(machine: string, text: string): NotReady | "ready" | undefined {
  const { step, state, app, reason = "", seconds, starts, attempt } = wordsOf(text);
  if (step === "watch" && state === "member") return "ready";
  if (step === "start" && state === "failed") return { machine, state: "failed", reason: `start ${starts}: ${reason}` };
  if (step === "setup" && state === "failed")
    return { machine, state: "failed", reason: `setup script, attempt ${attempt}: ${reason}` };
  if (step !== "ready") return undefined;
  if (state === "late") return { machine, state, reason: `${seconds} s: ${reason}` };
  return state === "waiting" ? { machine, state: "starting", reason: `${app}: ${reason}` } : undefined;
}

/** The newest word of each machine. A later attempt that starts is still one of a machine that was late or failed. */
export function notReady(lines: readonly Line[]): readonly NotReady[] {
  const found = new Map<string, NotReady>();
  for (const { machine, text: line } of lines) {
    const word = said(machine, line);
    if (word === "ready") found.delete(machine);
    else if (
      word !== undefined &&
      (word.state !== "starting" || (found.get(machine)?.state ?? word.state) === "starting")
    )
      found.set(machine, word);
  }
  return [...found.values()];
}
