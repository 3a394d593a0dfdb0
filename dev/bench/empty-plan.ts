import { empty } from "./empty-cluster.ts";

/** What the SDK and start.mjs take for a plan's resources alone: a word for each stack, with how many outputs each has. */
async function main(stacks: readonly string[]): Promise<void> {
  for (const outputs of stacks) await empty(outputs.split(",").map(Number));
}

void main(process.argv.slice(2));
