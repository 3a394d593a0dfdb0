import { stdout } from "node:process";
import { isDrift } from "../model/applications/drift.ts";
import { driftPage } from "./applications/page.ts";
import { readDrift } from "./applications/read.ts";
import type { GivenTo } from "./cli/commands.ts";
import { answerTo } from "./cli/consent.ts";
import { CommandError, UsageError } from "./cli/faults.ts";
import { paintFor } from "./cli/terminal.ts";
import { type Ams, login } from "./live/ams.ts";
import { readDeployment, secretPipe } from "./live/deployment.ts";
import { readLogin } from "./live/secret.ts";
import { wireBy } from "./live/target.ts";

const timeoutMilliseconds = 10_000;

/** The stack file's applications against those that AMS has; deletes one for a person who says so. */
export async function run(given: GivenTo<"apps">): Promise<number> {
  const wire = wireBy(given, timeoutMilliseconds);
  const how = readLogin(given.secret, process.env);
  const deployment = await readDeployment(given);
  if (how === undefined)
    throw new UsageError(`apps logs in to AMS. To supply the password, run: ${secretPipe(deployment, "apps")}`);
  const { panelUrl, panelUser } = deployment.outputs;
  const ams = await login(wire, panelUrl, panelUser, how);
  if (given.delete !== undefined) return await remove(ams, given.delete, given);
  const { cluster } = deployment;
  if (cluster === undefined)
    throw new UsageError("apps compares AMS with a stack file. Specify the stack with --stack NAME");
  const drift = await readDrift(cluster, ams);
  if (drift === undefined) {
    stdout.write(
      given.json ? "null\n" : "The stack file has no ams:applications, so AMS's applications are left unchanged.\n",
    );
    return 0;
  }
  stdout.write(given.json ? `${JSON.stringify(drift)}\n` : driftPage(cluster, drift, paintFor(stdout, process.env)));
  return isDrift(drift) ? 1 : 0;
}

/** Its name is typed once more, as what it holds is gone afterwards. */
async function remove(ams: Ams, name: string, { yes }: GivenTo<"apps">): Promise<number> {
  const all = await ams.applications();
  if (!all.includes(name))
    throw new CommandError(`AMS has no application ${name}; existing applications: ${all.join(", ")}`);
  const streams = (await ams.streams(name)).filter(({ status }) => status === "broadcasting").length;
  const lost = `Deleting ${name} ends its ${streams} streams and removes its settings and files from every node. Its database is kept.`;
  const question = `${lost}\nTo delete it, type its name: `;
  if (!yes && (await answerTo(question, `${lost} To confirm, add --yes`)) !== name)
    throw new CommandError(`${name} was not deleted`);
  await ams.deleteApplication(name);
  stdout.write(`${name} was deleted\n`);
  return 0;
}
