import { z } from "zod";
import { UsageError } from "../cli/faults.ts";

/** A line of a machine's log, as the log service has it. */
export interface Line {
  readonly machine: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly text: string;
}

/** What the two clouds' command lines print: FilterLogEvents of CloudWatch Logs, GetLogsV2 of Simple Log Service. */
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
    .object({ data: z.array(z.object({ __source__: z.string(), __time__: z.coerce.number(), line: z.string() })) })
    .transform(({ data }): readonly Line[] =>
      data.map((log) => ({ machine: log.__source__, time: log.__time__ * 1000, text: log.line })),
    ),
]);

/** Without the escapes of JSON; as it stands if it is none, as a mask may have cut it. */
function unquoted(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    return value.replaceAll('"', "");
  }
}

/**
 * The words of a line of the agent's: key=value, with quotes as JSON has them where there is a space. The log has lines of
 * AMS as well, which may contain anything.
 */
export function wordsOf(text: string): Readonly<Record<string, string>> {
  if (!/^(ams-cluster: )?step=/.test(text)) return {};
  const found = [...text.matchAll(/(\w+)=("(?:[^"\\]|\\.)*"|\S+)/g)];
  return Object.fromEntries(found.map(([, key = "", value = ""]) => [key, unquoted(value)]));
}

/** In the order of their time; undefined for anything else. */
export function parsedLines(text: string): readonly Line[] | undefined {
  try {
    return [...printed.parse(JSON.parse(text))].sort((a, b) => a.time - b.time);
  } catch {
    return undefined;
  }
}

export function linesOf(text: string): readonly Line[] {
  const lines = parsedLines(text);
  if (lines !== undefined) return lines;
  throw new UsageError(
    "--lines: not the output of the log command that status prints; save that command's JSON output",
  );
}
