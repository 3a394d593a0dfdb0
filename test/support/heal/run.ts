import { inspect, parseArgs } from "node:util";
import type { Cloud } from "../../../config/types.ts";
import { clouds } from "../contract.ts";
import { type Run, succeeded } from "../stack.ts";
import { makeBed } from "./bed.ts";
import { type FaultKind, faultKinds, type Plan } from "./faults.ts";
import { oneByOne, type Patient } from "./sweep.ts";

/** `npm run heal`: each resource operation of create, update and destroy fails once, in each way. Both clouds beside each other. */

const help = `Usage: npm run heal -- [--stack aws|alibaba] [--kind KIND]... [--every 1] [--mixed]

KIND: ${faultKinds.join(", ")}. --mixed takes the kinds in turn in one sweep in the place of a sweep for each.
`;

const { values } = parseArgs({
  options: {
    stack: { type: "string", multiple: true },
    kind: { type: "string", multiple: true },
    every: { type: "string", default: "1" },
    mixed: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

async function phaseOf(cloud: Cloud, patient: Patient, plan: Plan, perform: () => Promise<Run>): Promise<void> {
  const began = performance.now();
  const told = (count: number) => {
    if (count % 20 === 0) process.stdout.write(`${cloud} ${plan.phase}: ${count} survived\n`);
  };
  const { operations, survived } = await patient.survive(plan, perform, told);
  const seconds = (performance.now() - began) / 1000;
  const each = survived.length === 0 ? "" : `, ${(seconds / survived.length).toFixed(1)} s each`;
  const hit = `${survived.length} of ${operations} operations hit, all survived`;
  process.stdout.write(`${cloud} ${plan.phase} ${plan.kinds.join("+")}: ${hit}${each}\n`);
}

async function sweep(cloud: Cloud, kinds: readonly FaultKind[], every: number): Promise<void> {
  const { patient, remove } = await makeBed(cloud, "loaded");
  const { stack } = patient;
  const up = () => stack.up(...oneByOne);
  try {
    await phaseOf(cloud, patient, { phase: "create", kinds, every }, up);
    await patient.isWhole();
    stack.set("ams:tags.swept", "yes");
    await phaseOf(cloud, patient, { phase: "update", kinds, every }, up);
    await patient.isWhole();
    await patient.keptItsSecrets();
    stack.set("ams:protect", "false");
    succeeded(await stack.up());
    // Without its preview, which hits nothing.
    const down = () => stack.destroy(...oneByOne, "--skip-preview");
    await phaseOf(cloud, patient, { phase: "delete", kinds, every }, down);
    patient.isGone();
    await patient.keptItsSecrets();
  } finally {
    remove();
  }
}

/** Tells what went wrong at once: the other cloud may sweep on for an hour. */
async function sweepAll(cloud: Cloud, sweeps: readonly (readonly FaultKind[])[], every: number): Promise<boolean> {
  try {
    for (const kinds of sweeps) await sweep(cloud, kinds, every);
    return true;
  } catch (error) {
    process.stdout.write(`${cloud} is not healed: ${inspect(error)}\n`);
    return false;
  }
}

if (values.help) process.stdout.write(help);
else {
  const chosen = clouds.filter((cloud) => values.stack?.includes(cloud) ?? true);
  const kinds = faultKinds.filter((kind) => values.kind?.includes(kind) ?? true);
  const sweeps = values.mixed ? [kinds] : kinds.map((kind) => [kind]);
  const healed = await Promise.all(chosen.map((cloud) => sweepAll(cloud, sweeps, Number(values.every))));
  if (healed.includes(false)) process.exitCode = 1;
}
