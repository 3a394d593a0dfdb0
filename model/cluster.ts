/**
 * The cluster as plain, readonly data: what is true on both clouds. `parse.ts` makes one from the stack's
 * configuration; an adapter in `providers/` renders it. Defaults and their sources stand at each field.
 */

import type { Audience } from "./audience.ts";
import type { Balancer } from "./balancer.ts";
import type { Database } from "./database.ts";
import type { Exception } from "./exceptions.ts";
import type { Handle } from "./handle.ts";
import type { ExistingNetwork } from "./network.ts";
import type { Alarms, Drain, EdgeGroup, Logs, NodeGroup, Recordings } from "./node-group.ts";

export type Cloud = "aws" | "alibaba";

/** A group of media machines. AMS itself knows no roles; only the balancer's groups make a node an origin or an edge. */
export type Role = "origin" | "edge";

/** Family and vCPUs; each cloud's `instance-types.ts` names the instance type. compute: 2 GiB a vCPU, general and gpu: 4. */
export const machineSizes = [
  "compute-2",
  "compute-4",
  "compute-8",
  "compute-16",
  "compute-32",
  "general-2",
  "general-4",
  "general-8",
  "general-16",
  "gpu-4",
  "gpu-8",
  "gpu-16",
] as const;
export type MachineSize = (typeof machineSizes)[number];

export const vcpusOf = (size: MachineSize): number => Number(size.split("-")[1]);

export const hasGpu = (size: MachineSize): boolean => size.startsWith("gpu-");

export interface Network {
  /** Private range of the whole network; /16 to /21 where its subnets are planned. @default "10.0.0.0/16" (the vendor's CloudFormation) */
  readonly cidr: string;
  /** Zone letters within the region, two to six; append to add a zone, the others keep their subnets. */
  readonly zones: readonly string[];
  /**
   * Zone of each database member, as its place in `zones`, from 1. With it an added zone moves no member; without it the
   * third member of a replica set stands in the third zone, or in the first of two. @default none
   */
  readonly databaseZones?: readonly number[];
  /** Way out for machines without a public address. `one` costs one NAT gateway, `per-zone` one each. @default "one", and "none" in an existing network */
  readonly nat: "none" | "one" | "per-zone";
  /** Ranges that the network must not overlap: offices, peered networks. @default [] */
  readonly avoid: readonly string[];
  /** A network to use in the place of one of its own; `cidr` is then its range. @default none */
  readonly existing?: ExistingNetwork;
}

export interface Domain {
  /** The name that viewers and publishers use, e.g. live.example.com. */
  readonly name: string;
  /** The DNS zone that holds the name, e.g. example.com. */
  readonly zone: string;
  /** `managed`: the record is made in the cloud's DNS; `external`: an output says which records to add. @default "managed" */
  readonly dns: "managed" | "external";
}

/** `issued` by the cloud (with proxies: by Let's Encrypt), `existing` there by id, `uploaded` from PEM (key in the secret ams:certificateKey), or `none`. */
export type Certificate =
  | { readonly source: "issued" }
  | { readonly source: "existing"; readonly id: Handle }
  | { readonly source: "uploaded"; readonly pem: string }
  | { readonly source: "none" };

export interface Access {
  /** Ranges that may use the panel, the server's REST and, with a key, SSH; neighbours are merged. @default []: nobody */
  readonly adminCidrs: readonly string[];
  /** Security group of the network whose members may use SSH, where there is a key: bastions, VPN gateways. @default none */
  readonly adminGroup?: Handle;
  /** SSH public key; without one port 22 stays closed. @default none */
  readonly sshPublicKey?: Handle;
}

export interface Encryption {
  /** Key of your own for disks, recordings and, on AWS, secrets, logs and alarms; before the first `up`, as a disk keeps its key. @default none: the cloud's own keys */
  readonly keyId?: Handle;
}

export interface Media {
  /** `marketplace`: the image pays for itself; `key`: the secret ams:licenceKey goes to the machines. @default "marketplace" */
  readonly licence: "marketplace" | "key";
  /** What a machine's licence costs an hour, in US dollars, or that by its size; `cost` shows it in a line of its own. @default none */
  readonly licenceUsdPerHour?: number | Readonly<Record<string, number>>;
  /** Release of AMS in the image: `properties` are checked against its settings, and some configurations need a newer one. @default "3.0.3", the newest in the table of settings */
  readonly version: string;
  /** The panel's administrator. @default "JamesBond" (seed 000) */
  readonly panelUser: string;
  /** Settings for conf/red5.properties, by the names and types of the release; those that the cluster sets itself, or that break a node, are refused. @default none */
  readonly properties: Readonly<Record<string, string | number | boolean>>;
  /** host:port of an HTTP proxy for the licence check, which mainland China can't reach. @default none */
  readonly proxy?: string;
  /** STUN server of the applications, e.g. stun:stun.example.cn:3478; AMS's default is Google's. @default AMS's own */
  readonly stunServer?: string;
  /** Longest start of AMS, in minutes, until all applications run: then once more, then the group replaces the machine. New machines have as long to join, and 15 at least. @default 15 */
  readonly startMinutes: number;
}

export interface Cluster {
  /** Prefix of every name, `ams-<stack>`; at most 16 characters, for the clouds' limits on names. @default ams-<stack> */
  readonly name: string;
  readonly cloud: Cloud;
  readonly region: string;
  /** `standalone`: one media machine without database and edge group; their settings wait for the way back. @default "cluster" */
  readonly mode: "cluster" | "standalone";
  readonly network: Network;
  readonly database: Database;
  readonly origin: NodeGroup;
  readonly edge: EdgeGroup;
  readonly balancer: Balancer;
  readonly domain?: Domain;
  readonly certificate: Certificate;
  readonly access: Access;
  readonly encryption: Encryption;
  readonly media: Media;
  readonly drain: Drain;
  readonly alarms: Alarms;
  readonly logs: Logs;
  readonly recordings: Recordings;
  /** @default none: nobody has said whom the groups have to carry */
  readonly audience?: Audience;
  readonly tags: Readonly<Record<string, string>>;
  /** Deletion protection of database, secrets and balancers, here and in the cloud. Set to false, then `up`, before a destroy. @default true */
  readonly protect: boolean;
  /** Ends the secrets' names: raise it to come back after a destroy while the old ones wait to be deleted. @default 1 */
  readonly generation: number;
  /** Findings of policy rules that pass for a while; they change nothing that is made. @default none */
  readonly exceptions: readonly Exception[];
}

/** Secret configuration values, by key; they travel beside the model and never inside it. */
export const secretKeys = [
  "licenceKey",
  "certificateKey",
  "panelPassword",
  "databasePassword",
  "databaseUrl",
  "databaseTlsKey",
] as const;
export type SecretKey = (typeof secretKeys)[number];

/** The groups that run: origin and edge, or one lone machine. */
export function groupsOf(cluster: Cluster): readonly { readonly role: Role; readonly group: NodeGroup }[] {
  if (cluster.mode === "standalone") return [{ role: "origin", group: { ...cluster.origin, min: 1, max: 1 } }];
  return [
    { role: "origin", group: cluster.origin },
    { role: "edge", group: cluster.edge },
  ];
}

export const usesTls = (cluster: Cluster): boolean => cluster.certificate.source !== "none";

/** For switches over unions: a new member that a switch forgets fails to compile here. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
