import { chmodSync, cpSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { projectFile } from "../../model/project.ts";
import { requireEngine, type StackUnderTest } from "../support/stack.ts";

const source = fileURLToPath(new URL("../../policy", import.meta.url));

/**
 * Puts the pack beside a stack under test and gives what `--policy-pack` takes. An installed Pulumi takes the folder. The
 * language host that is built here is too old to start packs (its RunPlugin is "not supported"), but the engine also
 * takes a program: one that does what the launcher of the full distribution does, sdk/nodejs/dist/pulumi-analyzer-policy.
 */
export function placePack(stack: StackUnderTest): string {
  const pack = stack.file("policy/pack");
  cpSync(source, stack.file("policy"), { recursive: true });
  // What the rules read the resources with.
  cpSync(projectFile("recording"), stack.file("recording"), { recursive: true });
  if (requireEngine().readsOptions) return pack;
  const launcher = `${pack}/launcher`;
  const runner = stack.file("node_modules/@pulumi/pulumi/cmd/run-policy-pack");
  // Without the options that load tsx for the program: the pack does that itself.
  writeFileSync(launcher, `#!/bin/sh\nunset NODE_OPTIONS\ncd '${pack}' && exec node '${runner}' "$1" .\n`);
  chmodSync(launcher, 0o755);
  return launcher;
}
