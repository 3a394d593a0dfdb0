import { Cluster as DocumentDb } from "@pulumi/aws/docdb/cluster.js";
import { ClusterInstance } from "@pulumi/aws/docdb/clusterInstance.js";
import { ClusterParameterGroup } from "@pulumi/aws/docdb/clusterParameterGroup.js";
import { SubnetGroup } from "@pulumi/aws/docdb/subnetGroup.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster, ManagedDatabase as Model } from "../../../config/types.ts";
import { databaseUser, namedTags } from "../../../model/naming.ts";
import { databasePort } from "../../../model/network/firewall.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { ownKey } from "../../shared/existing.ts";
import type { ManagedAddress } from "../../shared/generated.ts";
import { managedType } from "../compute/instance-types.ts";
import { zoneName } from "../network/network.ts";
import type { Settings } from "../schema.ts";
import type { DatabaseDependencies } from "./database.ts";

/** One that writes and one that takes over; the storage below them has six copies over three zones anyway. */
const instances = 2;

/** Days that a point in time can be restored from. */
const backupRetentionPeriod = 7;

/**
 * Amazon DocumentDB with MongoDB 5.0's protocol, in the private subnets.
 *
 * What AMS can do there: its vendor documents a cluster on DocumentDB (docs, "Scaling with AWS DocumentDB"). The URL needs
 * `retryWrites=false`, because DocumentDB has no retryable writes and drivers ask for them; AMS takes a `?` since 3.1.0
 * only. What it can't: DocumentDB is no MongoDB; operators such as $lookup with a pipeline, some index types and
 * collations are missing or differ. Whether each of AMS's own queries works there is unverified: no test here speaks to
 * DocumentDB, and the vendor publishes no list.
 *
 * TLS: the vendor's guide turns it off, since AMS then took no options in the URL and its Java doesn't trust Amazon's
 * authority for databases. Since AMS 3.1.0 only the trust is missing, so TLS is on once `ams:aws.documentDbCa` holds
 * that authority's certificate, and off without it: then the password still doesn't cross the network (SCRAM), but the
 * data do, within the VPC.
 */
export class ManagedDatabase extends ClusterComponent {
  readonly address: ManagedAddress;
  /** Host and port, without credentials. */
  readonly endpoint: pulumi.Output<string>;
  readonly #cluster: Cluster;

  constructor(
    cluster: Cluster,
    database: Model,
    settings: Settings,
    dependencies: DatabaseDependencies,
    parent: ClusterComponent,
  ) {
    super("Database", `${cluster.name}-database`, parent);
    this.#cluster = cluster;
    const { documentDbCa: ca } = settings;
    const service = this.#addCluster(database, ca !== undefined, dependencies);
    this.#addInstances(service, managedType(database, settings));
    this.endpoint = pulumi.interpolate`${service.endpoint}:${databasePort(cluster)}`;
    const options = ca === undefined ? "" : "&tls=true";
    const hosts = pulumi.interpolate`${this.endpoint}/?replicaSet=rs0&retryWrites=false${options}`;
    this.address = { hosts, ...(ca === undefined ? {} : { ca }) };
    this.registerOutputs();
  }

  get #name(): string {
    return `${this.#cluster.name}-database`;
  }

  get #tags(): Readonly<{ [key: string]: string }> {
    return namedTags(this.#cluster, this.#name);
  }

  #addCluster(database: Model, tls: boolean, { network, firewall, secrets }: DatabaseDependencies): DocumentDb {
    const subnets = new SubnetGroup(
      this.#name,
      { subnetIds: [...network.subnetIds("database")], tags: this.#tags },
      this.child(),
    );
    const { appPassword } = secrets.credentials;
    if (appPassword === undefined) throw new Error("the managed database has no password");
    return new DocumentDb(
      this.#name,
      {
        engine: "docdb",
        engineVersion: `${database.version}.0`,
        masterUsername: databaseUser,
        masterPassword: appPassword,
        port: databasePort(this.#cluster),
        dbSubnetGroupName: subnets.name,
        dbClusterParameterGroupName: this.#addParameters(database, tls).name,
        vpcSecurityGroupIds: firewall.idsOf("database"),
        storageEncrypted: true,
        ...ownKey(this.#cluster),
        deletionProtection: this.#cluster.protect,
        backupRetentionPeriod,
        skipFinalSnapshot: false,
        // A generation's last state keeps its name to itself.
        finalSnapshotIdentifier: `${this.#name}-final-${this.#cluster.generation}`,
        enabledCloudwatchLogsExports: ["audit"],
        // A new password is in the machines' secret at once, so it has to be here too.
        applyImmediately: true,
        tags: this.#tags,
      },
      this.durable(this.#cluster, { dependsOn: [firewall] }),
    );
  }

  #addParameters({ version }: Model, tls: boolean): ClusterParameterGroup {
    return new ClusterParameterGroup(
      this.#name,
      {
        family: `docdb${version}`,
        description: `Ant Media Server cluster ${this.#cluster.name}`,
        parameters: [
          { name: "tls", value: tls ? "enabled" : "disabled", applyMethod: "pending-reboot" },
          { name: "audit_logs", value: "enabled", applyMethod: "pending-reboot" },
        ],
        tags: this.#tags,
      },
      this.child(),
    );
  }

  #addInstances(service: DocumentDb, instanceClass: string): void {
    const { zones } = this.#cluster.network;
    zones.slice(0, instances).forEach((zone, index) => {
      const name = `${this.#name}-${index + 1}`;
      new ClusterInstance(
        name,
        {
          clusterIdentifier: service.id,
          instanceClass,
          availabilityZone: zoneName(this.#cluster, zone),
          copyTagsToSnapshot: true,
          applyImmediately: true,
          tags: namedTags(this.#cluster, name),
        },
        this.child(),
      );
    });
  }
}
