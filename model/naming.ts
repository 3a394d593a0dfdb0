import type { Cluster } from "../config/types.ts";
import { databaseMembers } from "./groups/database.ts";
import { databasePort } from "./network/firewall.ts";

/**
 * Names and their limits. The cluster's name begins each logical name; Pulumi adds eight characters to physical ones,
 * and AWS ends load balancers' and target groups' names at 32, so 16 remain for the name and 7 for the suffix.
 */
export const maxNameLength = 16;
export const namePattern = /^[a-z][a-z0-9-]*[a-z0-9]$/;

export const defaultName = (stack: string): string => `ams-${stack}`;

/** Kinds of machine that read a secret; the proxies share a certificate of theirs, which the first of them renews. */
export type SecretReader = "media" | "database" | "proxy" | "turn" | "certificate";

/** Secrets' names are fixed, because the machines ask for them by name. */
export function secretName(cluster: Cluster, reader: SecretReader): string {
  return `${cluster.name}-${reader}-${cluster.generation}`;
}

/** Database user of the media machines; the root user is the database machines' own. */
export const databaseUser = "ams";

/** Where the machines' lines go, on AWS. */
export const logGroup = (cluster: Cluster): string => `/ams/${cluster.name}`;

/** Where they go on Alibaba Cloud: a project, whose name ends with characters of the stack's own, and a store in it. */
export const logProject = ({ name, region }: Cluster): string => `${name}-logs-${region}`;
export const logStore = "machines";

/**
 * Where recordings go on Alibaba Cloud; the account's number ends the name, as all accounts share them. A bucket stays
 * when its stack goes, and its name with it: another generation has another one.
 */
export const recordingsBucket = ({ name, region, generation }: Cluster): string =>
  `${name}-recordings-${region}${generation === 1 ? "" : `-${generation}`}`;

/** Where the machines find their agent, on both clouds; here too the account's number ends the name. */
export const agentBucket = ({ name, region }: Cluster): string => `${name}-agent-${region}`;

/** Where in that bucket the last good restore drill is recorded; the machines may read what is beside their agent. */
export const drillObject = "agent/restore-drill.json";

/** What a drill's machine and volume are tagged with, and nothing else; its value is the cluster's name. */
export const drillTag = "ams-cluster-restore-drill";

/** Private DNS zone of the cluster. */
export const privateZone = (cluster: Cluster): string => `${cluster.name}.internal`;

/** Names of the database's own machines, db1 onwards. */
export function databaseHosts(cluster: Cluster): readonly string[] {
  return Array.from({ length: databaseMembers(cluster) }, (_, index) => `db${index + 1}.${privateZone(cluster)}`);
}

/** What the data volumes of the database's own machines are called: of the first without a number, of the others with theirs. */
export function dataVolumeNames(cluster: Cluster): readonly string[] {
  return databaseHosts(cluster).map(
    (_, member) => `${cluster.name}-database-data${member === 0 ? "" : `-${member + 1}`}`,
  );
}

/** What Ubuntu's images for EC2, and those made from them, call the system disk. */
export const systemDevice = "/dev/sda1";

/** What EC2 attaches a data volume as; EC2's user guide keeps /dev/sdf and its successors for data volumes. */
export const dataDevice = "/dev/sdf";

/** The database's own machines with their port, as a MongoDB URL lists them. */
export function databaseEndpoint(cluster: Cluster): string {
  return databaseHosts(cluster)
    .map((host) => `${host}:${databasePort(cluster)}`)
    .join(",");
}

/** Tags of every resource; an adapter adds the resource's own Name. */
export function tagsOf(cluster: Cluster): Readonly<Record<string, string>> {
  return { ...cluster.tags, "ams-cluster": cluster.name };
}

/** Tags of one resource, with the name that the cloud's console shows. */
export function namedTags(cluster: Cluster, name: string): Readonly<Record<string, string>> {
  return { ...tagsOf(cluster), Name: name };
}
