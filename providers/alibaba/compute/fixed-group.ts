import { EcsLaunchTemplate } from "@pulumi/alicloud/ecs/ecsLaunchTemplate.js";
import { ScalingGroup } from "@pulumi/alicloud/ess/scalingGroup.js";
import { ServerGroupAttachment } from "@pulumi/alicloud/ess/serverGroupAttachment.js";
import type { Output, Resource } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { packedUserData } from "../../../machine/index.ts";
import type { FixedGroup as Model } from "../../../model/groups/fixed-group.ts";
import { namedTags } from "../../../model/naming.ts";
import { needPublicAddress } from "../../../model/network/network.ts";
import { ClusterComponent, fixedGroupKinds } from "../../cluster-component.ts";
import { inputOf } from "../../shared/handles.ts";
import { machineMinutes } from "../../shared/hooks.ts";
import type { DatabaseDependencies } from "../database/database.ts";
import type { InstanceRole } from "../identity/secrets.ts";
import type { Settings } from "../schema.ts";
import { machineType } from "./instance-types.ts";
import { systemDisk } from "./node-group.ts";
import { attachmentOptions } from "./scaling.ts";

/** System, packages and, with Nginx, the cache of HLS; the image has 20 GiB. */
const diskGiB = 40;

/** Packages, the cloud's API and the certificate authority: clients come and go through the balancer. */
const wayOutMbps = 20;

/** Of a hundred; all machines weigh the same. */
const weight = 100;

/** A server group that the machines join, and the port on which they do. */
export interface Joined {
  /** End of the logical name. */
  readonly name: string;
  readonly serverGroupId: Output<string>;
  readonly port: number;
}

export interface FixedGroupDependencies extends DatabaseDependencies {
  readonly joins: readonly Joined[];
  /** The balancer's listeners. */
  readonly listeners: readonly Resource[];
}

/** A fixed number of machines over the zones, which replaces what the network balancer calls unhealthy. */
export class FixedGroup extends ClusterComponent {
  readonly groupName: Output<string>;
  readonly #cluster: Cluster;
  readonly #model: Model;

  constructor(
    cluster: Cluster,
    model: Model,
    settings: Settings,
    dependencies: FixedGroupDependencies,
    parent: ClusterComponent,
  ) {
    super(fixedGroupKinds[model.role], `${cluster.name}-${model.role}`, parent);
    this.#cluster = cluster;
    this.#model = model;
    const role = dependencies.secrets.roleOf(model.role);
    const template = this.#addTemplate(settings, dependencies, role);
    const group = this.#addGroup(template, dependencies, role.ready);
    this.groupName = group.scalingGroupName.apply((name) => name ?? this.#name());
    this.#attach(group, dependencies.joins);
    this.registerOutputs();
  }

  #name(key?: string): string {
    const name = `${this.#cluster.name}-${this.#model.role}`;
    return key === undefined ? name : `${name}-${key}`;
  }

  #tags(): Readonly<Record<string, string>> {
    return namedTags(this.#cluster, this.#name());
  }

  #addTemplate(
    settings: Settings,
    { firewall, secrets, agent }: FixedGroupDependencies,
    role: InstanceRole,
  ): EcsLaunchTemplate {
    return new EcsLaunchTemplate(
      this.#name(),
      {
        launchTemplateName: this.#name(),
        updateDefaultVersionNumber: true,
        imageId: inputOf(settings.images.proxy),
        instanceName: this.#name(),
        instanceType: machineType(this.#cluster, settings, this.#model.role),
        instanceChargeType: "PostPaid",
        networkType: "vpc",
        securityGroupId: firewall.idOf(this.#model.role),
        internetChargeType: "PayByTraffic",
        internetMaxBandwidthOut: needPublicAddress(this.#cluster) ? wayOutMbps : 0,
        systemDisk: systemDisk(this.#cluster, this.#name(), diskGiB),
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
        ramRoleName: role.name,
        ...(secrets.keyPairName === undefined ? {} : { keyPairName: secrets.keyPairName }),
        // Sent as it is, and ECS wants it in base64.
        userData: packedUserData(this.#cluster, this.#model.role),
        tags: this.#tags(),
        templateTags: this.#tags(),
      },
      this.child({ dependsOn: [...agent.ready] }),
    );
  }

  /** With a launch template the group is at work as soon as it is made, so all that its machines need stands before. */
  #addGroup(
    template: EcsLaunchTemplate,
    { network, listeners }: FixedGroupDependencies,
    before: readonly Resource[],
  ): ScalingGroup {
    const { count } = this.#model;
    return new ScalingGroup(
      this.#name(),
      {
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
      },
      this.child({
        dependsOn: [...before, ...listeners],
        // What attachments change by themselves.
        ignoreChanges: ["albServerGroups", "desiredCapacity", "protectedInstances"],
      }),
    );
  }

  #attach(group: ScalingGroup, joins: readonly Joined[]): void {
    for (const { name, serverGroupId, port } of joins) {
      new ServerGroupAttachment(
        this.#name(name),
        { scalingGroupId: group.id, serverGroupId, type: "NLB", port, weight, forceAttach: true },
        // Without hooks a group is busy for as long as its machines start.
        this.child(attachmentOptions(machineMinutes)),
      );
    }
  }
}
