import { parseArgs } from "node:util";
import type { Cloud } from "../../../model/cluster.ts";
import { clouds } from "../contract.ts";
import { succeeded } from "../stack.ts";
import { makeBed } from "./bed.ts";
import { type FaultKind, faultKinds } from "./faults.ts";
import { type Counts, oneByOne } from "./sweep.ts";

/** `npm run heal`: each resource operation of create, update and destroy fails once, in each way. Takes a night. */

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

function say(cloud: Cloud, kinds: readonly FaultKind[], phase: string, { operations, survived }: Counts): void {
  process.stdout.write(
    `${cloud} ${phase} ${kinds.join("+")}: ${survived.length} of ${operations} operations hit, all survived\n`,
  );
}

async function sweep(cloud: Cloud, kinds: readonly FaultKind[], every: number): Promise<void> {
  const { patient, remove } = await makeBed(cloud);
  const { stack } = patient;
  const up = () => stack.up(...oneByOne);
  try {
    say(cloud, kinds, "create", await patient.survive({ phase: "create", kinds, every }, up));
    await patient.isWhole();
    await stack.set("ams:tags.swept", "yes");
    say(cloud, kinds, "update", await patient.survive({ phase: "update", kinds, every }, up));
    await patient.isWhole();
    await patient.keptItsSecrets();
    await stack.set("ams:protect", "false");
    succeeded(await stack.up());
    const down = () => stack.destroy(...oneByOne);
    say(cloud, kinds, "delete", await patient.survive({ phase: "delete", kinds, every }, down));
    patient.isGone();
    await patient.keptItsSecrets();
  } finally {
    remove();
  }
}

if (values.help) process.stdout.write(help);
else {
  const chosen = clouds.filter((cloud) => values.stack?.includes(cloud) ?? true);
  const kinds = faultKinds.filter((kind) => values.kind?.includes(kind) ?? true);
  for (const cloud of chosen) {
    const sweeps = values.mixed ? [kinds] : kinds.map((kind) => [kind]);
    for (const each of sweeps) await sweep(cloud, each, Number(values.every));
  }
}
