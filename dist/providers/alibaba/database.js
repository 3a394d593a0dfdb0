"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Database = void 0;
const autoSnapshotPolicy_js_1 = require("@pulumi/alicloud/ecs/autoSnapshotPolicy.js");
const ecsAutoSnapshotPolicyAttachment_js_1 = require("@pulumi/alicloud/ecs/ecsAutoSnapshotPolicyAttachment.js");
const ecsDisk_js_1 = require("@pulumi/alicloud/ecs/ecsDisk.js");
const ecsDiskAttachment_js_1 = require("@pulumi/alicloud/ecs/ecsDiskAttachment.js");
const instance_js_1 = require("@pulumi/alicloud/ecs/instance.js");
const ramRoleAttachment_js_1 = require("@pulumi/alicloud/ecs/ramRoleAttachment.js");
const zone_js_1 = require("@pulumi/alicloud/pvtz/zone.js");
const zoneAttachment_js_1 = require("@pulumi/alicloud/pvtz/zoneAttachment.js");
const zoneRecord_js_1 = require("@pulumi/alicloud/pvtz/zoneRecord.js");
const index_ts_1 = require("../../machine/index.js");
const naming_ts_1 = require("../../model/naming.js");
const network_ts_1 = require("../../model/network.js");
const existing_ts_1 = require("../existing.js");
const part_ts_1 = require("../part.js");
const instance_types_ts_1 = require("./instance-types.js");
const settings_ts_1 = require("./settings.js");
const handles_ts_1 = require("../handles.js");
const systemDiskGiB = 40;
/**
 * The MongoDB machines, over the zones, each with a data disk of its own, a fixed address and a name in the network's
 * private zone. The first one's resources are called the same in a replica set of one and of three, so that it can grow.
 */
class Database extends part_ts_1.Part {
    /** What media machines wait for. */
    ready;
    #cluster;
    #database;
    #settings;
    constructor(cluster, database, settings, ground, parent) {
        super("Database", `${cluster.name}-database`, parent);
        this.#cluster = cluster;
        this.#database = database;
        this.#settings = settings;
        const members = (0, naming_ts_1.databaseHosts)(cluster).map((_, member) => this.#addMember(member, ground));
        this.#addSnapshots(members);
        this.ready = [...members.flatMap(({ ready }) => ready), ...this.#addNames(ground.network)];
        this.registerOutputs();
    }
    /** Of the first member without a number, of the others with theirs: `database-data`, `database-data-2`. */
    #name(key, member = 0) {
        const parts = [`${this.#cluster.name}-database`, key, member === 0 ? undefined : `${member + 1}`];
        return parts.filter((part) => part !== undefined).join("-");
    }
    #tags(key, member) {
        return (0, naming_ts_1.namedTags)(this.#cluster, this.#name(key, member));
    }
    #addMember(member, ground) {
        const home = ground.network.mappings("database")[(0, network_ts_1.memberZone)(this.#cluster.network, member)];
        const databaseRole = ground.secrets.roleOf("database");
        if (home === undefined)
            throw new Error("a member has no home");
        const machine = this.#addMachine(member, ground, home);
        const disk = this.#addDisk(member, home);
        const attached = new ecsDiskAttachment_js_1.EcsDiskAttachment(this.#name("data", member), { diskId: disk.id, instanceId: machine.id, deleteWithInstance: false }, this.child({ deleteBeforeReplace: true }));
        const granted = new ramRoleAttachment_js_1.RamRoleAttachment(this.#name(undefined, member), { instanceId: machine.id, ramRoleName: databaseRole.name }, this.child({ deleteBeforeReplace: true, dependsOn: [...databaseRole.ready] }));
        return { disk, ready: [attached, granted] };
    }
    #addMachine(member, { firewall, secrets, agent }, home) {
        const { images } = this.#settings;
        const { encryption } = this.#cluster;
        const tags = this.#tags(undefined, member);
        return new instance_js_1.Instance(this.#name(undefined, member), {
            instanceName: this.#name(undefined, member),
            imageId: (0, handles_ts_1.inputOf)(images.database),
            instanceType: (0, instance_types_ts_1.databaseType)(this.#database, this.#settings),
            instanceChargeType: "PostPaid",
            vswitchId: home.vswitchId,
            privateIp: (0, network_ts_1.databaseAddress)(this.#cluster.network, member),
            // No public address.
            internetMaxBandwidthOut: 0,
            securityGroups: [firewall.idOf("database")],
            systemDiskCategory: "cloud_essd",
            systemDiskSize: systemDiskGiB,
            systemDiskEncrypted: true,
            ...(encryption.keyId === undefined ? {} : { systemDiskKmsKeyId: (0, handles_ts_1.inputOf)(encryption.keyId) }),
            httpEndpoint: "enabled",
            httpTokens: "required",
            securityEnhancementStrategy: (0, settings_ts_1.isOwnImage)(images.database) ? "Deactive" : "Active",
            deletionProtection: this.#cluster.protect,
            ...(secrets.keyPairName === undefined ? {} : { keyName: secrets.keyPairName }),
            userData: (0, index_ts_1.packedUserData)(this.#cluster, "database"),
            tags,
            volumeTags: tags,
        }, this.durable(this.#cluster, {
            // Its address is fixed, so the new one can't stand beside the old one. It doesn't wait for its way out, which takes
            // minutes: its program tries again until it is there.
            deleteBeforeReplace: true,
            // A new image or start-up text is for a new machine, never a reason to lose the running one.
            ignoreChanges: ["imageId", "securityEnhancementStrategy", "userData"],
            dependsOn: [...agent.ready],
        }));
    }
    #addDisk(member, { zoneId }) {
        const name = this.#name("data", member);
        const snapshotId = (0, settings_ts_1.snapshotOf)(this.#settings, member);
        return new ecsDisk_js_1.EcsDisk(name, {
            diskName: name,
            zoneId,
            category: "cloud_essd",
            performanceLevel: "PL1",
            size: this.#database.diskGiB,
            // Grows while the machine runs.
            type: "online",
            encrypted: true,
            ...(0, existing_ts_1.ownKey)(this.#cluster),
            deleteWithInstance: false,
            // A disk's automatic snapshots outlive it, for as long as the policy kept them.
            deleteAutoSnapshot: false,
            // Another snapshot is another disk: while it is protected, the update stops rather than lose what is there.
            ...(snapshotId === undefined ? {} : { snapshotId }),
            tags: this.#tags("data", member),
        }, 
        // ECS takes no last snapshot of a disk that goes, as EBS does: the disk itself stays, for its owner to delete.
        this.durable(this.#cluster, { retainOnDelete: true }));
    }
    /** The policy knows days and hours of the day only; a journal on the same disk makes each snapshot a state to start from. */
    #addSnapshots(members) {
        const { everyHours, keep } = this.#database.snapshots;
        const name = this.#name("snapshots");
        const policy = new autoSnapshotPolicy_js_1.AutoSnapshotPolicy(name, {
            autoSnapshotPolicyName: name,
            repeatWeekdays: ["1", "2", "3", "4", "5", "6", "7"],
            timePoints: Array.from({ length: 24 / everyHours }, (_, index) => `${index * everyHours}`),
            retentionDays: Math.ceil((everyHours * keep) / 24),
            tags: this.#tags("snapshots"),
        }, this.child());
        members.forEach(({ disk }, member) => {
            const bound = { autoSnapshotPolicyId: policy.id, diskId: disk.id };
            // A disk has one policy.
            new ecsAutoSnapshotPolicyAttachment_js_1.EcsAutoSnapshotPolicyAttachment(this.#name("snapshots", member), bound, this.child({ deleteBeforeReplace: true }));
        });
    }
    #addNames(network) {
        const zoneName = (0, naming_ts_1.privateZone)(this.#cluster);
        const zone = new zone_js_1.Zone(this.#name("zone"), { zoneName, tags: this.#tags("zone") }, this.child());
        const attached = new zoneAttachment_js_1.ZoneAttachment(this.#name("zone"), { zoneId: zone.id, vpcs: [{ vpcId: network.vpcId, regionId: this.#cluster.region }] }, this.child());
        const records = (0, naming_ts_1.databaseHosts)(this.#cluster).map((host, index) => {
            const rr = host.slice(0, -zoneName.length - 1);
            const value = (0, network_ts_1.databaseAddress)(this.#cluster.network, index);
            return new zoneRecord_js_1.ZoneRecord(this.#name(rr), { zoneId: zone.id, rr, type: "A", value, ttl: 60 }, this.child());
        });
        return [attached, ...records];
    }
}
exports.Database = Database;
