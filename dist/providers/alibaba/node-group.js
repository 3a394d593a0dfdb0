"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.NodeGroup = exports.systemDisk = void 0;
exports.mediaImage = mediaImage;
const ecsLaunchTemplate_js_1 = require("@pulumi/alicloud/ecs/ecsLaunchTemplate.js");
const scalingGroup_js_1 = require("@pulumi/alicloud/ess/scalingGroup.js");
const serverGroupAttachment_js_1 = require("@pulumi/alicloud/ess/serverGroupAttachment.js");
const index_ts_1 = require("../../machine/index.js");
const naming_ts_1 = require("../../model/naming.js");
const node_group_ts_1 = require("../../model/node-group.js");
const existing_ts_1 = require("../existing.js");
const hooks_ts_1 = require("../hooks.js");
const part_ts_1 = require("../part.js");
const instance_types_ts_1 = require("./instance-types.js");
const known_types_ts_1 = require("./known-types.js");
const scaling_ts_1 = require("./scaling.js");
const handles_ts_1 = require("../handles.js");
/** Of a hundred; all servers of a group weigh the same. */
const weight = 100;
/** With another zone policy it is another group, which can't bear the first one's name beside it. */
const nameEnds = { BALANCE: undefined, PRIORITY: "priority", COMPOSABLE: "mixed" };
/** What scaling and attachments change. */
const changedByItself = ["albServerGroups", "desiredCapacity", "protectedInstances"];
/** What a refresh that has succeeded sets. */
const changedByRefresh = ["launchTemplateId", "launchTemplateVersion"];
/**
 * With all that the provider's Read fills in, else each `up` would make another version of the template. But for iops:
 * cloud_essd has none to choose, and the vendor's tests leave it out (resource_alicloud_ecs_launch_template_test.go@81c43b6,
 * line 132).
 */
const systemDisk = (cluster, name, size) => ({
    name,
    description: `System disk of ${name}`,
    category: "cloud_essd",
    performanceLevel: "PL1",
    size,
    encrypted: true,
    ...(0, existing_ts_1.ownKey)(cluster),
    deleteWithInstance: true,
});
exports.systemDisk = systemDisk;
/** The instance type says which image a group takes. */
function mediaImage(cluster, settings, role) {
    const { images } = settings;
    if (known_types_ts_1.typeFacts.gpuOf((0, instance_types_ts_1.groupType)(cluster, settings, role)) !== "nvidia")
        return (0, handles_ts_1.inputOf)(images.media);
    if (images.gpu === undefined)
        throw new Error("a GPU machine without a GPU image was let through");
    return (0, handles_ts_1.inputOf)(images.gpu);
}
/** Launch template, scaling group over all zones, its way into the balancers' server groups, and CPU scaling. */
class NodeGroup extends part_ts_1.Part {
    groupName;
    groupId;
    #template;
    #scaled;
    #cluster;
    #role;
    #model;
    constructor({ role, group: model }, cluster, settings, ground, parent) {
        super("NodeGroup", `${cluster.name}-${role}`, parent);
        this.#cluster = cluster;
        this.#role = role;
        this.#model = model;
        this.#template = this.#addTemplate(settings, ground);
        const group = this.#addGroup(settings, ground);
        this.groupName = group.scalingGroupName.apply((name) => name ?? this.#name());
        this.groupId = group.id;
        const hooks = (0, scaling_ts_1.addHooks)(this, this.#name(), group, this.#cluster);
        const attachments = this.#attach(group, ground.balancer);
        const after = [...hooks, ...attachments];
        this.#scaled = { cluster, role, group, model, name: this.#name(), after };
        (0, scaling_ts_1.addScaling)(this, settings, this.#scaled);
        this.registerOutputs();
    }
    /** Has ESS bring the template to the machines that run, once `before` has begun. */
    refresh(before) {
        const after = [...this.#scaled.after, ...before];
        return (0, scaling_ts_1.addRefresh)(this, { ...this.#scaled, after }, this.#template);
    }
    #name(key) {
        const name = `${this.#cluster.name}-${this.#role}`;
        return key === undefined ? name : `${name}-${key}`;
    }
    #tags() {
        return (0, naming_ts_1.namedTags)(this.#cluster, this.#name());
    }
    #addTemplate(settings, { firewall, secrets, agent }) {
        return new ecsLaunchTemplate_js_1.EcsLaunchTemplate(this.#name(), {
            launchTemplateName: this.#name(),
            updateDefaultVersionNumber: true,
            imageId: mediaImage(this.#cluster, settings, this.#role),
            instanceName: this.#name(),
            instanceType: (0, instance_types_ts_1.groupType)(this.#cluster, settings, this.#role),
            instanceChargeType: "PostPaid",
            networkType: "vpc",
            securityGroupId: firewall.idOf(this.#role),
            // WebRTC media passes no balancer, so every machine has a public address.
            internetChargeType: "PayByTraffic",
            internetMaxBandwidthOut: settings.publicBandwidthMbps,
            systemDisk: (0, exports.systemDisk)(this.#cluster, this.#name(), this.#model.diskGiB),
            httpEndpoint: "enabled",
            httpTokens: "required",
            httpPutResponseHopLimit: 1,
            ramRoleName: secrets.roleOf(this.#role).name,
            ...(secrets.keyPairName === undefined ? {} : { keyPairName: secrets.keyPairName }),
            userData: (0, index_ts_1.packedUserData)(this.#cluster, this.#role),
            tags: this.#tags(),
            templateTags: this.#tags(),
        }, this.child({ dependsOn: [...agent.ready] }));
    }
    /** With a launch template the group is at work as soon as it is made, so all that its machines need stands before. */
    #addGroup(settings, { network, secrets, balancer, after }) {
        const { min, max, cooldownSeconds } = this.#model;
        const more = (0, node_group_ts_1.elasticityOf)(this.#cluster, this.#role).moreMachines.map((size) => instance_types_ts_1.types[size]);
        const all = [(0, instance_types_ts_1.groupType)(this.#cluster, settings, this.#role), ...more];
        const mix = (0, scaling_ts_1.mixOf)(this.#cluster, this.#role, this.#model, settings, all);
        return new scalingGroup_js_1.ScalingGroup(this.#name(), {
            scalingGroupName: this.#name(nameEnds[mix.multiAzPolicy]),
            minSize: min,
            maxSize: max,
            defaultCooldown: cooldownSeconds,
            vswitchIds: network.mappings("media").map(({ vswitchId }) => vswitchId),
            ...mix,
            launchTemplateId: this.#template.id,
            // A number, so that a new template is a change of the group and shows in a preview.
            launchTemplateVersion: this.#template.latestVersionNumber.apply(String),
            healthCheckTypes: ["ECS", "LOAD_BALANCER"],
            // Machines of an older template first: that is how a new one rolls through the group (docs/operations.md).
            removalPolicies: ["OldestScalingConfiguration", "OldestInstance"],
            scalingPolicy: "release",
            groupDeletionProtection: this.#cluster.protect,
            tags: this.#tags(),
        }, this.child({
            dependsOn: [...secrets.roleOf(this.#role).ready, ...balancer.ready, ...after],
            ignoreChanges: [...changedByItself, ...(settings.upgrade === "manual" ? [] : changedByRefresh)],
        }));
    }
    #attach(group, balancer) {
        return balancer
            .groupsOf(this.#role)
            .map(({ target, type, id }) => new serverGroupAttachment_js_1.ServerGroupAttachment(this.#name(target.name), { scalingGroupId: group.id, serverGroupId: id, type, port: target.port, weight, forceAttach: true }, this.child((0, scaling_ts_1.attachmentOptions)((0, hooks_ts_1.busyMinutes)(this.#cluster)))));
    }
}
exports.NodeGroup = NodeGroup;
