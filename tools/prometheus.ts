import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "../config/fault.ts";
import { parse } from "../config/parse.ts";
import { isScraped } from "../model/operation/exporter.ts";
import type { GivenTo } from "./cli/commands.ts";
import { UsageError } from "./cli/faults.ts";
import { dashboardFile } from "./prometheus/dashboard.ts";
import { rulesFile } from "./prometheus/rules.ts";
import { scrapeFile, targetsScript } from "./prometheus/scrape.ts";
import { readStack } from "./stack-file/read.ts";

/** Writes what a Prometheus server and Grafana need to watch a stack's machines. */
export async function run({ cwd, config, out }: GivenTo<"prometheus">, words: readonly string[]): Promise<number> {
  const [stack] = words;
  if (stack === undefined || words.length > 1 || out === undefined)
    throw new UsageError("specify one stack and an output directory (--out DIR)");
  const { cluster, faults } = parse(readStack(cwd, stack, config));
  if (cluster === undefined) throw new ConfigError(faults);
  const files: readonly (readonly [name: string, text: string, mode: number])[] = [
    ["scrape.yml", scrapeFile(cluster), 0o644],
    ["alerts.yml", rulesFile(cluster), 0o644],
    ["dashboard.json", dashboardFile(cluster), 0o644],
    ...(cluster.cloud === "alibaba" ? [["targets.sh", targetsScript(cluster), 0o755] as const] : []),
  ];
  mkdirSync(out, { recursive: true });
  for (const [name, text, mode] of files) {
    writeFileSync(join(out, name), text, { mode });
    process.stderr.write(`${join(out, name)}\n`);
  }
  if (!isScraped(cluster))
    process.stderr.write(
      "The machines do not serve metrics until ams:monitoring.scrapeCidrs is set: pulumi config set --path 'ams:monitoring.scrapeCidrs[0]' 10.20.0.0/24\n",
    );
  return 0;
}
