import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { CommandError } from "../cli/faults.ts";
import { finished } from "../cli/subprocess.ts";

/** Runs the cloud's own command line, which knows the operator's profiles and sessions. */
export type Cli = (words: readonly string[]) => Promise<string>;

const longestMilliseconds = 900_000;
const lastBytes = 2000;

const install = {
  aws: "Install the AWS CLI (https://docs.aws.amazon.com/cli/), then run: aws configure",
  aliyun: "Install the Alibaba Cloud CLI (https://www.alibabacloud.com/help/cli/), then run: aliyun configure",
} as const;

/** In a process group of its own: a Ctrl-C ends the drill, and not the call that takes the machine away. */
export const cliOf =
  (name: keyof typeof install): Cli =>
  async (words) => {
    const env = { ...process.env, AWS_PAGER: "" };
    const options = { env, detached: true, milliseconds: longestMilliseconds };
    const { status, out, all, isMissing } = await finished(name, words, options);
    if (status === 0) return out;
    if (isMissing === true) throw new CommandError(`${name}: ${all}. ${install[name]}`);
    const said = all.trim().slice(-lastBytes);
    throw new CommandError(`${name} ${words.slice(0, 2).join(" ")}: ${said || `exit code ${status}`}`);
  };

/** Gives text to a command as a file, which goes away with it. */
export async function withFile<T>(content: string | Buffer, use: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "restore-drill-"));
  try {
    const file = join(folder, "content");
    writeFileSync(file, content);
    return await use(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** An answer of the form that is needed of it. */
export function answer<T>(form: z.ZodType<T>, text: string, what: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CommandError(`${what}: the response is not JSON: ${text.slice(0, 200)}`);
  }
  const read = form.safeParse(value);
  if (read.success) return read.data;
  throw new CommandError(`${what}: unexpected response: ${z.prettifyError(read.error)}`);
}
