import { UsageError } from "../cli/faults.ts";
import { readInput } from "../cli/input.ts";
import { spawn } from "node:child_process";
import { z } from "zod";

const record = z.object({ name: z.string(), type: z.enum(["CNAME", "ALIAS"]), value: z.string() });

/** What the tools need of a stack's outputs (providers/contract.ts); further keys are let be. */
const form = z.object({
  publishUrl: z.url(),
  playUrl: z.url(),
  rtmpUrl: z.union([z.url(), z.literal("")]).default(""),
  panelUrl: z.url(),
  statsUrl: z.union([z.url(), z.literal("")]).default(""),
  panelUser: z.string(),
  panelSecret: z.string(),
  databaseEndpoint: z.string(),
  dnsRecordsToAdd: z.array(record).default([]),
  originGroup: z.string().default(""),
  edgeGroup: z.string().default(""),
  balancerGroup: z.string().default(""),
});

export type LiveOutputs = Readonly<z.infer<typeof form>>;

/** Of a file that `pulumi stack output --json --show-secrets` wrote. */
export function outputsFromFile(path: string): LiveOutputs {
  return parseOutputs(readInput(path), path);
}

/** Of a deployed stack, through Pulumi's command line, in the folder of the stack files. */
export async function outputsOfStack(stack: string, directory: string): Promise<LiveOutputs> {
  const pulumi = process.env["PULUMI"] || "pulumi";
  const words = ["stack", "output", "--json", "--show-secrets", "--non-interactive", "--stack", stack];
  const { status, out, all } = await finished(pulumi, words, directory);
  if (status === 0) return parseOutputs(out, `stack ${stack}`);
  const hint = `Is it deployed? See: pulumi stack ls. From elsewhere: pulumi ${words.slice(0, 4).join(" ")} --stack ${stack} > outputs.json, then --outputs outputs.json`;
  throw new UsageError(`the outputs of ${stack} can't be read: ${all.trim().split("\n").slice(-3).join(" ")}\n${hint}`);
}

function parseOutputs(text: string, from: string): LiveOutputs {
  const { data, error } = form.safeParse(toJson(text, from));
  if (data !== undefined) return data;
  const faults = error.issues.map(({ path, message }) => `${path.join(".") || "the whole"}: ${message}`);
  throw new UsageError(`${from} has no outputs of a deployed cluster: ${faults.join("; ")}`);
}

function toJson(text: string, from: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${from}: is no JSON; it is made by: pulumi stack output --json --show-secrets`);
  }
}

function finished(
  command: string,
  words: readonly string[],
  directory: string,
): Promise<{ readonly status: number | null; readonly out: string; readonly all: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, words, { cwd: directory, stdio: ["ignore", "pipe", "pipe"], timeout: 60_000 });
    let out = "";
    let errors = "";
    child.stdout.on("data", (part: Buffer) => (out += part.toString()));
    child.stderr.on("data", (part: Buffer) => (errors += part.toString()));
    child.once("error", (error) => resolve({ status: null, out, all: error.message }));
    child.once("close", (status) => resolve({ status, out, all: errors === "" ? out : errors }));
  });
}
