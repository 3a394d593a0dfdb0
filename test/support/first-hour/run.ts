import { inspect } from "node:util";
import type { Cloud } from "../../../config/types.ts";
import { clouds } from "../contract.ts";
import { succeeded } from "../stack.ts";
import type { Failure } from "./failure.ts";
import { failuresOn, Rehearsal } from "./rehearsal.ts";

/** `npm run first-hour`: each failure of a fresh account alone, on a stack of its own, until it is whole. Both clouds beside each other. */

async function rehearse(cloud: Cloud, failure: Failure): Promise<boolean> {
  const rehearsal = await Rehearsal.start(cloud, [failure]);
  try {
    if ("command" in failure.at) await rehearsal.meetSettings();
    else await rehearsal.meetSome();
    await rehearsal.isWhole();
    succeeded(await rehearsal.stack.up("--expect-no-changes"));
    process.stdout.write(`${cloud}: ${failure.name}: met and mended\n`);
    return true;
  } catch (error) {
    process.stdout.write(`${cloud}: ${failure.name}: ${inspect(error)}\n`);
    return false;
  } finally {
    rehearsal.close();
  }
}

async function rehearseAll(cloud: Cloud): Promise<boolean> {
  let isGood = true;
  for (const failure of failuresOn[cloud]) isGood = (await rehearse(cloud, failure)) && isGood;
  return isGood;
}

const good = await Promise.all(clouds.map(rehearseAll));
if (good.includes(false)) process.exitCode = 1;
