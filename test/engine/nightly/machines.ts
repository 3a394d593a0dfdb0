import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unpackUserData } from "../../../machine/index.ts";
import { objectHost } from "../../machine/objects.ts";
import { decoded, library, put, serve, tells, tool, until } from "../../machine/rig.ts";
import { type Node, node, type Site, secretKey } from "../../machine/site.ts";
import type { Cloud } from "../../support/cloud/server.ts";

/** The origins' machines of a stack that stands in the stand-in cloud: all that they are comes from there. */

export interface Facts {
  readonly agent: { readonly bucket: string; readonly digest: string };
  readonly secretName: string;
  readonly applicationsSeconds: number;
}

/** What new machines of the origins are started from, as the cloud has it. */
export function templateOf(cloud: Cloud): string {
  const [one] = cloud.standing().filter(({ type, urn }) => /LaunchTemplate$/.test(type) && urn.endsWith("-origin"));
  assert.ok(one, "a launch template of the origins");
  return JSON.stringify(one.inputs);
}

function userDataOf(cloud: Cloud) {
  return decoded(unpackUserData(String(JSON.parse(templateOf(cloud)).userData)));
}

export function factsOf(cloud: Cloud): Facts {
  const { write_files: files } = userDataOf(cloud);
  return JSON.parse(files.find(({ path }) => path.endsWith("/facts.json"))?.content ?? "");
}

/** Objects of the bucket of agents, by key. */
export const objectsOf = (cloud: Cloud): ReadonlyMap<string, string> =>
  new Map(
    cloud
      .standing()
      .filter(({ type, inputs }) => /bucketObject/i.test(type) && /^(agent|applications)\//.test(String(inputs["key"])))
      .map(({ inputs }) => [String(inputs["key"]), String(inputs["content"])]),
  );

interface MediaSecret {
  readonly applications: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The media machines' secret. */
export function secretOf(cloud: Cloud): MediaSecret {
  const texts = cloud.standing().flatMap(({ inputs }) => Object.values(inputs).map(String));
  const [text] = texts.filter((one) => one.startsWith('{"mongoUrl"'));
  return JSON.parse(text ?? "");
}

/** Gives the machines of a site what their cloud has by now: objects of the bucket, and the secret but for its database. */
export function carry(cloud: Cloud, at: Site, region: string): void {
  const { agent, secretName } = factsOf(cloud);
  const host = objectHost(at.kind, agent.bucket, region);
  at.cloud.objects.clear();
  for (const [key, text] of objectsOf(cloud)) at.cloud.objects.set(`${host}/${key}`, text);
  at.cloud.secrets.set(secretKey(at.kind, secretName), JSON.stringify({ ...secretOf(cloud), mongoUrl: at.url }));
}

/** A new machine of the origins: its user data fetches the agent from the bucket. */
export async function machine(cloud: Cloud, at: Site, address: string): Promise<Node> {
  const root = mkdtempSync(join(tmpdir(), "ams-origin-"));
  for (const { path, content } of userDataOf(cloud).write_files) put(root + path, content);
  for (const name of ["sh", "systemctl"]) tool(root, name, "#!/bin/bash\n");
  const urls = { AMS_METADATA_URL: at.cloud.url, AMS_API_URL: at.cloud.url };
  const env = { ...urls, AMS_CLUSTER_ROOT: root, PATH: `${root}/bin:${process.env["PATH"]}` };
  const boot = serve("python3", ["-W", "error", `${library(root)}/bootstrap.py`], env);
  await tells(boot, /step=agent state=ok/);
  await boot.stop();
  return await node(at, address, { root });
}

const program = "import applications\napplications.turn(applications.begun())";

/** One look of the program at the document and at AMS. It is killed once something holds; otherwise it ends by itself. */
export async function round(one: Node, peer: Node, killedOnce?: () => boolean): Promise<void> {
  const env = { ...process.env, ...one.env, AMS_STATUS: "status-applications", AMS_PEER_URL: peer.url };
  const child = spawn("python3", ["-W", "error", "-c", program], {
    env: { ...env, PYTHONPATH: library(one.root) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (log += part.toString()));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  if (killedOnce === undefined) {
    assert.equal(await ended, 0, log);
  } else {
    await until("what the program is ended at", killedOnce, () => log);
    child.kill("SIGKILL");
    await ended;
  }
}
