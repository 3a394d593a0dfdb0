import * as pulumi from "@pulumi/pulumi";
import type { MachineRole } from "../machine/index.js";
import type { Cluster } from "../model/cluster.js";
import { type SecretReader } from "../model/naming.js";
import type { Secrets } from "./contract.js";
import type { Part } from "./part.js";
import type { RecordingsAddress } from "./recordings.js";
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
}
export declare function credentials(part: Part, cluster: Cluster, given: Secrets): Credentials;
/** Where a database is that the cloud runs itself. */
export interface ManagedAddress {
    /** What stands behind the password and the @ in its URL: hosts and ports, with options. */
    readonly hosts: pulumi.Input<string>;
    /** @default `databaseUser`; ApsaraDB for MongoDB has a user of its own */
    readonly user?: string;
    /** PEM of the authority that the media machines have to trust. @default none: no TLS */
    readonly ca?: string;
}
/** What only other parts of the stack know. */
export interface Places {
    readonly managed?: ManagedAddress | undefined;
    readonly recordings?: RecordingsAddress | undefined;
}
/**
 * What a media machine reads at boot, as JSON: mongoUrl, panelPassword, jwtKey, clusterKey, licenceKey, databaseCa, and
 * for recordings recordingsBucket, recordingsEndpoint, recordingsAccessKey, recordingsSecretKey, recordingsPermission.
 */
export declare function mediaText(cluster: Cluster, given: Secrets, made: Credentials, { managed, recordings }?: Places): Text;
/** What a database machine reads at boot, as JSON: rootPassword, appPassword, keyFile, tlsKey, tlsPem, tlsCa. */
export declare function databaseText(cluster: Cluster, given: Secrets, made: Credentials): Text;
/** Which secret the machines of a group read: origins and edges are nodes of one AMS cluster and share one. */
export declare const secretOf: (role: MachineRole) => SecretReader;
/** For the console's reader. */
export declare const secretDescription: ({ name }: Cluster, reader: SecretReader) => string;
/** What a proxy reads at boot, as JSON: statsPassword, certificatePem, certificateKey. */
export declare function proxyText({ certificate }: Cluster, given: Secrets, { statsPassword }: Credentials): Text;
export {};
