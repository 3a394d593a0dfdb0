import { Group } from "@pulumi/aws/autoscaling/group.js";
import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate.js";
import type { Input } from "@pulumi/pulumi";
import type { Cluster, ProxyBalancer } from "../../../config/types.ts";
import { packedUserData } from "../../../machine/index.ts";
import { namedTags } from "../../../model/naming.ts";
import { needPublicAddress } from "../../../model/network/network.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { inputOf } from "../../shared/handles.ts";
import { proxyBootSeconds } from "../../shared/hooks.ts";
import type { BalancerPlace } from "../balancing/network-balancer.ts";
import type { ProxyLoadBalancer } from "../balancing/proxy-load-balancer.ts";
import { newestUbuntu } from "../database/database.ts";
import type { Secrets } from "../identity/secrets.ts";
import type { Settings } from "../schema.ts";
import type { AgentBucket } from "../storage/agent-bucket.ts";
import { machineType } from "./instance-types.ts";
import { imdsv2, sshKey, systemDisk } from "./node-group.ts";
import { deleteMinutes, firstMachine } from "./scaling.ts";

/** System, packages and, with Nginx, the cache of HLS. */
const diskGiB = 20;

export interface ProxyDependencies extends BalancerPlace {
  readonly secrets: Secrets;
  readonly agent: AgentBucket;
  readonly proxyBalancer: ProxyLoadBalancer;
}

/** A fixed number of HAProxy or Nginx machines over the zones, which replaces what the network balancer calls unhealthy. */
export class ProxyGroup extends ClusterComponent {
  readonly group: Group;
  readonly imageId: Input<string>;
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
    this.imageId = inputOf(settings.images.proxy ?? newestUbuntu);
    this.group = this.#addGroup(
      proxy.count,
      this.#addTemplate(machineType(cluster, settings, "proxy"), dependencies),
      dependencies,
    );
    this.registerOutputs();
  }

  get #name(): string {
    return `${this.#cluster.name}-proxy`;
  }

  #addTemplate(instanceType: string, { firewall, secrets, agent }: ProxyDependencies): LaunchTemplate {
    const tags = namedTags(this.#cluster, this.#name);
    return new LaunchTemplate(
      this.#name,
      {
        imageId: this.imageId,
        instanceType,
        userData: packedUserData(this.#cluster, "proxy"),
        ...sshKey(secrets),
        iamInstanceProfile: { arn: secrets.profileOf("proxy").arn },
        metadataOptions: imdsv2,
        monitoring: { enabled: true },
        ebsOptimized: "true",
        blockDeviceMappings: systemDisk(this.#cluster, diskGiB),
        networkInterfaces: [
          {
            // Its way out, for packages, the cloud's API and the certificate authority: NAT is not for these subnets.
            associatePublicIpAddress: String(needPublicAddress(this.#cluster)),
            deleteOnTermination: "true",
            securityGroups: firewall.idsOf("proxy"),
          },
        ],
        tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags })),
        updateDefaultVersion: true,
        tags,
      },
      this.child({ dependsOn: [...agent.ready] }),
    );
  }

  #addGroup(
    count: number,
    template: LaunchTemplate,
    { network, firewall, secrets, proxyBalancer }: ProxyDependencies,
  ): Group {
    const tags = Object.entries(namedTags(this.#cluster, this.#name));
    return new Group(
      this.#name,
      {
        minSize: count,
        maxSize: count,
        vpcZoneIdentifiers: [...network.subnetIds("balancer")],
        // By number: with $Latest the group would not see a new version and refresh nothing.
        launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
        targetGroupArns: [...proxyBalancer.proxies],
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
