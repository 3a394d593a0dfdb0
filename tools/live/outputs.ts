import { z } from "zod";
import { UsageError } from "../cli/faults.ts";
import { readInput } from "../cli/input.ts";
import { finished } from "../cli/subprocess.ts";

const record = z.object({ name: z.string(), type: z.enum(["CNAME", "ALIAS"]), value: z.string() });

/** What the tools need of a stack's outputs (providers/contract.ts); further keys are let be. */
const form = z.object({
  publishUrl: z.url(),
  playUrl: z.url(),
  cdnUrl: z.union([z.url(), z.literal("")]).default(""),
  rtmpUrl: z.union([z.url(), z.literal("")]).default(""),
  rtmpsUrl: z.union([z.url(), z.literal("")]).default(""),
  panelUrl: z.url(),
  statsUrl: z.union([z.url(), z.literal("")]).default(""),
  turnUri: z.string().default(""),
  turnsUri: z.string().default(""),
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
  const { status, out, all, isMissing } = await finished(pulumi, words, { cwd: directory });
  if (status === 0) return parseOutputs(out, `stack ${stack}`);
  if (isMissing) throw new UsageError(notFound(pulumi, stack));
  const hint = `To check that the stack is deployed, run pulumi stack ls. If it was deployed from another machine, run pulumi ${words.slice(0, 4).join(" ")} --stack ${stack} > outputs.json there, then use --outputs outputs.json`;
  throw new UsageError(`cannot read the outputs of ${stack}: ${all.trim().split("\n").slice(-3).join(" ")}\n${hint}`);
}

/** Where the command comes from, and how to do without it. */
function notFound(pulumi: string, stack: string): string {
  const what = pulumi === "pulumi" ? "pulumi is not on the PATH" : `PULUMI is set to ${pulumi}, which does not exist`;
  return [
    `cannot read the outputs of ${stack}: ${what}`,
    "Install the Pulumi CLI: curl -fsSL https://get.pulumi.com | sh (or https://www.pulumi.com/docs/install/)",
    `Alternatively, run pulumi stack output --json --show-secrets --stack ${stack} > outputs.json on a machine that has the CLI, then use --outputs outputs.json`,
  ].join("\n");
}

function parseOutputs(text: string, from: string): LiveOutputs {
  const { data, error } = form.safeParse(toJson(text, from));
  if (data !== undefined) return data;
  const faults = error.issues.map(({ path, message }) => `${path.join(".") || "the whole file"}: ${message}`);
  throw new UsageError(`${from} does not contain the outputs of a deployed cluster: ${faults.join("; ")}`);
}

function toJson(text: string, from: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${from} is not JSON; create it with: pulumi stack output --json --show-secrets`);
  }
}
