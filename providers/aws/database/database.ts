import { LifecyclePolicy } from "@pulumi/aws/dlm/lifecyclePolicy.js";
import { Volume } from "@pulumi/aws/ebs/volume.js";
import { Instance } from "@pulumi/aws/ec2/instance.js";
import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate.js";
import { VolumeAttachment } from "@pulumi/aws/ec2/volumeAttachment.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import { Record } from "@pulumi/aws/route53/record.js";
import { Zone } from "@pulumi/aws/route53/zone.js";
import type { Output } from "@pulumi/pulumi";
import type { Cluster, OwnDatabase } from "../../../config/types.ts";
import { packedUserData } from "../../../machine/index.ts";
import { databaseHosts, dataDevice, namedTags, privateZone } from "../../../model/naming.ts";
import { databaseAddress, memberZone } from "../../../model/network/network.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { ownKey } from "../../shared/existing.ts";
import { inputOf } from "../../shared/handles.ts";
import { snapshotOf } from "../../shared/schema-parts.ts";
import { machineType } from "../compute/instance-types.ts";
import { imdsv2, sshKey, systemDisk } from "../compute/node-group.ts";
import { identityOf } from "../identity/permissions.ts";
import { mayAssume, type Secrets } from "../identity/secrets.ts";
import { partition } from "../identity/statements.ts";
import type { Firewall } from "../network/firewall.ts";
import { type Network, zoneName } from "../network/network.ts";
import type { Settings } from "../schema.ts";
import type { AgentBucket } from "../storage/agent-bucket.ts";

/**
 * Canonical's public parameter for the newest Ubuntu 24.04. EC2 resolves it when it launches the machine (EC2 user
 * guide, "Use a Systems Manager parameter instead of an AMI ID"), so that no preview looks anything up. It stands in a
 * launch template because an instance whose own `ami` is one is replaced at each update (terraform-provider-aws 43364).
 */
export const newestUbuntu =
  "resolve:ssm:/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id";

/** System disk; the data has a volume of its own. */
const systemDiskGiB = 20;

export interface DatabaseDependencies {
  readonly network: Network;
  readonly firewall: Firewall;
  readonly secrets: Secrets;
  readonly agent: AgentBucket;
}

/**
 * The MongoDB machines, over the zones, each with a fixed private address and name and a data volume that outlives it.
 * The first one's resources are called the same in a replica set of one and of three, so that it can grow.
 */
export class Database extends ClusterComponent {
  readonly imageId: Output<string>;
  readonly #cluster: Cluster;
  readonly #database: OwnDatabase;
  readonly #settings: Settings;

  constructor(
    cluster: Cluster,
    database: OwnDatabase,
    settings: Settings,
    dependencies: DatabaseDependencies,
    parent: ClusterComponent,
  ) {
    super("Database", `${cluster.name}-database`, parent);
    this.#cluster = cluster;
    this.#database = database;
    this.#settings = settings;
    const template = this.#addTemplate(dependencies);
    const [first] = databaseHosts(cluster).map((_, member) => {
      const instance = this.#addInstance(member, template, dependencies);
      this.#addVolume(member, instance);
      return instance;
    });
    if (first === undefined) throw new Error("the database has no members");
    this.#addNames(dependencies.network);
    this.#addSnapshots();
    this.imageId = first.ami;
    this.registerOutputs();
  }

  /** Of the first member without a number, of the others with theirs: `database-data`, `database-data-2`. */
  #name(key?: string, member = 0): string {
    const parts = [`${this.#cluster.name}-database`, key, member === 0 ? undefined : `${member + 1}`];
    return parts.filter((component) => component !== undefined).join("-");
  }

  /** One text and one template for all members: each finds its own name by its address. */
  #addTemplate({ secrets, agent }: DatabaseDependencies): LaunchTemplate {
    const tags = namedTags(this.#cluster, this.#name());
    return new LaunchTemplate(
      this.#name(),
      {
        imageId: inputOf(this.#settings.images.database ?? newestUbuntu),
        userData: packedUserData(this.#cluster, "database"),
        ...sshKey(secrets),
        metadataOptions: imdsv2,
        blockDeviceMappings: systemDisk(this.#cluster, systemDiskGiB),
        tagSpecifications: [{ resourceType: "volume", tags }],
        updateDefaultVersion: true,
        tags,
      },
      this.child({ dependsOn: [...agent.ready] }),
    );
  }

  #addInstance(
    member: number,
    template: LaunchTemplate,
    { network, firewall, secrets }: DatabaseDependencies,
  ): Instance {
    const subnetId = network.subnetIds("database")[memberZone(this.#cluster.network, member)];
    if (subnetId === undefined) throw new Error("the database member has no subnet");
    return new Instance(
      this.#name(undefined, member),
      {
        // Read once, when the machine is made; what may change in place stands below and not in the template.
        launchTemplate: { id: template.id, version: "$Latest" },
        instanceType: machineType(this.#cluster, this.#settings, "database"),
        subnetId,
        privateIp: databaseAddress(this.#cluster.network, member),
        associatePublicIpAddress: false,
        vpcSecurityGroupIds: firewall.idsOf("database"),
        iamInstanceProfile: secrets.profileOf("database").name,
        metadataOptions: imdsv2,
        monitoring: true,
        ebsOptimized: true,
        disableApiTermination: this.#cluster.protect,
        tags: namedTags(this.#cluster, this.#name(undefined, member)),
      },
      this.durable(this.#cluster, {
        // A new image or new user data is no reason to replace the machine that holds the cluster's state.
        ignoreChanges: ["launchTemplate", "ami", "userData", "userDataBase64"],
        // Two machines can't have the one address.
        deleteBeforeReplace: true,
        // Not the way out: a NAT gateway takes minutes, and the machine's program tries again until it is there.
        dependsOn: [firewall, secrets],
      }),
    );
  }

  #addVolume(member: number, instance: Instance): void {
    const { network } = this.#cluster;
    const home = network.zones[memberZone(network, member)];
    if (home === undefined) throw new Error("the database member has no subnet");
    const name = this.#name("data", member);
    const snapshotId = snapshotOf(this.#settings, member);
    const volume = new Volume(
      name,
      {
        availabilityZone: zoneName(this.#cluster, home),
        type: "gp3",
        size: this.#database.diskGiB,
        encrypted: true,
        ...ownKey(this.#cluster),
        // Another snapshot is another volume: while it is protected, the update stops rather than lose what is there.
        ...(snapshotId === undefined ? {} : { snapshotId }),
        finalSnapshot: true,
        tags: { ...namedTags(this.#cluster, name), ...this.#snapshotTag },
      },
      this.durable(this.#cluster),
    );
    // A volume pulled from under a running mongod would lose its last writes.
    const attachment = { instanceId: instance.id, volumeId: volume.id, stopInstanceBeforeDetaching: true };
    // A volume is attached once.
    new VolumeAttachment(name, { ...attachment, deviceName: dataDevice }, this.child({ deleteBeforeReplace: true }));
  }

  /** AMS gets names: they outlive an address, and MongoDB refuses a replica set of bare addresses. */
  #addNames(network: Network): void {
    const tags = namedTags(this.#cluster, this.#name("zone"));
    const comment = `Members of ${this.#cluster.name}`;
    const vpcs = [{ vpcId: network.vpcId, vpcRegion: this.#cluster.region }];
    const zone = new Zone(this.#name("zone"), { name: privateZone(this.#cluster), comment, vpcs, tags }, this.child());
    databaseHosts(this.#cluster).forEach((host, member) => {
      const records = [databaseAddress(this.#cluster.network, member)];
      const key = this.#name(`db${member + 1}`);
      new Record(key, { zoneId: zone.zoneId, name: host, type: "A", ttl: 60, records }, this.child());
    });
  }

  /** What the snapshots' policy knows the data volumes by. */
  get #snapshotTag(): Readonly<{ [key: string]: string }> {
    return { "ams-cluster-data": this.#cluster.name };
  }

  /** Data Lifecycle Manager's snapshots; a journal on the same volume makes each one a state that mongod starts from. */
  #addSnapshots(): void {
    const name = this.#name("snapshots");
    const tags = namedTags(this.#cluster, name);
    const assumeRolePolicy = mayAssume(this.#cluster, "dlm");
    const role = new Role(name, { assumeRolePolicy, ...identityOf(this.#settings), tags }, this.child());
    const policyArn = `arn:${partition(this.#cluster)}:iam::aws:policy/service-role/AWSDataLifecycleManagerServiceRole`;
    const right = new RolePolicyAttachment(name, { role: role.name, policyArn }, this.child());
    const { everyHours, keep } = this.#database.snapshots;
    const schedule = {
      name: "data",
      createRule: { interval: everyHours, intervalUnit: "HOURS" },
      retainRule: { count: keep },
      copyTags: true,
    };
    new LifecyclePolicy(
      name,
      {
        description: `Data volumes of ${this.#cluster.name}`,
        executionRoleArn: role.arn,
        policyDetails: { resourceTypes: ["VOLUME"], targetTags: this.#snapshotTag, schedules: [schedule] },
        tags,
      },
      this.child({ dependsOn: [right] }),
    );
  }
}
