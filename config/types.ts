import type { Deferred } from "./handle.ts";
import type { SectionName, sections } from "./sections/index.ts";
import type * as z from "./zod.ts";

/** The cluster as plain, readonly data: what is true on both clouds. `parse.ts` makes one; an adapter renders it. */

type Plain = string | number | boolean | undefined | Deferred;

type Frozen<T> = T extends Plain
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Frozen<Item>[]
    : { readonly [Key in keyof T]: Frozen<Exclude<T[Key], undefined>> };

/** What a section holds once it has its form. */
export type Section<Name extends SectionName> = Frozen<z.output<(typeof sections)[Name]>>;
export type Sections = { readonly [Name in SectionName]: Section<Name> };

/** Sections that are well-formed, and of a certificate at least its source. */
export type Chosen = { readonly [Name in Exclude<SectionName, "certificate">]?: Sections[Name] } & {
  readonly certificate?: Pick<Certificate, "source">;
};

export type Cloud = Section<"cloud">;

export type Network = Section<"network"> & Required<Pick<Section<"network">, "nat">>;
export type ExistingNetwork = NonNullable<Network["existing"]>;
export type ExistingSubnet = ExistingNetwork["subnets"]["media"][number];

export type InstanceDatabase = Extract<Section<"database">, { readonly kind: "instance" }>;
export type ReplicaSetDatabase = Extract<Section<"database">, { readonly kind: "replica-set" }>;
export type ManagedDatabase = Extract<Section<"database">, { readonly kind: "managed" }>;
/** In standalone mode there is none. */
export interface NoDatabase {
  readonly kind: "none";
}
export type Database = Section<"database"> | NoDatabase;
/** A database on machines of the stack. */
export type OwnDatabase = InstanceDatabase | ReplicaSetDatabase;

export type OriginGroup = Section<"origin">;
export type NodeGroup = Omit<OriginGroup, "fixedAddresses">;
export type EdgeGroup = Section<"edge">;
export type Period = NodeGroup["schedule"][number];

export type Balancer = Section<"balancer">;
export type HealthCheck = Balancer["health"];
/** HAProxy or Nginx on machines of the stack behind the cloud's network balancer. */
export type ProxyBalancer = Exclude<Balancer, { readonly kind: "managed" }>;
export type ProxyKind = ProxyBalancer["kind"];

export type Turn = NonNullable<Section<"turn">>;
export type Domain = NonNullable<Section<"domain">>;
export type Certificate = Section<"certificate">;
export type Media = Section<"media">;
export type Applications = NonNullable<Section<"applications">>;
export type Application = Applications[string];
export type Cdn = NonNullable<Section<"cdn">>;
export type Audience = NonNullable<Section<"audience">>;
export type Exception = Section<"exceptions">[number];

/** A script of the operator's, as its file has it. */
export interface SetupScript {
  readonly path: string;
  readonly text: string;
  readonly minutes: number;
}

export interface Cluster
  extends Omit<
    Sections,
    "name" | "network" | "database" | "turn" | "domain" | "cdn" | "audience" | "applications" | "machines"
  > {
  readonly name: string;
  readonly region: string;
  readonly network: Network;
  readonly database: Database;
  readonly turn?: Turn;
  readonly domain?: Domain;
  readonly cdn?: Cdn;
  readonly audience?: Audience;
  readonly applications?: Applications;
  readonly setup?: SetupScript;
}
