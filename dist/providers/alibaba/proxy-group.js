"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.ProxyGroup = void 0;
const ecsLaunchTemplate_js_1 = require("@pulumi/alicloud/ecs/ecsLaunchTemplate.js");
const scalingGroup_js_1 = require("@pulumi/alicloud/ess/scalingGroup.js");
const serverGroupAttachment_js_1 = require("@pulumi/alicloud/ess/serverGroupAttachment.js");
const index_ts_1 = require("../../machine/index.js");
const naming_ts_1 = require("../../model/naming.js");
const hooks_ts_1 = require("../hooks.js");
const part_ts_1 = require("../part.js");
const instance_types_ts_1 = require("./instance-types.js");
const node_group_ts_1 = require("./node-group.js");
const scaling_ts_1 = require("./scaling.js");
const handles_ts_1 = require("../handles.js");
/** System, packages and, with Nginx, the cache of HLS; the image has 20 GiB. */
const diskGiB = 40;
/** Packages, the cloud's API and the certificate authority: clients come and go through the balancer. */
const wayOutMbps = 20;
/** Of a hundred; all proxies weigh the same. */
const weight = 100;
/** A fixed number of HAProxy or Nginx machines over the zones, which replaces what the network balancer calls unhealthy. */
class ProxyGroup extends part_ts_1.Part {
    groupName;
    #cluster;
    constructor(cluster, proxy, settings, ground, parent) {
        super("ProxyGroup", `${cluster.name}-proxy`, parent);
        this.#cluster = cluster;
        const proxyRole = ground.secrets.roleOf("proxy");
        const template = this.#addTemplate(proxy, settings, ground, proxyRole);
        const group = this.#addGroup(proxy.count, template, ground, proxyRole.ready);
        this.groupName = group.scalingGroupName.apply((name) => name ?? this.#name());
        this.#attach(group, ground.front);
        this.registerOutputs();
    }
    #name(key) {
        return key === undefined ? `${this.#cluster.name}-proxy` : `${this.#cluster.name}-proxy-${key}`;
    }
    #tags() {
        return (0, naming_ts_1.namedTags)(this.#cluster, this.#name());
    }
    #addTemplate(proxy, settings, { firewall, secrets, agent }, role) {
        return new ecsLaunchTemplate_js_1.EcsLaunchTemplate(this.#name(), {
            launchTemplateName: this.#name(),
            updateDefaultVersionNumber: true,
            imageId: (0, handles_ts_1.inputOf)(settings.images.proxy),
            instanceName: this.#name(),
            instanceType: (0, instance_types_ts_1.proxyType)(proxy, settings),
            instanceChargeType: "PostPaid",
            networkType: "vpc",
            securityGroupId: firewall.idOf("proxy"),
            internetChargeType: "PayByTraffic",
            internetMaxBandwidthOut: wayOutMbps,
            systemDisk: (0, node_group_ts_1.systemDisk)(this.#cluster, this.#name(), diskGiB),
            httpEndpoint: "enabled",
            httpTokens: "required",
            httpPutResponseHopLimit: 1,
            ramRoleName: role.name,
            ...(secrets.keyPairName === undefined ? {} : { keyPairName: secrets.keyPairName }),
            // Sent as it is, and ECS wants it in base64.
            userData: (0, index_ts_1.packedUserData)(this.#cluster, "proxy"),
            tags: this.#tags(),
            templateTags: this.#tags(),
        }, this.child({ dependsOn: [...agent.ready] }));
    }
    /** With a launch template the group is at work as soon as it is made, so all that its machines need stands before. */
    #addGroup(count, template, { network, front }, before) {
        return new scalingGroup_js_1.ScalingGroup(this.#name(), {
            scalingGroupName: this.#name(),
            minSize: count,
            maxSize: count,
            vswitchIds: network.mappings("balancer").map(({ vswitchId }) => vswitchId),
            multiAzPolicy: "BALANCE",
            launchTemplateId: template.id,
            // A number, so that a new template is a change of the group and shows in a preview.
            launchTemplateVersion: template.latestVersionNumber.apply(String),
            healthCheckTypes: ["ECS", "LOAD_BALANCER"],
            removalPolicies: ["OldestScalingConfiguration", "OldestInstance"],
            scalingPolicy: "release",
            groupDeletionProtection: this.#cluster.protect,
            tags: this.#tags(),
        }, this.child({
            dependsOn: [...before, ...front.ready],
            // What attachments change by themselves.
            ignoreChanges: ["albServerGroups", "desiredCapacity", "protectedInstances"],
        }));
    }
    #attach(group, { proxies }) {
        for (const { listener, id } of proxies) {
            new serverGroupAttachment_js_1.ServerGroupAttachment(this.#name(listener.target), { scalingGroupId: group.id, serverGroupId: id, type: "NLB", port: listener.port, weight, forceAttach: true }, 
            // Without hooks a group is busy for as long as its machines start.
            this.child((0, scaling_ts_1.attachmentOptions)(hooks_ts_1.machineMinutes)));
        }
    }
}
exports.ProxyGroup = ProxyGroup;
