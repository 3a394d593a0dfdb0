"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.NodeGroup = exports.sshKey = exports.systemDisk = exports.imdsv2 = void 0;
exports.mediaImages = mediaImages;
const group_js_1 = require("@pulumi/aws/autoscaling/group.js");
const getAmi_js_1 = require("@pulumi/aws/ec2/getAmi.js");
const launchTemplate_js_1 = require("@pulumi/aws/ec2/launchTemplate.js");
const index_ts_1 = require("../../machine/index.js");
const naming_ts_1 = require("../../model/naming.js");
const node_group_ts_1 = require("../../model/node-group.js");
const existing_ts_1 = require("../existing.js");
const hooks_ts_1 = require("../hooks.js");
const part_ts_1 = require("../part.js");
const instance_types_ts_1 = require("./instance-types.js");
const known_types_ts_1 = require("./known-types.js");
const scaling_ts_1 = require("./scaling.js");
const settings_ts_1 = require("./settings.js");
const handles_ts_1 = require("../handles.js");
/** Token-bound metadata for the machine itself alone: AMS fetches URLs that others name (SSRF). */
exports.imdsv2 = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 };
/** The root device of Ubuntu's images, and so of AMS's. */
const systemDisk = (cluster, volumeSize) => [
    {
        deviceName: "/dev/sda1",
        ebs: { encrypted: "true", ...(0, existing_ts_1.ownKey)(cluster), volumeType: "gp3", volumeSize, deleteOnTermination: "true" },
    },
];
exports.systemDisk = systemDisk;
/** A launch template's part of SSH: the key's name, if there is a key. */
const sshKey = ({ keyPair }) => (keyPair === undefined ? {} : { keyName: keyPair.keyName });
exports.sshKey = sshKey;
/** A group of media machines across all zones, which follows the CPU and replaces what the balancer calls unhealthy. */
class NodeGroup extends part_ts_1.Part {
    group;
    #cluster;
    #role;
    #model;
    constructor({ role, group }, cluster, settings, needs, parent) {
        super("NodeGroup", `${cluster.name}-${role}`, parent);
        this.#cluster = cluster;
        this.#role = role;
        this.#model = group;
        const more = (0, node_group_ts_1.elasticityOf)(cluster, role).moreMachines.map((size) => instance_types_ts_1.instanceTypes[size]);
        const type = (0, instance_types_ts_1.groupType)(cluster, settings, role);
        const template = this.#addTemplate(type, needs);
        this.group = this.#addGroup(template, [type, ...more], needs);
        (0, scaling_ts_1.addScaling)(this, cluster, role, group, this.group);
        this.registerOutputs();
    }
    get #name() {
        return `${this.#cluster.name}-${this.#role}`;
    }
    #addTemplate(instanceType, { imageId, firewall, secrets, agent }) {
        const tags = (0, naming_ts_1.namedTags)(this.#cluster, this.#name);
        return new launchTemplate_js_1.LaunchTemplate(this.#name, {
            imageId,
            instanceType,
            userData: (0, index_ts_1.packedUserData)(this.#cluster, this.#role),
            ...(0, exports.sshKey)(secrets),
            iamInstanceProfile: { arn: secrets.profileOf(this.#role).arn },
            metadataOptions: exports.imdsv2,
            // Each minute instead of each five: scaling follows what it sees.
            monitoring: { enabled: true },
            ebsOptimized: "true",
            blockDeviceMappings: (0, exports.systemDisk)(this.#cluster, this.#model.diskGiB),
            networkInterfaces: [
                {
                    // WebRTC media passes no balancer: each node needs an address of its own.
                    associatePublicIpAddress: "true",
                    deleteOnTermination: "true",
                    securityGroups: firewall.idsOf(this.#role),
                },
            ],
            tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags })),
            updateDefaultVersion: true,
            tags,
        }, this.child({ dependsOn: [...agent.ready] }));
    }
    #addGroup(template, types, needs) {
        const { min, max, cooldownSeconds } = this.#model;
        // By number: with $Latest the group would not see a new version and refresh nothing.
        const version = { launchTemplateId: template.id, version: template.latestVersion.apply(String) };
        const { network, firewall, secrets, database, balancer } = needs;
        return new group_js_1.Group(this.#name, {
            // No desired capacity: that is the scaling policy's.
            minSize: min,
            maxSize: max,
            vpcZoneIdentifiers: [...network.subnetIds("media")],
            ...(0, scaling_ts_1.machinesOf)(this.#cluster, this.#role, this.#model, version, types),
            ...(0, scaling_ts_1.warmPool)(this.#cluster, this.#role),
            initialLifecycleHooks: (0, scaling_ts_1.hooks)(this.#cluster),
            targetGroupArns: balancer.targetGroupArns(this.#role),
            healthCheckType: "ELB",
            healthCheckGracePeriod: (0, hooks_ts_1.bootSeconds)(this.#cluster),
            defaultCooldown: cooldownSeconds,
            defaultInstanceWarmup: cooldownSeconds,
            instanceRefresh: (0, scaling_ts_1.refresh)(this.#cluster, this.#role, this.#model),
            // Free of charge, for the dashboard.
            enabledMetrics: ["GroupDesiredCapacity", "GroupInServiceInstances"],
            // Evening out the zones would cut live publishers off.
            ...(this.#role === "origin" ? { suspendedProcesses: ["AZRebalance"] } : {}),
            ...(0, scaling_ts_1.firstMachine)(this.#cluster),
            tags: this.#groupTags(),
        }, this.child({
            // Not the listeners, but where they wait for ACM, and ACM perhaps for a person: a target whose group has no listener
            // is `unused`, never healthy. Else not: until they have called a machine healthy, a group replaces none for its health (Auto Scaling's
            // guide, "Verify the attachment status of your load balancer"), and AMS keeps strangers from the panel by itself
            // (server.allowed_dashboard_CIDR). Not the other group: all nodes have the same keys (machine/agent/media/server.py).
            // The database, with its names: resolvers remember for 15 minutes that a name is missing (Route 53's SOA record),
            // which is as long as the launch hook waits.
            dependsOn: [
                ...network.wayIn,
                firewall,
                secrets,
                ...(database === undefined ? [] : [database]),
                ...this.#listeners(balancer),
            ],
            ignoreChanges: ["initialLifecycleHooks"],
            customTimeouts: { delete: `${(0, scaling_ts_1.deleteMinutes)(this.#cluster)}m` },
        }));
    }
    #listeners(balancer) {
        const { certificate, balancer: { kind }, } = this.#cluster;
        return kind === "managed" && certificate.source === "issued" ? [balancer] : [];
    }
    #groupTags() {
        const tags = Object.entries((0, naming_ts_1.namedTags)(this.#cluster, this.#name));
        return tags.map(([key, value]) => ({ key, value, propagateAtLaunch: true }));
    }
}
exports.NodeGroup = NodeGroup;
/** Product codes and names of Ant Media's marketplace images (its CloudFormation template). */
const products = {
    media: { code: "4wh7rhpic3wfwamyp5905tsbt", name: "AntMedia-AWS-Marketplace-EE-*" },
    gpu: { code: "8kf9kapq2qbo37fuekp8k7o6r", name: "AntMedia-AWS-Marketplace-GPU-*" },
};
/** The AMS image of each group: what the stack pins, or the newest of the marketplace. The instance type says which. */
function mediaImages(cluster, settings, parent) {
    const { images } = settings;
    const resolve = (image, product) => (0, settings_ts_1.isMarketplace)(image) ? newestImage(product, parent) : (0, handles_ts_1.inputOf)(image);
    const media = resolve(images.media, "media");
    const hasGpu = known_types_ts_1.typeFacts.gpuOf((0, instance_types_ts_1.groupType)(cluster, settings, "origin")) === "nvidia";
    const gpu = hasGpu ? images.gpu : undefined;
    return { origin: gpu === undefined ? media : resolve(gpu, "gpu"), edge: media };
}
function newestImage(product, parent) {
    const { code, name } = products[product];
    const filters = Object.entries({
        "product-code": code,
        name,
        architecture: "x86_64",
        "root-device-type": "ebs",
    }).map(([name, value]) => ({ name, values: [value] }));
    return (0, getAmi_js_1.getAmiOutput)({ owners: ["aws-marketplace"], filters, mostRecent: true }, { parent }).id;
}
