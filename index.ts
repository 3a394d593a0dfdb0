import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { ConfigError } from "./config/fault.ts";
import { projectFile } from "./model/project.ts";
import { check, loadAdapter, render } from "./providers/index.ts";
import { quietly } from "./providers/quiet.ts";
import { readConfig, readSecrets } from "./providers/stack-config.ts";

/** Pulumi Cloud shows the output of this name on the stack's page, with the outputs that it names. */
const readme = readFileSync(projectFile("Pulumi.README.md"), "utf8");

// When the engine is killed, the SDK writes of its failure to a closed pipe, fails at that, writes of it, and so on until
// the memory is full.
for (const pipe of [process.stdout, process.stderr]) pipe.on("error", () => process.exit(1));

/** The Pulumi program: configuration -> checked cluster -> the cloud's adapter -> stack outputs. */
export default async function program() {
  try {
    const raw = readConfig();
    await loadAdapter(raw);
    const checked = check(raw);
    // What it saves: docs/speed.md. Where an error of the program itself comes from, `npm run plan` tells too.
    const cluster = quietly(() => render(checked, readSecrets()));
    return { ...cluster.outputs, readme };
  } catch (error) {
    // A RunError is printed as its message alone.
    if (error instanceof ConfigError) throw quickToPrint(new pulumi.RunError(error.message));
    throw error instanceof Error
      ? quickToPrint(error, `To locate the error, run: npm run plan -- ${pulumi.getStack()}`)
      : error;
  }
}

/**
 * Pulumi prints what a program throws with util.inspect in colours, and as its message alone where it has no stack. Node
 * 20's inspect never ends on a stack line such as `node_modules/@pulumi/resource.ts` (it looks for a second slash behind
 * the scope) and fills memory for up to a minute until the text is too long (pulumi/pulumi issue 20567): the error says
 * itself how it is shown.
 */
function quickToPrint<E extends Error>(error: E, hint = ""): E {
  const text = `${error.stack ?? String(error)}\n${hint}`.trim();
  return Object.defineProperties(error, { stack: { value: text }, [inspect.custom]: { value: () => text } });
}
