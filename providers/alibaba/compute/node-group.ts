import { EcsLaunchTemplate } from "@pulumi/alicloud/ecs/ecsLaunchTemplate.js";
import { ScalingGroup } from "@pulumi/alicloud/ess/scalingGroup.js";
import { ServerGroupAttachment } from "@pulumi/alicloud/ess/serverGroupAttachment.js";
import type { Input, Output, Resource } from "@pulumi/pulumi";
import type { Cluster, NodeGroup as Model } from "../../../config/types.ts";
import { packedUserData } from "../../../machine/index.ts";
import { machineOf } from "../../../model/capacity/machines.ts";
import type { groupsOf, Role } from "../../../model/cluster.ts";
import { elasticityOf } from "../../../model/groups/node-group.ts";
import { namedTags } from "../../../model/naming.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { ownKey } from "../../shared/existing.ts";
import { inputOf } from "../../shared/handles.ts";
import { busyMinutes } from "../../shared/hooks.ts";
import type { Balancer } from "../balancing/load-balancer.ts";
import type { DatabaseDependencies } from "../database/database.ts";
import { type AddressPool, poolsOf } from "../network/address-pool.ts";
import type { Settings } from "../schema.ts";
import { machineType, types } from "./instance-types.ts";
import { typeFacts } from "./known-types.ts";
import { addPredictive } from "./predictive.ts";
import { addHooks, addRefresh, attachmentOptions, mixOf } from "./scaling.ts";
import { addSchedule } from "./schedule.ts";
import { addTarget, type Scaled } from "./target.ts";

/** What a group stands on. */
export interface NodeGroupDependencies extends DatabaseDependencies {
  readonly balancer: Balancer;
  /** There only where machines bind addresses of their own. */
  readonly addresses: AddressPool | undefined;
  /** What the group's machines find when they boot. */
  readonly after: readonly Resource[];
}

/** Of a hundred; all servers of a group weigh the same. */
const weight = 100;

/** With another zone policy it is another group, which can't bear the first one's name beside it. */
const nameEnds = { BALANCE: undefined, PRIORITY: "priority", COMPOSABLE: "mixed" } as const;

/** What scaling and attachments change. */
const changedByItself = ["albServerGroups", "desiredCapacity", "protectedInstances"];

/** What a refresh that has succeeded sets. */
const changedByRefresh = ["launchTemplateId", "launchTemplateVersion"];

/** A role with its numbers, as `groupsOf` says them. */
type RunningGroup = ReturnType<typeof groupsOf>[number];

/**
 * With all that the provider's Read fills in, else each `up` would make another version of the template. But for iops:
 * cloud_essd has none to choose, and the vendor's tests leave it out (resource_alicloud_ecs_launch_template_test.go@81c43b6,
 * line 132).
 */
export const systemDisk = (cluster: Cluster, name: string, size: number) => ({
  name,
  description: `System disk of ${name}`,
  category: "cloud_essd",
  performanceLevel: "PL1",
  size,
  encrypted: true,
  ...ownKey(cluster),
  deleteWithInstance: true,
});

/** The instance type says which image a group takes. */
export function mediaImage(cluster: Cluster, settings: Settings, role: Role): Input<string> {
  const { images } = settings;
  if (typeFacts.gpuOf(machineType(cluster, settings, role)) !== "nvidia") return inputOf(images.media);
  if (images.gpu === undefined) throw new Error("the GPU machine has no GPU image");
  return inputOf(images.gpu);
}

/** Launch template, scaling group over all zones, its way into the balancers' server groups, and scaling. */
export class NodeGroup extends ClusterComponent {
  readonly groupName: Output<string>;
  readonly groupId: Output<string>;
  readonly #template: EcsLaunchTemplate;
  readonly #scaled: Scaled;
  readonly #cluster: Cluster;
  readonly #role: Role;
  readonly #model: Model;

  constructor(
    { role, group: model }: RunningGroup,
    cluster: Cluster,
    settings: Settings,
    dependencies: NodeGroupDependencies,
    parent: ClusterComponent,
  ) {
    super("NodeGroup", `${cluster.name}-${role}`, parent);
    this.#cluster = cluster;
    this.#role = role;
    this.#model = model;
    this.#template = this.#addTemplate(settings, dependencies);
    const group = this.#addGroup(settings, dependencies);
    this.groupName = group.scalingGroupName.apply((name) => name ?? this.#name());
    this.groupId = group.id;
    const hooks = addHooks(this, this.#name(), group, this.#cluster);
    const attachments = this.#attach(group, dependencies.balancer);
    const after = [...hooks, ...attachments];
    this.#scaled = { cluster, role, group, model, name: this.#name(), after };
    addTarget(this, this.#scaled);
    addPredictive(this, this.#scaled);
    addSchedule(this, settings, this.#scaled);
    this.registerOutputs();
  }

  /** Has ESS bring the template to the machines that run, once `before` has begun. */
  refresh(before: readonly Resource[]): Resource {
    const after = [...this.#scaled.after, ...before];
    return addRefresh(this, { ...this.#scaled, after }, this.#template);
  }

  #name(key?: string): string {
    const name = `${this.#cluster.name}-${this.#role}`;
    return key === undefined ? name : `${name}-${key}`;
  }

  #tags(): Readonly<Record<string, string>> {
    return namedTags(this.#cluster, this.#name());
  }

  #addTemplate(settings: Settings, { firewall, secrets, agent }: NodeGroupDependencies): EcsLaunchTemplate {
    const pool = poolsOf(this.#cluster, settings).find(({ role }) => role === this.#role);
    const hasOwn = this.#cluster.network.media === "public" && pool === undefined;
    return new EcsLaunchTemplate(
      this.#name(),
      {
        launchTemplateName: this.#name(),
        updateDefaultVersionNumber: true,
        imageId: mediaImage(this.#cluster, settings, this.#role),
        instanceName: this.#name(),
        instanceType: machineType(this.#cluster, settings, this.#role),
        instanceChargeType: "PostPaid",
        networkType: "vpc",
        securityGroupId: firewall.idOf(this.#role),
        // WebRTC media passes no balancer, so every machine that the internet reaches has a public address.
        internetChargeType: "PayByTraffic",
        // An instance that has one can bind no address of a pool.
        internetMaxBandwidthOut: hasOwn ? settings.publicBandwidthMbps : 0,
        systemDisk: systemDisk(this.#cluster, this.#name(), this.#model.diskGiB),
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
        ramRoleName: secrets.roleOf(this.#role).name,
        ...(secrets.keyPairName === undefined ? {} : { keyPairName: secrets.keyPairName }),
        userData: packedUserData(this.#cluster, this.#role, this.#figures(settings), pool),
        tags: this.#tags(),
        templateTags: this.#tags(),
      },
      this.child({ dependsOn: [...agent.ready] }),
    );
  }

  /** The types that the group may take. */
  #types(settings: Settings): readonly string[] {
    const more = elasticityOf(this.#cluster, this.#role).moreMachines.map((size) => types[size]);
    return [machineType(this.#cluster, settings, this.#role), ...more];
  }

  #figures(settings: Settings) {
    const { sharedBandwidthMbps: sharedMbps, publicBandwidthMbps } = settings;
    const mbps = sharedMbps === undefined ? publicBandwidthMbps : { sharedMbps };
    return this.#types(settings).map((type) => machineOf("alibaba", type, mbps));
  }

  /** With a launch template the group is at work as soon as it is made, so all that its machines need stands before. */
  #addGroup(settings: Settings, { network, secrets, balancer, addresses, after }: NodeGroupDependencies): ScalingGroup {
    const { min, max, cooldownSeconds } = this.#model;
    const mix = mixOf(this.#cluster, this.#role, this.#model, settings, this.#types(settings));
    return new ScalingGroup(
      this.#name(),
      {
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
      },
      this.child({
        dependsOn: [
          ...secrets.roleOf(this.#role).ready,
          ...balancer.ready,
          ...(addresses?.readyFor(this.#role) ?? []),
          ...after,
        ],
        ignoreChanges: [...changedByItself, ...(settings.upgrade === "manual" ? [] : changedByRefresh)],
      }),
    );
  }

  #attach(group: ScalingGroup, balancer: Balancer): readonly Resource[] {
    return balancer
      .groupsOf(this.#role)
      .map(
        ({ target, type, id }) =>
          new ServerGroupAttachment(
            this.#name(target.name),
            { scalingGroupId: group.id, serverGroupId: id, type, port: target.port, weight, forceAttach: true },
            this.child(attachmentOptions(busyMinutes(this.#cluster))),
          ),
      );
  }
}
