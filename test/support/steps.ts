import { readFileSync } from "node:fs";

export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Inputs that differ. */
  readonly diffs: readonly string[];
}

interface EngineEvent {
  readonly resourcePreEvent?: {
    readonly metadata: {
      readonly op: string;
      readonly urn: string;
      readonly type: string;
      readonly diffs?: readonly string[];
    };
  };
}

/** What an engine's log of events says was done or planned, without what stays the same. */
export function stepsOf(log: string): readonly Step[] {
  const lines = readLines(log);
  return lines.flatMap((line) => {
    const event: EngineEvent = JSON.parse(line);
    const metadata = event.resourcePreEvent?.metadata;
    if (metadata === undefined || metadata.op === "same") return [];
    const { op, urn, type, diffs = [] } = metadata;
    return [{ op, urn, type, diffs, name: urn.split("::").pop() ?? "" }];
  });
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line.trim() !== "");
  } catch {
    return [];
  }
}
