import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "fflate";
import type { Cloud as CloudName } from "../../config/types.ts";
import { packages } from "./cloud/sdk.ts";
import type { Cloud } from "./cloud/server.ts";
import { isValues, type Value, type Values } from "./cloud/wire.ts";
import { type StackUnderTest, type Step, succeeded } from "./stack.ts";

/** The state that the last release made of a shipped stack file, on the stand-in cloud: what an upgrade begins with. */

interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly inputs?: Values;
  readonly outputs?: Values;
}

interface Deployment {
  readonly deployment: { readonly resources: readonly Resource[] };
}

const fileOf = (cloud: CloudName): string =>
  fileURLToPath(new URL(`../golden/state.${cloud}.json.gz`, import.meta.url));

/** Where in somebody's directories a resource was made is of no use later. */
const isPlace = (key: string): boolean => key === "sourcePosition" || key === "stackTrace";

export function writeRelease(cloud: CloudName, state: string): void {
  const text = JSON.stringify(JSON.parse(state, (key, value) => (isPlace(key) ? undefined : value)));
  writeFileSync(fileOf(cloud), gzipSync(Buffer.from(text), { level: 9, mtime: 0 }));
}

/** Imports a state into the stack, and makes the stand-in cloud hold what it says. */
export async function importState(stack: StackUnderTest, cloud: Cloud, state: string): Promise<void> {
  writeFileSync(stack.file("state.json"), state);
  succeeded(await stack.run(["stack", "import", "--stack", stack.stack, "--file", stack.file("state.json")]));
  const shown = succeeded(await stack.run(["stack", "export", "--stack", stack.stack, "--show-secrets"])).stdout;
  const { deployment }: Deployment = JSON.parse(shown);
  for (const { urn, type, custom, id, inputs = {}, outputs = {} } of deployment.resources) {
    const name = packages.find((candidate) => type.startsWith(`${candidate}:`));
    if (!custom || id === undefined || name === undefined) continue;
    const secrets = Object.keys(outputs).filter((key) => hasSecret(outputs[key] ?? null));
    cloud.store(name).put({ id, type, urn, inputs: plain(inputs), outputs: plain(outputs), secrets });
  }
}

export const readRelease = (cloud: CloudName): string =>
  Buffer.from(gunzipSync(readFileSync(fileOf(cloud)))).toString("utf8");

/** A secret in a state that is shown with its secrets: its text as JSON, beside the engine's mark. */
const isSecret = (value: Value): value is { readonly plaintext: string } =>
  isValues(value) && typeof value["plaintext"] === "string";

function hasSecret(value: Value): boolean {
  if (isSecret(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some((part) => hasSecret(part ?? null));
}

function plain(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, plainOf(value ?? null)]));
}

function plainOf(value: Value): Value {
  if (isSecret(value)) return JSON.parse(value.plaintext);
  if (isValues(value)) return plain(value);
  return Array.isArray(value) ? value.map(plainOf) : value;
}

/** What an upgrade may do to nothing: deleted, or made anew in the place of what stood. */
export const losses = (steps: readonly Step[]): readonly string[] =>
  steps
    .filter(({ op }) => /delete|replace/.test(op))
    .map(({ op, urn }) => `${op} ${urn.split("::").slice(2).join(" ")}`);
