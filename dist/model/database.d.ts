import type { Cluster, MachineSize } from "./cluster.js";
/** Certificate of the MongoDB machines, from the operator's own authority; the key is the secret ams:databaseTlsKey. */
export interface DatabaseTls {
    /** PEM; its names cover every member, e.g. *.ams-aws.internal. */
    readonly pem: string;
    /** PEM of the authority; it goes to the media machines, which trust it. */
    readonly ca: string;
}
/** Snapshots of the data volumes. */
export interface Snapshots {
    /** Pause between two snapshots. @default 6 */
    readonly everyHours: number;
    /** How many are kept. @default 28: a week of six-hourly ones */
    readonly keep: number;
}
interface MongoMachines {
    /** Size of its machines. @default "general-4" (seed 000: m5.xlarge) */
    readonly machine: MachineSize;
    /** Data volume of each machine, apart from the system disk. @default 50 */
    readonly diskGiB: number;
    /** MongoDB's release series, pinned. @default "8.0" (the vendor's install_mongodb.sh) */
    readonly version: string;
    /** Where its packages come from, e.g. a mirror in mainland China; MongoDB's signature is asked for all the same. @default "https://repo.mongodb.org" */
    readonly mirror: string;
    /** @default none: only the cluster's own machines reach the port */
    readonly tls?: DatabaseTls;
    readonly snapshots: Snapshots;
}
/** One MongoDB machine: a replica set of one member, so that it can grow. */
export interface InstanceDatabase extends MongoMachines {
    readonly kind: "instance";
}
/** Three members over the zones; survives the loss of one. */
export interface ReplicaSetDatabase extends MongoMachines {
    readonly kind: "replica-set";
}
/** The cloud's own service: Amazon DocumentDB, ApsaraDB for MongoDB. */
export interface ManagedDatabase {
    readonly kind: "managed";
    /** Size of its machine. @default "general-4" */
    readonly machine: MachineSize;
    /** Storage where the service sells it by size (Alibaba Cloud). @default 50 */
    readonly diskGiB: number;
    /** Wire-compatible MongoDB version; both services have 5.0. @default "5.0" */
    readonly version: string;
}
/** Any MongoDB by URL, e.g. Atlas; the URL is the secret ams:databaseUrl. */
export interface ExternalDatabase {
    readonly kind: "external";
}
/** In standalone mode there is none. */
export interface NoDatabase {
    readonly kind: "none";
}
export type Database = InstanceDatabase | ReplicaSetDatabase | ManagedDatabase | ExternalDatabase | NoDatabase;
/** A database on machines of our own. */
export type OwnDatabase = InstanceDatabase | ReplicaSetDatabase;
/** The database, if it runs on machines of our own. */
export declare function ownDatabase(cluster: Cluster): OwnDatabase | undefined;
/** Machines that the database runs on: none where somebody else runs it. */
export declare function databaseMembers(cluster: Cluster): number;
export {};
