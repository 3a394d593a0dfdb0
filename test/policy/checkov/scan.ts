import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkovVersion, findCheckov } from "../../../dev/checkov.ts";
import { type Planned, toPlan } from "./plan.ts";

/** What Checkov says of one resource. */
export interface Result {
  readonly check: string;
  /** `TYPE.NAME`, as Terraform has it. */
  readonly address: string;
  readonly passed: boolean;
}

interface Found {
  readonly check_id: string;
  readonly resource: string;
  readonly file_path: string;
}

interface Report {
  readonly results?: { readonly passed_checks: readonly Found[]; readonly failed_checks: readonly Found[] };
  readonly summary?: { readonly parsing_errors: number };
}

/** Scans several stacks in one run, which costs seconds; by their names. */
export function scan(
  stacks: Readonly<Record<string, readonly Planned[]>>,
): Readonly<Record<string, readonly Result[]>> {
  const checkov = findCheckov();
  if (checkov === undefined)
    throw new Error(`No Checkov ${checkovVersion}: run \`npm run setup:test\`, which installs it.`);
  const directory = mkdtempSync(join(tmpdir(), "ams-checkov-"));
  try {
    for (const [name, resources] of Object.entries(stacks))
      writeFileSync(join(directory, `${name}.json`), JSON.stringify(toPlan(resources)));
    const names = Object.keys(stacks);
    const files = names.flatMap((name) => ["-f", join(directory, `${name}.json`)]);
    // Without --skip-download it asks a server for guidelines.
    const options = ["--framework", "terraform_plan", "--skip-download", "--compact", "--output", "json"];
    const run = spawnSync(checkov, [...files, ...options], { encoding: "utf8", maxBuffer: 2 ** 27 });
    const found = read(run.stdout, run.stderr);
    const of = (name: string) => found.filter(({ file }) => file.endsWith(`/${name}.json`)).map(({ result }) => result);
    return Object.fromEntries(names.map((name) => [name, of(name)]));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function read(stdout: string, stderr: string): readonly { readonly file: string; readonly result: Result }[] {
  if (!stdout.startsWith("{") && !stdout.startsWith("[")) throw new Error(`Checkov failed: ${stderr || stdout}`);
  const { results, summary }: Report = JSON.parse(stdout);
  if (results === undefined || summary?.parsing_errors !== 0) throw new Error(`Checkov read no plan: ${stdout}`);
  const toResults = (all: readonly Found[], passed: boolean) =>
    all.map(({ check_id: check, resource: address, file_path: file }) => ({
      file,
      result: { check, address, passed },
    }));
  return [...toResults(results.passed_checks, true), ...toResults(results.failed_checks, false)];
}
