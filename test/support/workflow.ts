import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { z } from "zod";

const project = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(project, ".github/workflows");

const permissions = z.record(z.string(), z.string());
const texts = z.record(z.string(), z.coerce.string());

const step = z.looseObject({
  name: z.string().optional(),
  id: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: texts.default({}),
  env: texts.default({}),
});

const concurrency = z.strictObject({ group: z.string(), "cancel-in-progress": z.boolean() });

const job = z.looseObject({
  if: z.string().optional(),
  needs: z.string().optional(),
  uses: z.string().optional(),
  environment: z.string().optional(),
  "timeout-minutes": z.number().optional(),
  permissions: permissions.optional(),
  concurrency: concurrency.optional(),
  env: texts.default({}),
  steps: z.array(step).default([]),
});

const workflow = z.looseObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions,
  concurrency: concurrency.optional(),
  defaults: z.unknown(),
  jobs: z.record(z.string(), job),
});

const action = z.looseObject({ runs: z.looseObject({ using: z.literal("composite"), steps: z.array(step) }) });

export type Step = z.infer<typeof step>;
export type Job = z.infer<typeof job>;
export type Workflow = z.infer<typeof workflow>;

let read: Readonly<Record<string, Workflow>> | undefined;

/** Every workflow by its file's name without the ending. */
export function workflows(): Readonly<Record<string, Workflow>> {
  read ??= readWorkflows();
  return read;
}

function readWorkflows(): Readonly<Record<string, Workflow>> {
  const files = readdirSync(folder).filter((file) => file.endsWith(".yml"));
  return Object.fromEntries(
    files.map((file) => [file.replace(".yml", ""), workflow.parse(parse(readFileSync(join(folder, file), "utf8")))]),
  );
}

/** The steps of the local actions that the workflows share. */
export function sharedSteps(): readonly Step[] {
  const actions = join(project, ".github/actions");
  return readdirSync(actions).flatMap(
    (name) => action.parse(parse(readFileSync(join(actions, name, "action.yml"), "utf8"))).runs.steps,
  );
}

/** The texts of all workflow and action files, by path from the project's root. */
export function sources(): readonly (readonly [path: string, text: string])[] {
  const root = join(project, ".github");
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yml") && !/^(ISSUE_TEMPLATE|dependabot)/.test(file))
    .map((file) => [file, readFileSync(join(root, file), "utf8")] as const);
}

/** The shell text of a step, by its name. */
export function script(workflowName: string, jobName: string, stepName: string): string {
  const found = workflows()[workflowName]?.jobs[jobName]?.steps.find((candidate) => candidate.name === stepName);
  if (found?.run === undefined)
    throw new Error(`${workflowName} has no step "${stepName}" with a script in ${jobName}`);
  return found.run;
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What the step wrote to $GITHUB_OUTPUT. */
  readonly output: string;
  /** What the step wrote to $GITHUB_STEP_SUMMARY. */
  readonly summary: string;
}

/** A directory in which steps run as on a runner: bash with -eo pipefail, and stand-ins first on the PATH. */
export class Bench {
  readonly directory = mkdtempSync(join(tmpdir(), "workflow-"));

  constructor() {
    mkdirSync(join(this.directory, "bin"));
  }

  path(...parts: readonly string[]): string {
    return join(this.directory, ...parts);
  }

  write(name: string, content: string | Uint8Array): void {
    writeFileSync(this.path(name), content);
  }

  read(name: string): string {
    return readFileSync(this.path(name), "utf8");
  }

  /** Puts a program, as a bash text, on the steps' PATH. */
  standIn(name: string, text: string): void {
    this.write(join("bin", name), `#!/bin/bash\n${text}\n`);
    chmodSync(this.path("bin", name), 0o755);
  }

  run(text: string, env: Readonly<Record<string, string>>, folder = ""): Ran {
    this.write("step.sh", text);
    this.write("output", "");
    this.write("summary", "");
    const run = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", this.path("step.sh")], {
      cwd: this.path(folder),
      encoding: "utf8",
      env: {
        PATH: `${this.path("bin")}:${process.env["PATH"] ?? ""}`,
        HOME: this.directory,
        GITHUB_OUTPUT: this.path("output"),
        GITHUB_STEP_SUMMARY: this.path("summary"),
        ...env,
      },
    });
    return {
      status: run.status,
      stdout: run.stdout,
      stderr: run.stderr,
      output: this.read("output"),
      summary: this.read("summary"),
    };
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
