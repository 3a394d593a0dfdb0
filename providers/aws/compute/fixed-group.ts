import { Group } from "@pulumi/aws/autoscaling/group.js";
import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate.js";
import type { Input, Output } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { packedUserData } from "../../../machine/index.ts";
import type { FixedGroup as Model } from "../../../model/groups/fixed-group.ts";
import { namedTags } from "../../../model/naming.ts";
import { needPublicAddress } from "../../../model/network/network.ts";
import { ClusterComponent, fixedGroupKinds } from "../../cluster-component.ts";
import { inputOf } from "../../shared/handles.ts";
import { proxyBootSeconds } from "../../shared/hooks.ts";
import type { BalancerPlace } from "../balancing/network-balancer.ts";
import { newestUbuntu } from "../database/database.ts";
import type { Secrets } from "../identity/secrets.ts";
import type { Settings } from "../schema.ts";
import type { AgentBucket } from "../storage/agent-bucket.ts";
import { machineType } from "./instance-types.ts";
import { imdsv2, sshKey, systemDisk } from "./node-group.ts";
import { deleteMinutes, firstMachine } from "./scaling.ts";

/** System, packages and, with Nginx, the cache of HLS. */
const diskGiB = 20;

export interface FixedGroupDependencies extends BalancerPlace {
  readonly secrets: Secrets;
  readonly agent: AgentBucket;
  /** What its machines join. */
  readonly targetGroupArns: readonly Output<string>[];
}

/** A fixed number of machines over the zones, which replaces what the network balancer calls unhealthy. */
export class FixedGroup extends ClusterComponent {
  readonly group: Group;
  readonly imageId: Input<string>;
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
    this.imageId = inputOf(settings.images.proxy ?? newestUbuntu);
    this.group = this.#addGroup(
      this.#addTemplate(machineType(cluster, settings, model.role), dependencies),
      dependencies,
    );
    this.registerOutputs();
  }

  get #name(): string {
    return `${this.#cluster.name}-${this.#model.role}`;
  }

  #addTemplate(instanceType: string, { firewall, secrets, agent }: FixedGroupDependencies): LaunchTemplate {
    const tags = namedTags(this.#cluster, this.#name);
    return new LaunchTemplate(
      this.#name,
      {
        imageId: this.imageId,
        instanceType,
        userData: packedUserData(this.#cluster, this.#model.role),
        ...sshKey(secrets),
        iamInstanceProfile: { arn: secrets.profileOf(this.#model.role).arn },
        metadataOptions: imdsv2,
        monitoring: { enabled: true },
        ebsOptimized: "true",
        blockDeviceMappings: systemDisk(this.#cluster, diskGiB),
        networkInterfaces: [
          {
            // Its way out, for packages, the cloud's API and the certificate authority: NAT is not for these subnets.
            associatePublicIpAddress: String(needPublicAddress(this.#cluster)),
            deleteOnTermination: "true",
            securityGroups: firewall.idsOf(this.#model.role),
          },
        ],
        tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags })),
        updateDefaultVersion: true,
        tags,
      },
      this.child({ dependsOn: [...agent.ready] }),
    );
  }

  #addGroup(template: LaunchTemplate, { network, firewall, secrets, targetGroupArns }: FixedGroupDependencies): Group {
    const { count } = this.#model;
    const tags = Object.entries(namedTags(this.#cluster, this.#name));
    return new Group(
      this.#name,
      {
        minSize: count,
        maxSize: count,
        vpcZoneIdentifiers: [...network.subnetIds("balancer")],
        // By number: with $Latest the group would not see a new version and refresh nothing.
        launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
        targetGroupArns: [...targetGroupArns],
        healthCheckType: "ELB",
        healthCheckGracePeriod: proxyBootSeconds(this.#cluster),
        // A new version of the template: first another machine, then one less. No rollback, as in scaling.ts.
        instanceRefresh: {
          strategy: "Rolling",
          preferences: {
            minHealthyPercentage: 100,
            maxHealthyPercentage: 150,
            skipMatching: true,
          },
        },
        ...firstMachine(this.#cluster),
        tags: tags.map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
      },
      this.child({
        // Not the front's listeners, as for nodes (node-group.ts).
        dependsOn: [...network.wayIn, firewall, secrets],
        customTimeouts: { delete: `${deleteMinutes(this.#cluster)}m` },
      }),
    );
  }
}
