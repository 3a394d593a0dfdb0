import { EcsLaunchTemplate } from "@pulumi/alicloud/ecs/ecsLaunchTemplate.js";
import { ScalingGroup } from "@pulumi/alicloud/ess/scalingGroup.js";
import { ServerGroupAttachment } from "@pulumi/alicloud/ess/serverGroupAttachment.js";
import type { Output, Resource } from "@pulumi/pulumi";
import { packedUserData } from "../../machine/index.ts";
import { type Cluster, type groupsOf, hasGpu, type Role } from "../../model/cluster.ts";
import { namedTags } from "../../model/naming.ts";
import { elasticityOf, type NodeGroup as Model } from "../../model/node-group.ts";
import { ownKey } from "../existing.ts";
import { Part } from "../part.ts";
import type { Ground } from "./database.ts";
import { groupType, types } from "./instance-types.ts";
import type { WayIn } from "./load-balancer.ts";
import { addHooks, addScaling, mixOf } from "./scaling.ts";
import type { Settings } from "./settings.ts";

/** What a group stands on. */
export interface GroupGround extends Ground {
  readonly balancer: WayIn;
  /** What the group's machines find when they boot. */
  readonly after: readonly Resource[];
}

/** Of a hundred; all servers of a group weigh the same. */
const weight = 100;

/** A role with its numbers, as `groupsOf` says them. */
type RunningGroup = ReturnType<typeof groupsOf>[number];

export function mediaImage(cluster: Cluster, { images }: Settings, role: Role): string {
  if (!hasGpu(cluster[role].machine)) return images.media;
  if (images.gpu === undefined) throw new Error("a GPU machine without a GPU image was let through");
  return images.gpu;
}

/** Launch template, scaling group over all zones, its way into the balancers' server groups, and CPU scaling. */
export class NodeGroup extends Part {
  readonly groupName: Output<string>;
  readonly groupId: Output<string>;
  /** What a group that comes after this one waits for. */
  readonly ready: readonly Resource[];
  readonly #cluster: Cluster;
  readonly #role: Role;
  readonly #model: Model;

  constructor(
    { role, group: model }: RunningGroup,
    cluster: Cluster,
    settings: Settings,
    ground: GroupGround,
    parent: Part,
  ) {
    super("NodeGroup", `${cluster.name}-${role}`, parent);
    this.#cluster = cluster;
    this.#role = role;
    this.#model = model;
    const template = this.#addTemplate(settings, ground);
    const more = elasticityOf(cluster, role).moreMachines.map((size) => types[size]);
    const group = this.#addGroup(template, [groupType(cluster, settings, role), ...more], ground);
    this.groupName = group.scalingGroupName.apply((name) => name ?? this.#name());
    this.groupId = group.id;
    const hooks = addHooks(this, this.#name(), group);
    const attachments = this.#attach(group, ground.balancer);
    const after = [...hooks, ...attachments];
    addScaling(this, settings, { cluster, role, group, model, name: this.#name(), after });
    this.ready = [group, ...after];
    this.registerOutputs();
  }

  #name(key?: string): string {
    const name = `${this.#cluster.name}-${this.#role}`;
    return key === undefined ? name : `${name}-${key}`;
  }

  #tags(): Readonly<Record<string, string>> {
    return namedTags(this.#cluster, this.#name());
  }

  #addTemplate(settings: Settings, { firewall, secrets }: GroupGround): EcsLaunchTemplate {
    return new EcsLaunchTemplate(
      this.#name(),
      {
        launchTemplateName: this.#name(),
        updateDefaultVersionNumber: true,
        imageId: mediaImage(this.#cluster, settings, this.#role),
        instanceName: this.#name(),
        instanceType: groupType(this.#cluster, settings, this.#role),
        instanceChargeType: "PostPaid",
        networkType: "vpc",
        securityGroupId: firewall.idOf(this.#role),
        // WebRTC media passes no balancer, so every machine has a public address.
        internetChargeType: "PayByTraffic",
        internetMaxBandwidthOut: settings.publicBandwidthMbps,
        systemDisk: {
          category: "cloud_essd",
          performanceLevel: "PL1",
          size: this.#model.diskGiB,
          encrypted: true,
          ...ownKey(this.#cluster),
          deleteWithInstance: true,
        },
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
        ramRoleName: secrets.mediaRole.name,
        ...(secrets.keyPairName === undefined ? {} : { keyPairName: secrets.keyPairName }),
        userData: packedUserData(this.#cluster, this.#role),
        tags: this.#tags(),
        templateTags: this.#tags(),
      },
      this.child(),
    );
  }

  /** With a launch template the group is at work as soon as it is made, so all that its machines need stands before. */
  #addGroup(
    template: EcsLaunchTemplate,
    types: readonly string[],
    { network, secrets, balancer, after }: GroupGround,
  ): ScalingGroup {
    const { min, max, cooldownSeconds } = this.#model;
    const mix = mixOf(this.#cluster, this.#role, this.#model, types);
    return new ScalingGroup(
      this.#name(),
      {
        // With one type or with several it is another group, which can't bear the first one's name beside it.
        scalingGroupName: mix.multiAzPolicy === "BALANCE" ? this.#name() : this.#name("mixed"),
        minSize: min,
        maxSize: max,
        defaultCooldown: cooldownSeconds,
        vswitchIds: network.mappings("media").map(({ vswitchId }) => vswitchId),
        ...mix,
        launchTemplateId: template.id,
        // A number, so that a new template is a change of the group and shows in a preview.
        launchTemplateVersion: template.latestVersionNumber.apply(String),
        healthCheckTypes: ["ECS", "LOAD_BALANCER"],
        // Machines of an older template first: that is how a new one rolls through the group (docs/operations.md).
        removalPolicies: ["OldestScalingConfiguration", "OldestInstance"],
        scalingPolicy: "release",
        groupDeletionProtection: this.#cluster.protect,
        tags: this.#tags(),
      },
      this.child({
        dependsOn: [...secrets.mediaRole.ready, ...balancer.ready, ...after],
        // What scaling and attachments change by themselves.
        ignoreChanges: ["albServerGroups", "desiredCapacity", "protectedInstances"],
      }),
    );
  }

  #attach(group: ScalingGroup, balancer: WayIn): readonly Resource[] {
    return balancer
      .groupsOf(this.#role)
      .map(
        ({ target, type, id }) =>
          new ServerGroupAttachment(
            this.#name(target.name),
            { scalingGroupId: group.id, serverGroupId: id, type, port: target.port, weight, forceAttach: true },
            this.child(),
          ),
      );
  }
}
