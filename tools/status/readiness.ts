import { z } from "zod";
import { UsageError } from "../cli/faults.ts";

/** A machine whose applications do not run yet, by its own newest words (ready.py and setup.py of machine/agent/). */
export interface NotReady {
  readonly machine: string;
  /** `late` after three minutes; `failed` after a start that came to nothing, however many more there are. */
  readonly state: "starting" | "late" | "failed";
  readonly reason: string;
}

interface Line {
  readonly machine: string;
  readonly time: number;
  readonly text: string;
}

/** What the two clouds' command lines print. */
const printed = z.union([
  z
    .object({ events: z.array(z.object({ logStreamName: z.string(), timestamp: z.number(), message: z.string() })) })
    .transform(({ events }): readonly Line[] =>
      events.map(({ logStreamName, timestamp, message }) => ({
        machine: logStreamName,
        time: timestamp,
        text: message,
      })),
    ),
  z
    .object({ logs: z.array(z.object({ __source__: z.string(), __time__: z.coerce.number(), line: z.string() })) })
    .transform(({ logs }): readonly Line[] =>
      logs.map((log) => ({ machine: log.__source__, time: log.__time__, text: log.line })),
    ),
]);

/** The words of a line: key=value, with quotes as JSON has them where there is a space. */
function wordsOf(text: string): Readonly<Record<string, string>> {
  const found = [...text.matchAll(/(\w+)=("(?:[^"\\]|\\.)*"|\S+)/g)];
  return Object.fromEntries(
    found.map(([, key = "", value = ""]) => [key, value.startsWith('"') ? String(JSON.parse(value)) : value]),
  );
}

function said(machine: string, text: string): NotReady | "ready" | undefined {
  const { step, state, app, reason = "", seconds, starts, attempt } = wordsOf(text);
  if (step === "watch" && state === "member") return "ready";
  if (step === "start" && state === "failed") return { machine, state: "failed", reason: `start ${starts}: ${reason}` };
  if (step === "setup" && state === "failed")
    return { machine, state: "failed", reason: `its setup script, attempt ${attempt}: ${reason}` };
  if (step !== "ready") return undefined;
  if (state === "late") return { machine, state, reason: `${seconds} s: ${reason}` };
  return state === "waiting" ? { machine, state: "starting", reason: `${app}: ${reason}` } : undefined;
}

/** The newest word of each machine. A later attempt that starts is still one of a machine that was late or failed. */
export function notReady(text: string): readonly NotReady[] {
  const found = new Map<string, NotReady>();
  for (const { machine, text: line } of [...linesOf(text)].sort((a, b) => a.time - b.time)) {
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

function linesOf(text: string): readonly Line[] {
  try {
    return printed.parse(JSON.parse(text));
  } catch {
    throw new UsageError("--lines: is not what the command that status prints for applications gives; save its JSON");
  }
}
