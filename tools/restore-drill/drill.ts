import { setTimeout as sleep } from "node:timers/promises";
import { CommandError } from "../cli/faults.ts";
import type { DrillCloud, DrillMachine, Snapshot } from "./cloud.ts";
import { type Counted, countedIn, failureIn } from "./result.ts";

export interface Limits {
  /** Hours within which the policy must have made the newest snapshot. */
  readonly snapshotHours: number;
  readonly pollSeconds: number;
  /** Of the machine, from its start. */
  readonly minutes: number;
}

export interface Drilled {
  readonly snapshot: Snapshot;
  readonly seconds: number;
  readonly found: Counted;
}

export interface Told {
  readonly say: (line: string) => void;
  readonly stop: AbortSignal;
}

/** After a machine's end, since a cloud posts the last of its console a while later. */
const looksAfterEnd = 10;

/** The newest snapshot. Throws where there is none, or none as new as the policy makes them. */
export function newest(snapshots: readonly Snapshot[], hours: number, now: number): Snapshot {
  const [found] = [...snapshots].sort((a, b) => b.taken.getTime() - a.taken.getTime());
  if (found === undefined) throw new CommandError("there is no snapshot of a data volume: check the snapshot policy");
  const age = (now - found.taken.getTime()) / 3_600_000;
  if (age <= hours) return found;
  const what = `the newest snapshot, ${found.id}, is ${age.toFixed(0)} hours old; expected at most ${hours}`;
  throw new CommandError(`${what}: check the snapshot policy`);
}

/** Removes what another drill has left, rehearses a restore, and takes all away, whatever became of it. */
export async function drill(cloud: DrillCloud, machine: DrillMachine, limits: Limits, told: Told): Promise<Drilled> {
  await clear(cloud, told, "deleting machines left behind by an earlier drill:");
  const snapshot = newest(await cloud.snapshots(), limits.snapshotHours, Date.now());
  const place = await cloud.place();
  told.say(`snapshot ${snapshot.id} from ${snapshot.taken.toISOString()}, ${snapshot.sizeGiB} GiB`);
  refuseInterrupted(told);
  const began = Date.now();
  const ids = new Set<string>();
  let failed = true;
  try {
    const id = await cloud.start(machine, place, snapshot);
    ids.add(id);
    told.say(`machine ${id} started`);
    const found = await watch(cloud, id, limits, told);
    failed = false;
    return { snapshot, seconds: Math.round((Date.now() - began) / 1000), found };
  } finally {
    await clear(cloud, told, "deleting", ids, failed);
  }
}

function refuseInterrupted({ stop }: Told): void {
  if (stop.aborted) throw new CommandError("interrupted");
}

/** By the tag, and by the id that a start has given: an answer that was lost has left a machine without one. */
async function clear(
  cloud: DrillCloud,
  { say }: Told,
  what: string,
  known: ReadonlySet<string> = new Set(),
  isAfterFailure = false,
): Promise<void> {
  const all = [...new Set([...known, ...(await cloud.machines())])];
  if (all.length === 0) {
    if (isAfterFailure) say("no machines remain");
    return;
  }
  say(`${what} ${all.join(", ")}`);
  await cloud.remove(all);
  say(`deleted ${all.join(", ")}`);
}

async function watch(cloud: DrillCloud, id: string, { pollSeconds, minutes }: Limits, told: Told): Promise<Counted> {
  const end = Date.now() + minutes * 60_000;
  let after = 0;
  let said: string | undefined;
  while (!told.stop.aborted && Date.now() < end && after < looksAfterEnd) {
    const { console, ended } = await cloud.look(id);
    const found = countedIn(console);
    if (found !== undefined) return found;
    const failure = failureIn(console);
    if (failure !== undefined && failure !== said) told.say(failure);
    said = failure ?? said;
    if (ended) after += 1;
    await sleep(pollSeconds * 1000, undefined, { signal: told.stop }).catch(() => undefined);
  }
  refuseInterrupted(told);
  const why = said === undefined ? "its console output contains no result" : `last failure: ${said}`;
  const when = after > 0 ? "the machine stopped without writing a result" : `no result within ${minutes} minutes`;
  throw new CommandError(`${when}; ${why}`);
}
