import { drillMinutes, drillUserData } from "../machine/index.ts";
import { databaseMembers, ownDatabase } from "../model/groups/database.ts";
import { drillTag } from "../model/naming.ts";
import { numberAt, textAt, toResources } from "../recording/read/plain.ts";
import type { GivenTo } from "./cli/commands.ts";
import { answerTo } from "./cli/consent.ts";
import { CommandError, reasonOf, UsageError } from "./cli/faults.ts";
import { type Planned, planStack } from "./diagram/planned.ts";
import { alibabaDrill } from "./restore-drill/alibaba.ts";
import { awsDrill } from "./restore-drill/aws.ts";
import { cliOf } from "./restore-drill/cli.ts";
import type { DrillMachine } from "./restore-drill/cloud.ts";
import { drill, type Limits } from "./restore-drill/drill.ts";
import { priceLine } from "./restore-drill/price.ts";
import type { Counted } from "./restore-drill/result.ts";

/** A little longer than the machine's own timer, so that the cloud ends only what the timer did not. */
const releaseMinutes = drillMinutes + 15;

/** Rehearses a restore of the database from its newest snapshot. */
export async function run({ stack, cwd, yes, json }: GivenTo<"restore-drill">): Promise<number> {
  if (stack === undefined) throw new UsageError("specify a stack with --stack NAME");
  const planned = await planStack(cwd, stack);
  const { cluster } = planned;
  refuseOthers(planned);
  const machine = machineOf(planned);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  say(priceLine(cluster, machine, releaseMinutes));
  if (!yes) {
    const how = "the drill starts a billable machine. Confirm the drill with --yes";
    const answer = await answerTo("Start the machine? (yes/no) ", how);
    if (answer.trim().toLowerCase() !== "yes") throw new UsageError("the drill was cancelled; no machine was started");
  }
  const cloud = cluster.cloud === "aws" ? awsDrill(cluster, cliOf("aws")) : alibabaDrill(cluster, cliOf("aliyun"));
  const stop = new AbortController();
  const end = (): void => stop.abort();
  process.once("SIGINT", end).once("SIGTERM", end);
  try {
    const drilled = await drill(cloud, machine, limitsOf(planned), { say, stop: stop.signal });
    await cloud.record(`${JSON.stringify({ at: Math.floor(Date.now() / 1000) })}\n`);
    const { snapshot, seconds, found } = drilled;
    if (json) process.stdout.write(`${JSON.stringify({ stack, ok: true, seconds, snapshot, found })}\n`);
    else process.stdout.write(`${summary(found, seconds)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    if (json) process.stdout.write(`${JSON.stringify({ stack, ok: false, reason: reasonOf(error) })}\n`);
    else say(reasonOf(error));
    return stop.signal.aborted ? 130 : error.exitCode;
  }
}

function summary({ databases, collections, documents, lastWrite }: Counted, seconds: number): string {
  const last = lastWrite === undefined ? "" : `; last write ${lastWrite}`;
  return `The restore succeeded in ${Math.ceil(seconds / 60)} min: ${databases} databases, ${collections} collections, ${documents} documents${last}`;
}

/** Of a database that is not on machines of the stack, the configuration's own fault says why. */
function refuseOthers({ stack, cluster }: Planned): void {
  const own = ownDatabase(cluster);
  if (own === undefined)
    throw new UsageError(`${stack} has no data volumes, because ams:database.kind is ${cluster.database.kind}`);
  if (own.restoreDrill !== undefined) return;
  const command = `pulumi config set --path ams:database.restoreDrill.maxAgeDays 40 --stack ${stack}`;
  throw new UsageError(
    `ams:database.restoreDrill is not set. Set it, then deploy: ${command} && pulumi up --stack ${stack}`,
  );
}

/** A restored member is a machine of the same image and type. */
function machineOf({ cluster, recording }: Planned): DrillMachine {
  const name = `${cluster.name}-database`;
  // On AWS the machine's template has its image.
  const resources = toResources(recording.resources).filter((one) => one.name === name);
  const known = (key: string) => resources.map(({ props }) => textAt(props, key)).find((text) => text !== undefined);
  const [image, instanceType] = [known("imageId"), known("instanceType")];
  const [systemDiskGiB] = resources.flatMap(
    ({ props }) => numberAt(props, "blockDeviceMappings[].ebs.volumeSize") ?? numberAt(props, "systemDiskSize") ?? [],
  );
  if (image === undefined || instanceType === undefined || systemDiskGiB === undefined)
    throw new CommandError(`the plan does not contain an image, an instance type or a system disk for ${name}`);
  return {
    image,
    instanceType,
    systemDiskGiB,
    userData: drillUserData(cluster),
    name: `${cluster.name}-restore-drill`,
    // Not the cluster's own tag: what looks for the cluster's machines must not find this one.
    tags: { ...cluster.tags, [drillTag]: cluster.name },
    until: new Date(Date.now() + releaseMinutes * 60_000),
  };
}

function limitsOf({ cluster }: Planned): Limits {
  const own = ownDatabase(cluster);
  if (own === undefined || databaseMembers(cluster) === 0) throw new Error("no snapshots");
  // One that is due may still be in the making; the policies begin within an hour of their time.
  return { snapshotHours: 2 * own.snapshots.everyHours + 2, pollSeconds: 15, minutes: drillMinutes };
}
