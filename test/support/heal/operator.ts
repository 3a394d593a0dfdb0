import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packages } from "../cloud/sdk.ts";
import type { Cloud } from "../cloud/server.ts";
import type { Standing } from "../cloud/store.ts";
import { type Run, type StackUnderTest, succeeded } from "../stack.ts";
import type { Fault } from "./faults.ts";

/** What `docs/recovery.md` tells the operator to do before the next `pulumi up`. */

interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly parent?: string;
  readonly provider?: string;
}

interface State {
  readonly resources?: readonly Resource[];
  readonly pending_operations?: readonly { readonly type: string; readonly resource: Resource }[];
}

/**
 * A file backend writes the attributes beside a state file in place: a kill in that moment leaves an empty file, and each
 * command says "failed to load checkpoint: EOF". The state itself is replaced in one step and is whole.
 */
export function removeEmptyAttributes(stack: StackUnderTest): void {
  const [project = ""] = readdirSync(stack.file("backend/.pulumi/stacks"));
  const folder = stack.file(`backend/.pulumi/stacks/${project}`);
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".attrs")))
    if (statSync(join(folder, name)).size === 0) rmSync(join(folder, name));
}

/** What `pulumi stack export` prints, read where the backend keeps it: a command of the engine's less for each look. */
export function stateOf(stack: StackUnderTest): State {
  const [project = ""] = readdirSync(stack.file("backend/.pulumi/stacks"));
  const file = stack.file(`backend/.pulumi/stacks/${project}/${stack.stack}.json`);
  return JSON.parse(readFileSync(file, "utf8")).checkpoint.latest;
}

/** Not in the cloud although the engine has them: a value, and a wait for something to end. */
const bodiless = /^random:|:CertificateValidation$/;

export const hasBody = ({ type }: { readonly type: string }): boolean => !bodiless.test(type);

/** What stands under the cluster's tag in the cloud's console and isn't in the state. */
export function leftovers(stack: StackUnderTest, cloud: Cloud): readonly Standing[] {
  const { resources = [] } = stateOf(stack);
  const known = new Set(resources.map(({ type, id }) => `${type} ${id}`));
  return cloud.standing().filter(({ type, id }) => !known.has(`${type} ${id}`));
}

/** Deleted in the console, a secret without its recovery window. */
function forget(cloud: Cloud, standing: Standing): void {
  const name = packages.find((candidate) => standing.type.startsWith(`${candidate}:`));
  if (name !== undefined) cloud.store(name).remove(standing, [], standing.id !== standing.inputs["name"]);
}

function deleteLeftovers(stack: StackUnderTest, cloud: Cloud): void {
  for (const standing of leftovers(stack, cloud)) forget(cloud, standing);
}

/** A create whose end the engine didn't see, with what stands for it in the cloud. */
interface Found {
  readonly resource: Resource;
  readonly id: string;
}

/** What `pulumi import --file` reads: each under the parent and the provider that the program gives it. */
function importFile(found: readonly Found[]): string {
  const nameTable: Record<string, string> = {};
  const reference = (urn: string): string => {
    const name = `known${Object.keys(nameTable).length}`;
    nameTable[name] = urn;
    return name;
  };
  const resources = found.map(({ id, resource: { urn, type, parent = "", provider = "" } }) => ({
    type,
    name: urn.split("::").pop(),
    id,
    parent: reference(parent),
    provider: reference(provider.slice(0, provider.lastIndexOf("::"))),
  }));
  return JSON.stringify({ nameTable, resources });
}

/**
 * Releases the lock, clears the creates whose end the engine didn't see, and imports those that the cloud has done.
 * `refresh --import-pending-creates` is not the way: the engine of Pulumi 3.258 forgets what it is told there.
 */
async function resume(stack: StackUnderTest, cloud: Cloud): Promise<readonly Run[]> {
  removeEmptyAttributes(stack);
  const cancelled = succeeded(await stack.run(["cancel", "--yes", "--stack", stack.stack]));
  const { pending_operations: pending = [] } = stateOf(stack);
  const creates = pending.filter(({ type }) => type === "creating").map(({ resource }) => resource);
  const refreshed = succeeded(await stack.refresh("--clear-pending-creates"));
  const missing = leftovers(stack, cloud).filter(hasBody);
  const found = creates.flatMap((resource) => {
    const made = missing.find(({ urn }) => urn === resource.urn);
    return made === undefined ? [] : [{ resource, id: made.id }];
  });
  if (found.length === 0) return [cancelled, refreshed];
  writeFileSync(stack.file("import.json"), importFile(found));
  const flags = ["--stack", stack.stack, "--yes", "--skip-preview", "--generate-code=false", "--protect=false"];
  const imported = succeeded(await stack.run(["import", "--file", stack.file("import.json"), ...flags]));
  return [cancelled, refreshed, imported];
}

/** Everything that has to be done by hand after a fault; what was printed on the way. */
export async function recover(fault: Fault, stack: StackUnderTest, cloud: Cloud): Promise<readonly Run[]> {
  const runs = fault.kind.startsWith("killed") ? await resume(stack, cloud) : [];
  if (fault.kind === "lost" && fault.phase === "create") deleteLeftovers(stack, cloud);
  return runs;
}
