import type { Cluster } from "./cluster.js";
/**
 * Names and their limits. The cluster's name begins each logical name; Pulumi adds eight characters to physical ones,
 * and AWS ends load balancers' and target groups' names at 32, so 16 remain for the name and 7 for the suffix.
 */
export declare const maxNameLength = 16;
export declare const namePattern: RegExp;
export declare const defaultName: (stack: string) => string;
/** Kinds of machine that read a secret; the proxies share a certificate of theirs, which the first of them renews. */
export type SecretReader = "media" | "database" | "proxy" | "certificate";
/** Secrets' names are fixed, because the machines ask for them by name. */
export declare function secretName(cluster: Cluster, reader: SecretReader): string;
/** Database user of the media machines; the root user is the database machines' own. */
export declare const databaseUser = "ams";
/** Where the machines' lines go, on AWS. */
export declare const logGroup: (cluster: Cluster) => string;
/** Where they go on Alibaba Cloud: a project, whose name ends with characters of the stack's own, and a store in it. */
export declare const logProject: ({ name, region }: Cluster) => string;
export declare const logStore = "machines";
/**
 * Where recordings go on Alibaba Cloud; the account's number ends the name, as all accounts share them. A bucket stays
 * when its stack goes, and its name with it: another generation has another one.
 */
export declare const recordingsBucket: ({ name, region, generation }: Cluster) => string;
/** Where the machines find their agent, on both clouds; here too the account's number ends the name. */
export declare const agentBucket: ({ name, region }: Cluster) => string;
/** Private DNS zone of the cluster. */
export declare const privateZone: (cluster: Cluster) => string;
/** Names of the database's own machines, db1 onwards. */
export declare function databaseHosts(cluster: Cluster): readonly string[];
/** What the data volumes of the database's own machines are called: of the first without a number, of the others with theirs. */
export declare function dataVolumeNames(cluster: Cluster): readonly string[];
/** What EC2 attaches a data volume as; EC2's user guide keeps /dev/sdf and its successors for data volumes. */
export declare const dataDevice = "/dev/sdf";
/** The database's own machines with their port, as a MongoDB URL lists them. */
export declare function databaseEndpoint(cluster: Cluster): string;
/** Tags of every resource; an adapter adds the resource's own Name. */
export declare function tagsOf(cluster: Cluster): Readonly<Record<string, string>>;
/** Tags of one resource, with the name that the cloud's console shows. */
export declare function namedTags(cluster: Cluster, name: string): Readonly<Record<string, string>>;
