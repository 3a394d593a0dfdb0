"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.ProxyGroup = void 0;
const group_js_1 = require("@pulumi/aws/autoscaling/group.js");
const launchTemplate_js_1 = require("@pulumi/aws/ec2/launchTemplate.js");
const index_ts_1 = require("../../machine/index.js");
const naming_ts_1 = require("../../model/naming.js");
const part_ts_1 = require("../part.js");
const database_ts_1 = require("./database.js");
const instance_types_ts_1 = require("./instance-types.js");
const node_group_ts_1 = require("./node-group.js");
const scaling_ts_1 = require("./scaling.js");
const handles_ts_1 = require("../handles.js");
/** System, packages and, with Nginx, the cache of HLS. */
const diskGiB = 20;
/** Time that a new proxy has to install its packages before its health counts. */
const bootSeconds = 900;
/** A fixed number of HAProxy or Nginx machines over the zones, which replaces what the network balancer calls unhealthy. */
class ProxyGroup extends part_ts_1.Part {
    group;
    imageId;
    #cluster;
    constructor(cluster, proxy, settings, needs, parent) {
        super("ProxyGroup", `${cluster.name}-proxy`, parent);
        this.#cluster = cluster;
        this.imageId = (0, handles_ts_1.inputOf)(settings.images.proxy ?? database_ts_1.newestUbuntu);
        this.group = this.#addGroup(proxy.count, this.#addTemplate((0, instance_types_ts_1.proxyType)(proxy, settings), needs), needs);
        this.registerOutputs();
    }
    get #name() {
        return `${this.#cluster.name}-proxy`;
    }
    #addTemplate(instanceType, { firewall, secrets, agent }) {
        const tags = (0, naming_ts_1.namedTags)(this.#cluster, this.#name);
        return new launchTemplate_js_1.LaunchTemplate(this.#name, {
            imageId: this.imageId,
            instanceType,
            userData: (0, index_ts_1.packedUserData)(this.#cluster, "proxy"),
            ...(0, node_group_ts_1.sshKey)(secrets),
            iamInstanceProfile: { arn: secrets.profileOf("proxy").arn },
            metadataOptions: node_group_ts_1.imdsv2,
            monitoring: { enabled: true },
            ebsOptimized: "true",
            blockDeviceMappings: (0, node_group_ts_1.systemDisk)(this.#cluster, diskGiB),
            networkInterfaces: [
                {
                    // Its way out, for packages, the cloud's API and the certificate authority: NAT is the database's alone.
                    associatePublicIpAddress: "true",
                    deleteOnTermination: "true",
                    securityGroups: firewall.idsOf("proxy"),
                },
            ],
            tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags })),
            updateDefaultVersion: true,
            tags,
        }, this.child({ dependsOn: [...agent.ready] }));
    }
    #addGroup(count, template, { network, firewall, secrets, front }) {
        const tags = Object.entries((0, naming_ts_1.namedTags)(this.#cluster, this.#name));
        return new group_js_1.Group(this.#name, {
            minSize: count,
            maxSize: count,
            vpcZoneIdentifiers: [...network.subnetIds("balancer")],
            // By number: with $Latest the group would not see a new version and refresh nothing.
            launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
            targetGroupArns: [...front.proxies],
            healthCheckType: "ELB",
            healthCheckGracePeriod: bootSeconds,
            // A new version of the template: first another machine, then one less. No rollback, as in scaling.ts.
            instanceRefresh: {
                strategy: "Rolling",
                preferences: {
                    minHealthyPercentage: 100,
                    maxHealthyPercentage: 150,
                    skipMatching: true,
                },
            },
            ...(0, scaling_ts_1.firstMachine)(this.#cluster),
            tags: tags.map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
        }, this.child({
            // Not the front's listeners, as for nodes (node-group.ts).
            dependsOn: [...network.wayIn, firewall, secrets],
            customTimeouts: { delete: `${(0, scaling_ts_1.deleteMinutes)(this.#cluster)}m` },
        }));
    }
}
exports.ProxyGroup = ProxyGroup;
