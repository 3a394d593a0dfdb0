import { Instance } from "@pulumi/alicloud/mongodb/instance.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Cluster, ManagedDatabase as Model } from "../../../config/types.ts";
import { namedTags } from "../../../model/naming.ts";
import { memberZone, subnetsOf } from "../../../model/network/network.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import type { ManagedAddress } from "../../shared/generated.ts";
import { inputOf } from "../../shared/handles.ts";
import { managedType } from "../compute/instance-types.ts";
import type { Settings } from "../schema.ts";
import type { DatabaseDependencies } from "./database.ts";

/** Days that a point in time can be restored from. */
const backupRetentionPeriod = 7;

/** One more backup when the instance is released, kept until a person deletes it (ModifyBackupPolicy). */
const lastBackupStays = 1;

/** Every day, at a full hour in UTC. */
const backups = {
  backupTime: "18:00Z-19:00Z",
  backupPeriods: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
  backupRetentionPeriod,
  backupRetentionPolicyOnClusterDeletion: lastBackupStays,
  enableBackupLog: 1,
  logBackupRetentionPeriod: backupRetentionPeriod,
};

/**
 * ApsaraDB for MongoDB: a replica set of three nodes in the private vSwitches, one in each of the first three zones.
 * Secondary and hidden node take zones of their own or none (CreateDBInstance), so with two zones all stand in the first;
 * naming a third one later moves them.
 *
 * What AMS can do there: it is MongoDB itself, and its URL needs no options, as several hosts make the driver look for
 * their replica set. AMS is its root user: the service's API makes no other one for a replica set (CreateAccount). From
 * 4.4 on that root writes to every database but `admin`, which AMS doesn't use. No test here speaks to ApsaraDB.
 *
 * TLS stays off: its authority's certificate comes from the console once TLS is on, AMS before 3.1.0 takes no `?tls=true`,
 * and only 7.0 and 8.0 can insist on it. The password doesn't cross the network (SCRAM), but the data do, within the VPC.
 */
export class ManagedDatabase extends ClusterComponent {
  readonly address: ManagedAddress;
  /** Hosts and ports, without credentials. */
  readonly endpoint: pulumi.Output<string>;
  /** What media machines wait for. */
  readonly ready: readonly pulumi.Resource[];

  constructor(
    cluster: Cluster,
    database: Model,
    settings: Settings,
    dependencies: DatabaseDependencies,
    parent: ClusterComponent,
  ) {
    super("Database", `${cluster.name}-database`, parent);
    const service = this.#addInstance(cluster, database, managedType(database, settings), dependencies);
    this.endpoint = service.replicaSets.apply(toHosts);
    this.address = { hosts: this.endpoint, user: "root" };
    this.ready = [service];
    this.registerOutputs();
  }

  #addInstance(
    cluster: Cluster,
    database: Model,
    dbInstanceClass: string,
    { network, secrets }: DatabaseDependencies,
  ): Instance {
    const name = `${cluster.name}-database`;
    const { appPassword } = secrets.credentials;
    if (appPassword === undefined) throw new Error("the managed database has no password");
    return new Instance(
      name,
      {
        name,
        engineVersion: database.version,
        dbInstanceClass,
        dbInstanceStorage: database.diskGiB,
        replicationFactor: 3,
        instanceChargeType: "PostPaid",
        storageEngine: "WiredTiger",
        storageType: "cloud_essd1",
        // encryptionKey would be the key of TDE, which excludes the disk's encryption.
        encrypted: true,
        ...(cluster.encryption.keyId === undefined
          ? {}
          : { cloudDiskEncryptionKey: inputOf(cluster.encryption.keyId) }),
        networkType: "VPC",
        vpcId: network.vpcId,
        ...homes(cluster, network.mappings("database")),
        // Where a machine would have a security group, the service has a list of ranges.
        securityIpLists: subnetsOf(cluster.network, "media").map(({ cidr }) => cidr),
        accountPassword: appPassword,
        dbInstanceReleaseProtection: cluster.protect,
        ...backups,
        tags: namedTags(cluster, name),
      },
      this.durable(cluster),
    );
  }
}

/** Three zones, one for each of its nodes, or one for all. */
function homes({ network }: Cluster, mappings: ReturnType<DatabaseDependencies["network"]["mappings"]>) {
  const places = [0, 1, 2].map((member) => memberZone(network, member));
  const [first, second, third] = places.map((place) => mappings[place]);
  if (first === undefined) throw new Error("the network has no zones");
  const { zoneId, vswitchId } = first;
  const spread = new Set(places).size === places.length;
  if (!spread || second === undefined || third === undefined) return { zoneId, vswitchId };
  return { zoneId, vswitchId, secondaryZoneId: second.zoneId, hiddenZoneId: third.zoneId };
}

interface Node {
  readonly connectionDomain: string;
  readonly connectionPort: string;
}

/** Primary and secondary; the hidden node has no address. By name: a secondary that took over must not be another URL. */
const toHosts = (nodes: readonly Node[]): string =>
  nodes
    .map(({ connectionDomain, connectionPort }) => `${connectionDomain}:${connectionPort}`)
    .sort()
    .join(",");
