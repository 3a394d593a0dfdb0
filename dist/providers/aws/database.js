"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Database = exports.newestUbuntu = void 0;
const lifecyclePolicy_js_1 = require("@pulumi/aws/dlm/lifecyclePolicy.js");
const volume_js_1 = require("@pulumi/aws/ebs/volume.js");
const instance_js_1 = require("@pulumi/aws/ec2/instance.js");
const launchTemplate_js_1 = require("@pulumi/aws/ec2/launchTemplate.js");
const volumeAttachment_js_1 = require("@pulumi/aws/ec2/volumeAttachment.js");
const role_js_1 = require("@pulumi/aws/iam/role.js");
const rolePolicyAttachment_js_1 = require("@pulumi/aws/iam/rolePolicyAttachment.js");
const record_js_1 = require("@pulumi/aws/route53/record.js");
const zone_js_1 = require("@pulumi/aws/route53/zone.js");
const index_ts_1 = require("../../machine/index.js");
const naming_ts_1 = require("../../model/naming.js");
const network_ts_1 = require("../../model/network.js");
const existing_ts_1 = require("../existing.js");
const part_ts_1 = require("../part.js");
const instance_types_ts_1 = require("./instance-types.js");
const network_ts_2 = require("./network.js");
const node_group_ts_1 = require("./node-group.js");
const permissions_ts_1 = require("./permissions.js");
const secrets_ts_1 = require("./secrets.js");
const settings_ts_1 = require("./settings.js");
const handles_ts_1 = require("../handles.js");
/**
 * Canonical's public parameter for the newest Ubuntu 24.04. EC2 resolves it when it launches the machine (EC2 user
 * guide, "Use a Systems Manager parameter instead of an AMI ID"), so that no preview looks anything up. It stands in a
 * launch template because an instance whose own `ami` is one is replaced at each update (terraform-provider-aws 43364).
 */
exports.newestUbuntu = "resolve:ssm:/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id";
/** System disk; the data has a volume of its own. */
const systemDiskGiB = 20;
/**
 * The MongoDB machines, over the zones, each with a fixed private address and name and a data volume that outlives it.
 * The first one's resources are called the same in a replica set of one and of three, so that it can grow.
 */
class Database extends part_ts_1.Part {
    imageId;
    #cluster;
    #database;
    #settings;
    constructor(cluster, database, settings, needs, parent) {
        super("Database", `${cluster.name}-database`, parent);
        this.#cluster = cluster;
        this.#database = database;
        this.#settings = settings;
        const template = this.#addTemplate(needs);
        const [first] = (0, naming_ts_1.databaseHosts)(cluster).map((_, member) => {
            const instance = this.#addInstance(member, template, needs);
            this.#addVolume(member, instance);
            return instance;
        });
        if (first === undefined)
            throw new Error("a database of our own has at least one member");
        this.#addNames(needs.network);
        this.#addSnapshots();
        this.imageId = first.ami;
        this.registerOutputs();
    }
    /** Of the first member without a number, of the others with theirs: `database-data`, `database-data-2`. */
    #name(key, member = 0) {
        const parts = [`${this.#cluster.name}-database`, key, member === 0 ? undefined : `${member + 1}`];
        return parts.filter((part) => part !== undefined).join("-");
    }
    /** One text and one template for all members: each finds its own name by its address. */
    #addTemplate({ secrets, agent }) {
        const tags = (0, naming_ts_1.namedTags)(this.#cluster, this.#name());
        return new launchTemplate_js_1.LaunchTemplate(this.#name(), {
            imageId: (0, handles_ts_1.inputOf)(this.#settings.images.database ?? exports.newestUbuntu),
            userData: (0, index_ts_1.packedUserData)(this.#cluster, "database"),
            ...(0, node_group_ts_1.sshKey)(secrets),
            metadataOptions: node_group_ts_1.imdsv2,
            blockDeviceMappings: (0, node_group_ts_1.systemDisk)(this.#cluster, systemDiskGiB),
            tagSpecifications: [{ resourceType: "volume", tags }],
            updateDefaultVersion: true,
            tags,
        }, this.child({ dependsOn: [...agent.ready] }));
    }
    #addInstance(member, template, { network, firewall, secrets }) {
        const subnetId = network.subnetIds("database")[(0, network_ts_1.memberZone)(this.#cluster.network, member)];
        if (subnetId === undefined)
            throw new Error("a member has no home");
        return new instance_js_1.Instance(this.#name(undefined, member), {
            // Read once, when the machine is made; what may change in place stands below and not in the template.
            launchTemplate: { id: template.id, version: "$Latest" },
            instanceType: (0, instance_types_ts_1.databaseType)(this.#database, this.#settings),
            subnetId,
            privateIp: (0, network_ts_1.databaseAddress)(this.#cluster.network, member),
            associatePublicIpAddress: false,
            vpcSecurityGroupIds: firewall.idsOf("database"),
            iamInstanceProfile: secrets.profileOf("database").name,
            metadataOptions: node_group_ts_1.imdsv2,
            monitoring: true,
            ebsOptimized: true,
            disableApiTermination: this.#cluster.protect,
            tags: (0, naming_ts_1.namedTags)(this.#cluster, this.#name(undefined, member)),
        }, this.durable(this.#cluster, {
            // A new image or new user data is no reason to replace the machine that holds the cluster's state.
            ignoreChanges: ["launchTemplate", "ami", "userData", "userDataBase64"],
            // Two machines can't have the one address.
            deleteBeforeReplace: true,
            // Not the way out: a NAT gateway takes minutes, and the machine's program tries again until it is there.
            dependsOn: [firewall, secrets],
        }));
    }
    #addVolume(member, instance) {
        const { network } = this.#cluster;
        const home = network.zones[(0, network_ts_1.memberZone)(network, member)];
        if (home === undefined)
            throw new Error("a member has no home");
        const name = this.#name("data", member);
        const snapshotId = (0, settings_ts_1.snapshotOf)(this.#settings, member);
        const volume = new volume_js_1.Volume(name, {
            availabilityZone: (0, network_ts_2.zoneName)(this.#cluster, home),
            type: "gp3",
            size: this.#database.diskGiB,
            encrypted: true,
            ...(0, existing_ts_1.ownKey)(this.#cluster),
            // Another snapshot is another volume: while it is protected, the update stops rather than lose what is there.
            ...(snapshotId === undefined ? {} : { snapshotId }),
            finalSnapshot: true,
            tags: { ...(0, naming_ts_1.namedTags)(this.#cluster, name), ...this.#snapshotTag },
        }, this.durable(this.#cluster));
        // A volume pulled from under a running mongod would lose its last writes.
        const attachment = { instanceId: instance.id, volumeId: volume.id, stopInstanceBeforeDetaching: true };
        // A volume is attached once.
        new volumeAttachment_js_1.VolumeAttachment(name, { ...attachment, deviceName: naming_ts_1.dataDevice }, this.child({ deleteBeforeReplace: true }));
    }
    /** AMS gets names: they outlive an address, and MongoDB refuses a replica set of bare addresses. */
    #addNames(network) {
        const tags = (0, naming_ts_1.namedTags)(this.#cluster, this.#name("zone"));
        const comment = `Members of ${this.#cluster.name}`;
        const vpcs = [{ vpcId: network.vpcId, vpcRegion: this.#cluster.region }];
        const zone = new zone_js_1.Zone(this.#name("zone"), { name: (0, naming_ts_1.privateZone)(this.#cluster), comment, vpcs, tags }, this.child());
        (0, naming_ts_1.databaseHosts)(this.#cluster).forEach((host, member) => {
            const records = [(0, network_ts_1.databaseAddress)(this.#cluster.network, member)];
            const key = this.#name(`db${member + 1}`);
            new record_js_1.Record(key, { zoneId: zone.zoneId, name: host, type: "A", ttl: 60, records }, this.child());
        });
    }
    /** What the snapshots' policy knows the data volumes by. */
    get #snapshotTag() {
        return { "ams-cluster-data": this.#cluster.name };
    }
    /** Data Lifecycle Manager's snapshots; a journal on the same volume makes each one a state that mongod starts from. */
    #addSnapshots() {
        const name = this.#name("snapshots");
        const tags = (0, naming_ts_1.namedTags)(this.#cluster, name);
        const role = new role_js_1.Role(name, { assumeRolePolicy: (0, secrets_ts_1.mayAssume)(this.#cluster, "dlm"), tags }, this.child());
        const policyArn = `arn:${(0, permissions_ts_1.partition)(this.#cluster)}:iam::aws:policy/service-role/AWSDataLifecycleManagerServiceRole`;
        const right = new rolePolicyAttachment_js_1.RolePolicyAttachment(name, { role: role.name, policyArn }, this.child());
        const { everyHours, keep } = this.#database.snapshots;
        const schedule = {
            name: "data",
            createRule: { interval: everyHours, intervalUnit: "HOURS" },
            retainRule: { count: keep },
            copyTags: true,
        };
        new lifecyclePolicy_js_1.LifecyclePolicy(name, {
            description: `Data volumes of ${this.#cluster.name}`,
            executionRoleArn: role.arn,
            policyDetails: { resourceTypes: ["VOLUME"], targetTags: this.#snapshotTag, schedules: [schedule] },
            tags,
        }, this.child({ dependsOn: [right] }));
    }
}
exports.Database = Database;
