import { z } from "zod";
import type { Cluster } from "../../config/types.ts";
import { logGroup, logProject, logStore } from "../../model/naming.ts";
import { reasonOf } from "../cli/faults.ts";
import { finished } from "../cli/subprocess.ts";
import { readinessSeconds, readinessWords } from "../live/consoles.ts";
import { type Line, parsedLines } from "./lines.ts";
import { reportSeconds } from "./reports.ts";

/** What the log service has, or why it could not be asked. */
export interface Read {
  /** Undefined where nobody brought them. */
  readonly lines: readonly Line[] | undefined;
  readonly fault?: string | undefined;
}

/** What to look for: any of the texts, of the last seconds. */
interface Query {
  readonly words: readonly string[];
  readonly seconds: number;
}

/** What machines report each minute, and what has held some of them up for longer. */
const queriesFor = (cluster: Cluster): readonly Query[] => [
  { words: ["state=reports"], seconds: reportSeconds },
  { words: readinessWords, seconds: readinessSeconds(cluster) },
];

/** Through the cloud's own command line, with whatever it has been given there: this tool has no credentials of its own. */
export async function readLogs(cluster: Cluster, now: number): Promise<Read> {
  const found = await Promise.allSettled(queriesFor(cluster).map((query) => read[cluster.cloud](cluster, query, now)));
  const [fault] = found.flatMap((one) => (one.status === "rejected" ? [reasonOf(one.reason)] : []));
  const lines = found.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
  return {
    lines: lines.length === 0 && fault !== undefined ? undefined : lines.sort((a, b) => a.time - b.time),
    fault,
  };
}

/** Version 2 of AWS's command line has a pager, and version 1 no option against it. */
async function run(command: string, words: readonly string[]): Promise<string> {
  const { status, out, all, isMissing } = await finished(command, words, { env: { ...process.env, AWS_PAGER: "" } });
  if (isMissing) throw new Error(`${command} is not on the PATH`);
  const [last = ""] = all.trim().split("\n").slice(-1);
  if (status !== 0) throw new Error(`${command} ${words.slice(0, 2).join(" ")} failed: ${last}`);
  return out;
}

async function linesBy(command: string, words: readonly string[]): Promise<readonly Line[]> {
  const lines = parsedLines(await run(command, words));
  if (lines === undefined) throw new Error(`${command} ${words.slice(0, 2).join(" ")} did not print any log lines`);
  return lines;
}

const aws = async (cluster: Cluster, { words, seconds }: Query, now: number): Promise<readonly Line[]> => {
  const pattern = words.map((word) => `?"${word}"`).join(" ");
  const place = ["--region", cluster.region, "--log-group-name", logGroup(cluster)];
  const span = ["--start-time", String(Math.round(now - seconds * 1000))];
  const more = ["--filter-pattern", pattern, "--output", "json"];
  return await linesBy("aws", ["logs", "filter-log-events", ...place, ...span, ...more]);
};

/** GetLogsV2 gives no more at once. */
const pageSize = 100;
const mostPages = 50;

const alibaba = async (cluster: Cluster, { words, seconds }: Query, now: number): Promise<readonly Line[]> => {
  const project = `${logProject(cluster)}-${await account()}`;
  const end = Math.ceil(now / 1000);
  const place = ["--region", cluster.region, "--project", project, "--logstore", logStore];
  const span = ["--from", String(end - seconds), "--to", String(end), "--line", String(pageSize), "--reverse", "true"];
  const query = ["--query", words.map((word) => word.replace(/^.*=/, "")).join(" or "), "--accept-encoding", "lz4"];
  const lines: Line[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const offset = ["--offset", String(page * pageSize)];
    const found = await linesBy("aliyun", ["sls", "get-logs-v2", ...place, ...span, ...query, ...offset]);
    lines.push(...found);
    if (found.length < pageSize) break;
  }
  return lines;
};

/** The account's number ends the project's name. */
async function account(): Promise<string> {
  const answer: unknown = JSON.parse(await run("aliyun", ["sts", "GetCallerIdentity"]));
  return z.object({ AccountId: z.string() }).parse(answer).AccountId;
}

const read = { aws, alibaba } as const;

/** Machines report each minute, so that the service is not asked at each look of a watch. */
const pauseMilliseconds = 30_000;

/** The lines that were saved, or what the service has by now; no stack's file says where it is without one. */
export function logReader(saved: readonly Line[] | undefined, cluster: Cluster | undefined): () => Promise<Read> {
  let known: Read = { lines: saved };
  let next = 0;
  return async () => {
    if (saved !== undefined || cluster === undefined || Date.now() < next) return known;
    known = await readLogs(cluster, Date.now());
    next = Date.now() + pauseMilliseconds;
    return known;
  };
}
