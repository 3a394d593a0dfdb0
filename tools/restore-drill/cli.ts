import { spawn } from "node:child_process";
import { z } from "zod";
import { CommandError } from "../cli/faults.ts";

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
  (words) =>
    new Promise((resolve, reject) => {
      const child = spawn(name, words, {
        env: { ...process.env, AWS_PAGER: "" },
        stdio: ["ignore", "pipe", "pipe"],
        detached: true,
        timeout: longestMilliseconds,
      });
      let out = "";
      let errors = "";
      child.stdout.on("data", (part: Buffer) => (out += part.toString()));
      child.stderr.on("data", (part: Buffer) => (errors += part.toString()));
      child.once("error", ({ message }) => reject(new CommandError(`${name}: ${message}. ${install[name]}`)));
      child.once("close", (status) => {
        if (status === 0) return resolve(out);
        const said = (errors.trim() || out.trim()).slice(-lastBytes);
        reject(new CommandError(`${name} ${words.slice(0, 2).join(" ")}: ${said || `exit code ${status}`}`));
      });
    });

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
