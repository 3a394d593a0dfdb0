import { formatFault } from "../../config/fault.ts";
import { parse } from "../../config/parse.ts";
import type { Cluster } from "../../config/types.ts";
import { groupsOf } from "../../model/cluster.ts";
import { proxyOf } from "../../model/traffic/balancer.ts";
import type { Deployed } from "../cli/deployed.ts";
import { UsageError } from "../cli/faults.ts";
import { commandLine } from "../cli/invocation.ts";
import { readStack } from "../stack-file/read.ts";
import { type LiveOutputs, outputsFromFile, outputsOfStack } from "./outputs.ts";

/** A listener that takes streams. */
export interface Ingest {
  readonly scheme: "rtmp" | "rtmps";
  readonly host: string;
  readonly port: number;
}

/** A deployed cluster as its outputs and, where there is one, its stack file say it. */
export interface Deployment {
  readonly outputs: LiveOutputs;
  /** Undefined where outputs alone were given. */
  readonly cluster: Cluster | undefined;
  readonly scheme: "http" | "https";
  readonly web: string;
  /** RTMP, then RTMPS: those that the cluster has. */
  readonly ingest: readonly Ingest[];
  readonly publishPort: number;
  readonly playPort: number;
  readonly panelPort: number;
  readonly hasEdges: boolean;
  readonly hasProxies: boolean;
}

export async function readDeployment({ stack, outputs, cwd }: Deployed): Promise<Deployment> {
  // A fault in the file is said before Pulumi is asked, which takes seconds.
  const cluster = stack === undefined ? undefined : clusterOf(stack, cwd);
  if (outputs !== undefined) return deploymentOf(outputsFromFile(outputs), cluster);
  if (stack === undefined) throw new UsageError("specify a cluster with --stack NAME or --outputs FILE");
  return deploymentOf(await outputsOfStack(stack, cwd), cluster);
}

export function deploymentOf(outputs: LiveOutputs, cluster: Cluster | undefined): Deployment {
  const publish = new URL(outputs.publishUrl);
  return {
    outputs,
    cluster,
    scheme: publish.protocol === "http:" ? "http" : "https",
    web: publish.hostname,
    ingest: [...ingestAt("rtmp", outputs.rtmpUrl), ...ingestAt("rtmps", outputs.rtmpsUrl)],
    publishPort: portOf(publish),
    playPort: portOf(new URL(outputs.playUrl)),
    panelPort: portOf(new URL(outputs.panelUrl)),
    hasEdges: cluster === undefined ? outputs.edgeGroup !== "" : cluster.mode === "cluster",
    hasProxies: cluster === undefined ? outputs.balancerGroup !== "" : proxyOf(cluster) !== undefined,
  };
}

function ingestAt(scheme: Ingest["scheme"], url: string): readonly Ingest[] {
  if (url === "") return [];
  const { hostname, port } = new URL(url);
  return [{ scheme, host: hostname, port: Number(port) }];
}

/** Where a program publishes at one of the listener's addresses, so that it asks no DNS. */
export const ingestUrl = ({ scheme, port }: Ingest, address: string, app: string): string =>
  `${scheme}://${address.includes(":") ? `[${address}]` : address}:${port}/${app}/`;

/** Each name that clients connect to, once. */
export const hostsOf = ({ web, ingest }: Pick<Deployment, "web" | "ingest">): readonly string[] => [
  ...new Set([web, ...ingest.map(({ host }) => host)]),
];

const portOf = ({ port, protocol }: URL): number => (port === "" ? (protocol === "http:" ? 80 : 443) : Number(port));

function clusterOf(stack: string, directory: string): Cluster {
  const { cluster, faults } = parse(readStack(directory, stack));
  if (cluster === undefined) {
    throw new UsageError(
      `Pulumi.${stack}.yaml is invalid:\n${faults.map((fault) => `  - ${formatFault(fault)}`).join("\n")}`,
    );
  }
  return cluster;
}

/** Nodes that all groups together may have; how many they want at the moment is known to the cloud alone. */
export function nodeCounts(cluster: Cluster): { readonly min: number; readonly max: number } {
  const groups = groupsOf(cluster).map(({ group }) => group);
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
  return { min: sum(groups.map(({ min }) => min)), max: sum(groups.map(({ max }) => max)) };
}

/** How to get the secret with the panel's password, in the words of the cloud's command line. */
export function secretCommand({ outputs, cluster }: Deployment): string {
  const aws = `aws secretsmanager get-secret-value --secret-id ${outputs.panelSecret} --query SecretString --output text`;
  const alibaba = `aliyun oos GetSecretParameter --Name ${outputs.panelSecret} --WithDecryption true`;
  if (cluster === undefined) return `${aws} (Alibaba Cloud: ${alibaba})`;
  return cluster.cloud === "aws" ? aws : alibaba;
}

/** The same with its output given to one of the commands. */
export function secretPipe(deployment: Deployment, command: string): string {
  const reading = commandLine(command, "... --secret -").replace("npm run", "npm run --silent");
  return `${secretCommand(deployment)} | ${reading}`;
}
