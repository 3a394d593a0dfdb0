import { EcsLaunchTemplate } from "@pulumi/alicloud/ecs/ecsLaunchTemplate.js";
import { ScalingGroup } from "@pulumi/alicloud/ess/scalingGroup.js";
import { ServerGroupAttachment } from "@pulumi/alicloud/ess/serverGroupAttachment.js";
import type { Output, Resource } from "@pulumi/pulumi";
import type { Cluster, ProxyBalancer } from "../../../config/types.ts";
import { packedUserData } from "../../../machine/index.ts";
import { namedTags } from "../../../model/naming.ts";
import { needPublicAddress } from "../../../model/network/network.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { inputOf } from "../../shared/handles.ts";
import { machineMinutes } from "../../shared/hooks.ts";
import type { ProxyLoadBalancer } from "../balancing/proxy-load-balancer.ts";
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

/** Of a hundred; all proxies weigh the same. */
const weight = 100;

export interface ProxyDependencies extends DatabaseDependencies {
  readonly proxyBalancer: ProxyLoadBalancer;
}

/** A fixed number of HAProxy or Nginx machines over the zones, which replaces what the network balancer calls unhealthy. */
export class ProxyGroup extends ClusterComponent {
  readonly groupName: Output<string>;
  readonly #cluster: Cluster;

  constructor(
    cluster: Cluster,
    proxy: ProxyBalancer,
    settings: Settings,
    dependencies: ProxyDependencies,
    parent: ClusterComponent,
  ) {
    super("ProxyGroup", `${cluster.name}-proxy`, parent);
    this.#cluster = cluster;
    const proxyRole = dependencies.secrets.roleOf("proxy");
    const template = this.#addTemplate(settings, dependencies, proxyRole);
    const group = this.#addGroup(proxy.count, template, dependencies, proxyRole.ready);
    this.groupName = group.scalingGroupName.apply((name) => name ?? this.#name());
    this.#attach(group, dependencies.proxyBalancer);
    this.registerOutputs();
  }

  #name(key?: string): string {
    return key === undefined ? `${this.#cluster.name}-proxy` : `${this.#cluster.name}-proxy-${key}`;
  }

  #tags(): Readonly<Record<string, string>> {
    return namedTags(this.#cluster, this.#name());
  }

  #addTemplate(
    settings: Settings,
    { firewall, secrets, agent }: ProxyDependencies,
    role: InstanceRole,
  ): EcsLaunchTemplate {
    return new EcsLaunchTemplate(
      this.#name(),
      {
        launchTemplateName: this.#name(),
        updateDefaultVersionNumber: true,
        imageId: inputOf(settings.images.proxy),
        instanceName: this.#name(),
        instanceType: machineType(this.#cluster, settings, "proxy"),
        instanceChargeType: "PostPaid",
        networkType: "vpc",
        securityGroupId: firewall.idOf("proxy"),
        internetChargeType: "PayByTraffic",
        internetMaxBandwidthOut: needPublicAddress(this.#cluster) ? wayOutMbps : 0,
        systemDisk: systemDisk(this.#cluster, this.#name(), diskGiB),
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
        ramRoleName: role.name,
        ...(secrets.keyPairName === undefined ? {} : { keyPairName: secrets.keyPairName }),
        // Sent as it is, and ECS wants it in base64.
        userData: packedUserData(this.#cluster, "proxy"),
        tags: this.#tags(),
        templateTags: this.#tags(),
      },
      this.child({ dependsOn: [...agent.ready] }),
    );
  }

  /** With a launch template the group is at work as soon as it is made, so all that its machines need stands before. */
  #addGroup(
    count: number,
    template: EcsLaunchTemplate,
    { network, proxyBalancer }: ProxyDependencies,
    before: readonly Resource[],
  ): ScalingGroup {
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
        dependsOn: [...before, ...proxyBalancer.ready],
        // What attachments change by themselves.
        ignoreChanges: ["albServerGroups", "desiredCapacity", "protectedInstances"],
      }),
    );
  }

  #attach(group: ScalingGroup, { proxies }: ProxyLoadBalancer): void {
    for (const { listener, id } of proxies) {
      new ServerGroupAttachment(
        this.#name(listener.target),
        { scalingGroupId: group.id, serverGroupId: id, type: "NLB", port: listener.port, weight, forceAttach: true },
        // Without hooks a group is busy for as long as its machines start.
        this.child(attachmentOptions(machineMinutes)),
      );
    }
  }
}
