import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../contract.ts";

/** A row of the table "The first hour" in docs/troubleshooting.md. */
export interface Row {
  /** The message, whose `…` stands for what differs. */
  readonly pattern: RegExp;
  /** What to run, in its order. */
  readonly commands: readonly string[];
}

const heading = "## The first hour";
const text = readFileSync(join(root, "docs/troubleshooting.md"), "utf8");
const [, section = ""] = text.split(`${heading}\n`);

const spans = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, span = ""]) => span);

const escaped = (part: string): string => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

export const rows: readonly Row[] = (section.split("\n## ")[0] ?? "")
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => {
    const [message = "", , remedy = ""] = line.slice(2, -2).split(" | ");
    const words = spans(message)[0] ?? "";
    return {
      pattern: new RegExp(words.split("…").map(escaped).join(".*")),
      commands: spans(remedy).filter((span) => span.startsWith("pulumi ")),
    };
  });
