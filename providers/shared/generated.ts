import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword.js";
import type { Cluster } from "../../config/types.ts";
import type { MachineRole } from "../../machine/index.ts";
import { hasKey, streamKey } from "../../model/applications/settings.ts";
import { ownDatabase } from "../../model/groups/database.ts";
import { databaseEndpoint, databaseUser, type SecretReader } from "../../model/naming.ts";
import { proxyOf } from "../../model/traffic/balancer.ts";
import { turnCredentials, turnUser } from "../../model/traffic/turn.ts";
import type { ClusterComponent } from "../cluster-component.ts";
import type { Secrets } from "../contract.ts";
import { givenMap, logHeaders } from "./given-maps.ts";
import type { RecordingsAddress } from "./recordings.ts";

type Text = pulumi.Output<string>;

/** Generated or given, all marked secret; what the cluster's kind of database doesn't need isn't there. */
export interface Credentials {
  readonly panelPassword: Text;
  readonly jwtKey: Text;
  readonly clusterKey: Text;
  /** Of `databaseUser`; not with an external database, whose URL has its own. */
  readonly appPassword?: Text;
  /** Of the database's own machines. */
  readonly rootPassword?: Text;
  readonly keyFile?: Text;
  /** Of the proxies' statistics page. */
  readonly statsPassword?: Text;
  /** Value of the header by which the load balancer knows the CDN. */
  readonly cdnKey?: Text;
  /** Passwords of the TURN servers' users, by the user's name. */
  readonly turnPasswords: Readonly<Record<string, Text>>;
  /** Keys that sign the tokens of applications, by the application's name. */
  readonly streamKeys: Readonly<Record<string, Text>>;
}

/** Letters and digits only: AMS's scripts lose or refuse other characters (Ant-Media-Server issues 5344 and 7923). */
function generate(component: ClusterComponent, cluster: Cluster, key: string, length: number): Text {
  // Of each kind at least one: ApsaraDB for MongoDB wants three kinds (ResetAccountPassword).
  const characters = { length, special: false, minLower: 1, minUpper: 1, minNumeric: 1 };
  const password = new RandomPassword(`${cluster.name}-secrets-${key}`, characters, component.child());
  return pulumi.secret(password.result);
}

export function credentials(component: ClusterComponent, cluster: Cluster, given: Secrets): Credentials {
  const make = (key: string, length: number) => generate(component, cluster, key, length);
  const own = ownDatabase(cluster) !== undefined;
  const withUser = own || cluster.database.kind === "managed";
  return {
    panelPassword: given.panelPassword ?? make("panel", 24),
    jwtKey: make("jwt", 48),
    clusterKey: make("cluster", 32),
    ...(withUser ? { appPassword: given.databasePassword ?? make("database-app", 32) } : {}),
    ...(own ? { rootPassword: make("database-root", 32), keyFile: make("database-keyfile", 512) } : {}),
    ...(proxyOf(cluster) === undefined ? {} : { statsPassword: make("stats", 24) }),
    ...(cluster.cdn?.exclusive === true ? { cdnKey: make("cdn", 48) } : {}),
    turnPasswords: turnPasswords(cluster, (credential) => make(`turn-${credential}`, 32)),
    streamKeys: streamKeys(cluster, given, (name) => make(`application-${name}`, 48)),
  };
}

/** Each has a resource of its own, which the next rotation leaves as it is. */
const turnPasswords = (cluster: Cluster, make: (credential: number) => Text): Credentials["turnPasswords"] =>
  cluster.turn === undefined
    ? {}
    : Object.fromEntries(turnCredentials(cluster.turn).map((number) => [turnUser(cluster, number), make(number)]));

/** What the secret says of an application counts; it may say so of some alone. */
function streamKeys(
  { applications }: Cluster,
  given: Secrets,
  make: (name: string) => Text,
): Credentials["streamKeys"] {
  const signed = Object.entries(applications ?? {}).filter(([, application]) => hasKey(application));
  const keys = signed.map(([name]) => {
    const made = make(name);
    const { applicationKeys } = given;
    if (applicationKeys === undefined) return [name, made] as const;
    const key = pulumi.all([applicationKeys, made]).apply(([text, other]) => givenMap(text).get(name) ?? other);
    return [name, pulumi.secret(key)] as const;
  });
  return Object.fromEntries(keys);
}

/** Where a database is that the cloud runs itself. */
export interface ManagedAddress {
  /** What stands behind the password and the @ in its URL: hosts and ports, with options. */
  readonly hosts: pulumi.Input<string>;
  /** @default `databaseUser`; ApsaraDB for MongoDB has a user of its own */
  readonly user?: string;
  /** PEM of the authority that the media machines have to trust. @default none: no TLS */
  readonly ca?: string;
}

type Values = Readonly<
  Record<string, pulumi.Input<string | object> | Readonly<Record<string, object | pulumi.Input<string>>> | undefined>
>;

const toJson = (values: Values): Text => {
  const present = Object.entries(values).filter(([, value]) => value !== undefined);
  return pulumi.secret(pulumi.all(Object.fromEntries(present)).apply((known) => JSON.stringify(known)));
};

/**
 * The database's URL. Several hosts make the driver look for their replica set, so that no option is needed: AMS before
 * 3.1.0 can't make applications with a `?` in it.
 */
function mongoUrl(
  cluster: Cluster,
  given: Secrets,
  made: Credentials,
  managed: ManagedAddress | undefined,
): Text | undefined {
  if (cluster.database.kind === "external") return given.databaseUrl;
  const own = ownDatabase(cluster);
  const address =
    own === undefined ? managed?.hosts : `${databaseEndpoint(cluster)}${own.tls === undefined ? "" : "/?tls=true"}`;
  if (address === undefined || made.appPassword === undefined) return undefined;
  return pulumi.interpolate`mongodb://${managed?.user ?? databaseUser}:${made.appPassword}@${address}`;
}

/** What only other parts of the stack know. */
export interface Places {
  readonly managed?: ManagedAddress | undefined;
  readonly recordings?: RecordingsAddress | undefined;
}

/**
 * What a media machine reads at boot, as JSON: mongoUrl, panelPassword, jwtKey, clusterKey, licenceKey, databaseCa, and
 * for recordings recordingsBucket, recordingsEndpoint, recordingsAccessKey, recordingsSecretKey, recordingsPermission; with
 * TURN servers turnUser, turnPassword; applications, with the secret settings of each; and, as on each machine that forwards
 * its log by OTLP, logHeaders.
 */
export function mediaText(
  cluster: Cluster,
  given: Secrets,
  made: Credentials,
  { managed, recordings }: Places = {},
): Text {
  const { panelPassword, jwtKey, clusterKey } = made;
  const user = cluster.turn === undefined ? undefined : turnUser(cluster, cluster.turn.credential);
  const keys = Object.entries(made.streamKeys).map(([name, key]) => [name, { [streamKey]: key }] as const);
  return toJson({
    mongoUrl: mongoUrl(cluster, given, made, managed),
    panelPassword,
    jwtKey,
    clusterKey,
    licenceKey: given.licenceKey,
    databaseCa: ownDatabase(cluster)?.tls?.ca ?? managed?.ca,
    recordingsBucket: recordings?.bucket,
    recordingsEndpoint: recordings?.endpoint,
    recordingsAccessKey: recordings?.accessKey,
    recordingsSecretKey: recordings?.secretKey,
    recordingsPermission: recordings?.permission,
    turnUser: user,
    turnPassword: user === undefined ? undefined : made.turnPasswords[user],
    applications: keys.length === 0 ? undefined : Object.fromEntries(keys),
    logHeaders: logHeaders(cluster, given),
  });
}

/** What a database machine reads at boot, as JSON: rootPassword, appPassword, keyFile, tlsKey, tlsPem, tlsCa. */
export function databaseText(cluster: Cluster, given: Secrets, made: Credentials): Text {
  const { rootPassword, appPassword, keyFile } = made;
  const tls = ownDatabase(cluster)?.tls;
  return toJson({
    rootPassword,
    appPassword,
    keyFile,
    tlsKey: tls === undefined ? undefined : given.databaseTlsKey,
    tlsPem: tls?.pem,
    tlsCa: tls?.ca,
    logHeaders: logHeaders(cluster, given),
  });
}

/** Which secret the machines of a group read: origins and edges are nodes of one AMS cluster and share one. */
export const secretOf = (role: MachineRole): SecretReader => (role === "origin" || role === "edge" ? "media" : role);

/** For the console's reader. */
export const secretDescription = ({ name }: Cluster, reader: SecretReader): string =>
  reader === "certificate"
    ? `TLS certificate that the proxies in ${name} share and renew`
    : `Secrets that the ${reader} machines in ${name} read at boot`;

/** What a proxy reads at boot and follows, as JSON: statsPassword, cdnKey, certificatePem, certificateKey, hostedZoneId. */
export function proxyText(
  cluster: Cluster,
  given: Secrets,
  { statsPassword, cdnKey }: Credentials,
  hostedZoneId?: pulumi.Input<string>,
): Text {
  const { certificate } = cluster;
  const uploaded = certificate.source === "uploaded" ? certificate.pem : undefined;
  return toJson({
    statsPassword,
    cdnKey,
    certificatePem: uploaded,
    certificateKey: uploaded === undefined ? undefined : given.certificateKey,
    hostedZoneId,
    logHeaders: logHeaders(cluster, given),
  });
}

/** What a TURN server reads at boot and follows, as JSON: users with their passwords, certificatePem, certificateKey. */
export function turnText(cluster: Cluster, given: Secrets, { turnPasswords: users }: Credentials): Text {
  const { certificate, turn } = cluster;
  const pem = turn?.tls === true && certificate.source === "uploaded" ? certificate.pem : undefined;
  return toJson({
    users,
    certificatePem: pem,
    certificateKey: pem === undefined ? undefined : given.certificateKey,
    logHeaders: logHeaders(cluster, given),
  });
}
