import { AutoSnapshotPolicy } from "@pulumi/alicloud/ecs/autoSnapshotPolicy.js";
import { EcsAutoSnapshotPolicyAttachment } from "@pulumi/alicloud/ecs/ecsAutoSnapshotPolicyAttachment.js";
import { EcsDisk } from "@pulumi/alicloud/ecs/ecsDisk.js";
import { EcsDiskAttachment } from "@pulumi/alicloud/ecs/ecsDiskAttachment.js";
import { Instance } from "@pulumi/alicloud/ecs/instance.js";
import { RamRoleAttachment } from "@pulumi/alicloud/ecs/ramRoleAttachment.js";
import { Zone } from "@pulumi/alicloud/pvtz/zone.js";
import { ZoneAttachment } from "@pulumi/alicloud/pvtz/zoneAttachment.js";
import { ZoneRecord } from "@pulumi/alicloud/pvtz/zoneRecord.js";
import type { Resource } from "@pulumi/pulumi";
import type { Cluster, OwnDatabase } from "../../../config/types.ts";
import { packedUserData } from "../../../machine/index.ts";
import { databaseHosts, namedTags, privateZone } from "../../../model/naming.ts";
import { databaseAddress, memberZone } from "../../../model/network/network.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { ownKey } from "../../shared/existing.ts";
import { inputOf } from "../../shared/handles.ts";
import { snapshotOf } from "../../shared/schema-parts.ts";
import { machineType } from "../compute/instance-types.ts";
import type { Secrets } from "../identity/secrets.ts";
import type { Firewall } from "../network/firewall.ts";
import type { Network, ZoneMapping } from "../network/network.ts";
import type { Settings } from "../schema.ts";
import { isOwnImage } from "../settings.ts";
import type { AgentBucket } from "../storage/agent-bucket.ts";

const systemDiskGiB = 40;

/** What the database stands on. */
export interface DatabaseDependencies {
  readonly network: Network;
  readonly firewall: Firewall;
  readonly secrets: Secrets;
  readonly agent: AgentBucket;
}

/** What of a member the others need to know. */
interface Member {
  readonly disk: EcsDisk;
  /** What makes it work: its disk, and its right to the secret. */
  readonly ready: readonly Resource[];
}

/**
 * The MongoDB machines, over the zones, each with a data disk of its own, a fixed address and a name in the network's
 * private zone. The first one's resources are called the same in a replica set of one and of three, so that it can grow.
 */
export class Database extends ClusterComponent {
  /** What media machines wait for. */
  readonly ready: readonly Resource[];
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
    const members = databaseHosts(cluster).map((_, member) => this.#addMember(member, dependencies));
    this.#addSnapshots(members);
    this.ready = [...members.flatMap(({ ready }) => ready), ...this.#addNames(dependencies.network)];
    this.registerOutputs();
  }

  /** Of the first member without a number, of the others with theirs: `database-data`, `database-data-2`. */
  #name(key?: string, member = 0): string {
    const parts = [`${this.#cluster.name}-database`, key, member === 0 ? undefined : `${member + 1}`];
    return parts.filter((component) => component !== undefined).join("-");
  }

  #tags(key?: string, member?: number): Readonly<Record<string, string>> {
    return namedTags(this.#cluster, this.#name(key, member));
  }

  #addMember(member: number, dependencies: DatabaseDependencies): Member {
    const home = dependencies.network.mappings("database")[memberZone(this.#cluster.network, member)];
    const databaseRole = dependencies.secrets.roleOf("database");
    if (home === undefined) throw new Error("the database member has no subnet");
    const machine = this.#addMachine(member, dependencies, home);
    const disk = this.#addDisk(member, home);
    const attached = new EcsDiskAttachment(
      this.#name("data", member),
      { diskId: disk.id, instanceId: machine.id, deleteWithInstance: false },
      this.child({ deleteBeforeReplace: true }),
    );
    const granted = new RamRoleAttachment(
      this.#name(undefined, member),
      { instanceId: machine.id, ramRoleName: databaseRole.name },
      this.child({ deleteBeforeReplace: true, dependsOn: [...databaseRole.ready] }),
    );
    return { disk, ready: [attached, granted] };
  }

  #addMachine(member: number, { firewall, secrets, agent }: DatabaseDependencies, home: ZoneMapping): Instance {
    const { images } = this.#settings;
    const { encryption } = this.#cluster;
    const tags = this.#tags(undefined, member);
    return new Instance(
      this.#name(undefined, member),
      {
        instanceName: this.#name(undefined, member),
        imageId: inputOf(images.database),
        instanceType: machineType(this.#cluster, this.#settings, "database"),
        instanceChargeType: "PostPaid",
        vswitchId: home.vswitchId,
        privateIp: databaseAddress(this.#cluster.network, member),
        // No public address.
        internetMaxBandwidthOut: 0,
        securityGroups: [firewall.idOf("database")],
        systemDiskCategory: "cloud_essd",
        systemDiskSize: systemDiskGiB,
        systemDiskEncrypted: true,
        ...(encryption.keyId === undefined ? {} : { systemDiskKmsKeyId: inputOf(encryption.keyId) }),
        httpEndpoint: "enabled",
        httpTokens: "required",
        securityEnhancementStrategy: isOwnImage(images.database) ? "Deactive" : "Active",
        deletionProtection: this.#cluster.protect,
        ...(secrets.keyPairName === undefined ? {} : { keyName: secrets.keyPairName }),
        userData: packedUserData(this.#cluster, "database"),
        tags,
        volumeTags: tags,
      },
      this.durable(this.#cluster, {
        // Its address is fixed, so the new one can't stand beside the old one. It doesn't wait for its way out, which takes
        // minutes: its program tries again until it is there.
        deleteBeforeReplace: true,
        // A new image or start-up text is for a new machine, never a reason to lose the running one.
        ignoreChanges: ["imageId", "securityEnhancementStrategy", "userData"],
        dependsOn: [...agent.ready],
      }),
    );
  }

  #addDisk(member: number, { zoneId }: ZoneMapping): EcsDisk {
    const name = this.#name("data", member);
    const snapshotId = snapshotOf(this.#settings, member);
    return new EcsDisk(
      name,
      {
        diskName: name,
        zoneId,
        category: "cloud_essd",
        performanceLevel: "PL1",
        size: this.#database.diskGiB,
        // Grows while the machine runs.
        type: "online",
        encrypted: true,
        ...ownKey(this.#cluster),
        deleteWithInstance: false,
        // A disk's automatic snapshots outlive it, for as long as the policy kept them.
        deleteAutoSnapshot: false,
        // Another snapshot is another disk: while it is protected, the update stops rather than lose what is there.
        ...(snapshotId === undefined ? {} : { snapshotId }),
        tags: this.#tags("data", member),
      },
      // ECS takes no last snapshot of a disk that goes, as EBS does: the disk itself stays, for its owner to delete.
      this.durable(this.#cluster, { retainOnDelete: true }),
    );
  }

  /** The policy knows days and hours of the day only; a journal on the same disk makes each snapshot a state to start from. */
  #addSnapshots(members: readonly Member[]): void {
    const { everyHours, keep } = this.#database.snapshots;
    const name = this.#name("snapshots");
    const policy = new AutoSnapshotPolicy(
      name,
      {
        autoSnapshotPolicyName: name,
        repeatWeekdays: ["1", "2", "3", "4", "5", "6", "7"],
        timePoints: Array.from({ length: 24 / everyHours }, (_, index) => `${index * everyHours}`),
        retentionDays: Math.ceil((everyHours * keep) / 24),
        tags: this.#tags("snapshots"),
      },
      this.child(),
    );
    members.forEach(({ disk }, member) => {
      const bound = { autoSnapshotPolicyId: policy.id, diskId: disk.id };
      // A disk has one policy.
      new EcsAutoSnapshotPolicyAttachment(
        this.#name("snapshots", member),
        bound,
        this.child({ deleteBeforeReplace: true }),
      );
    });
  }

  #addNames(network: Network): readonly Resource[] {
    const zoneName = privateZone(this.#cluster);
    const zone = new Zone(this.#name("zone"), { zoneName, tags: this.#tags("zone") }, this.child());
    const attached = new ZoneAttachment(
      this.#name("zone"),
      { zoneId: zone.id, vpcs: [{ vpcId: network.vpcId, regionId: this.#cluster.region }] },
      this.child(),
    );
    const records = databaseHosts(this.#cluster).map((host, index) => {
      const rr = host.slice(0, -zoneName.length - 1);
      const value = databaseAddress(this.#cluster.network, index);
      return new ZoneRecord(this.#name(rr), { zoneId: zone.id, rr, type: "A", value, ttl: 60 }, this.child());
    });
    return [attached, ...records];
  }
}
