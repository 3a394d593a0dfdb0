import ipaddr from "ipaddr.js";
import { answerTo } from "../cli/consent.ts";
import { UsageError } from "../cli/faults.ts";
import { type Deployment, hostsOf } from "../live/deployment.ts";
import type { Wire } from "../live/protocols/wire.ts";
import type { Load } from "./run.ts";

const isLoopback = (address: string): boolean => ipaddr.process(address).range() === "loopback";

/** Whether all that would be loaded is this machine itself. */
export async function isOwnMachine(deployment: Deployment, { names }: Wire): Promise<boolean> {
  const hosts = hostsOf(deployment);
  const addresses = await Promise.all(hosts.map((host) => names.addresses(host)));
  return addresses.flat().every(isLoopback);
}

/** Somebody has to say that a cluster may be loaded: it serves others, scales, and costs. */
export async function consent(deployment: Deployment, wire: Wire, load: Load, yes: boolean): Promise<void> {
  if (yes || (await isOwnMachine(deployment, wire))) return;
  const { publishers, viewers, seconds } = load;
  const what = `${publishers} publishers and ${viewers} viewers for ${seconds} s at ${deployment.web}`;
  const answer = await answerTo(
    `${what}: this load can trigger scaling and incur traffic costs. Continue? (yes/no) `,
    `${what}: the target is another machine. Confirm the load with --yes`,
  );
  if (answer.trim().toLowerCase() !== "yes") throw new UsageError("nothing was sent");
}
