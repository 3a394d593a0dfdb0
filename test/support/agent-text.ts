import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFile } from "../../model/project.ts";

/** All of the machines' programs, for a search of what they say. */
export function agentText(): string {
  const folder = projectFile("machine/agent");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".py"));
  return names.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
}
