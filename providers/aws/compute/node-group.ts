import { Group } from "@pulumi/aws/autoscaling/group.js";
import { getAmiOutput } from "@pulumi/aws/ec2/getAmi.js";
import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate.js";
import type { Input } from "@pulumi/pulumi";
import type { Handle } from "../../../config/handle.ts";
import type { Cluster, NodeGroup as Model } from "../../../config/types.ts";
import { packedUserData } from "../../../machine/index.ts";
import { machineOf } from "../../../model/capacity/machines.ts";
import type { groupsOf, Role } from "../../../model/cluster.ts";
import { elasticityOf } from "../../../model/groups/node-group.ts";
import { namedTags, systemDevice } from "../../../model/naming.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { ownKey } from "../../shared/existing.ts";
import { inputOf } from "../../shared/handles.ts";
import { bootSeconds } from "../../shared/hooks.ts";
import type { Balancer } from "../balancing/load-balancer.ts";
import type { Secrets } from "../identity/secrets.ts";
import { type AddressPool, poolsOf } from "../network/address-pool.ts";
import type { Firewall } from "../network/firewall.ts";
import type { Network } from "../network/network.ts";
import { marketplaceProducts, type Settings } from "../schema.ts";
import { isMarketplace } from "../settings.ts";
import type { AgentBucket } from "../storage/agent-bucket.ts";
import { instanceTypes, machineType } from "./instance-types.ts";
import { typeFacts } from "./known-types.ts";
import { addPredictive } from "./predictive.ts";
import { deleteMinutes, firstMachine, hooks, machinesOf, refresh, warmPool } from "./scaling.ts";
import { addSchedule } from "./schedule.ts";
import { addTarget } from "./target.ts";

/** Token-bound metadata for the machine itself alone: AMS fetches URLs that others name (SSRF). */
export const imdsv2 = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 } as const;

/** The root device of Ubuntu's images, and so of AMS's. */
export const systemDisk = (cluster: Cluster, volumeSize: number) => [
  {
    deviceName: systemDevice,
    ebs: { encrypted: "true", ...ownKey(cluster), volumeType: "gp3", volumeSize, deleteOnTermination: "true" },
  },
];

/** A launch template's part of SSH: the key's name, if there is a key. */
export const sshKey = ({ keyPair }: Secrets) => (keyPair === undefined ? {} : { keyName: keyPair.keyName });

/** A role with its numbers, as `groupsOf` says them. */
type RunningGroup = ReturnType<typeof groupsOf>[number];

export interface NodeGroupDependencies {
  readonly network: Network;
  readonly firewall: Firewall;
  readonly secrets: Secrets;
  readonly agent: AgentBucket;
  /** Absent where somebody else runs it, or nobody. */
  readonly database: ClusterComponent | undefined;
  readonly balancer: Balancer;
  /** There only where machines bind addresses of their own. */
  readonly addresses: AddressPool | undefined;
  readonly imageId: Input<string>;
}

/** A group of media machines across all zones, which follows its CPU or load and replaces what the balancer calls unhealthy. */
export class NodeGroup extends ClusterComponent {
  readonly group: Group;
  readonly #cluster: Cluster;
  readonly #role: Role;
  readonly #model: Model;

  constructor(
    { role, group }: RunningGroup,
    cluster: Cluster,
    settings: Settings,
    dependencies: NodeGroupDependencies,
    parent: ClusterComponent,
  ) {
    super("NodeGroup", `${cluster.name}-${role}`, parent);
    this.#cluster = cluster;
    this.#role = role;
    this.#model = group;
    const more = elasticityOf(cluster, role).moreMachines.map((size) => instanceTypes[size]);
    const type = machineType(cluster, settings, role);
    const types = [type, ...more];
    const template = this.#addTemplate(types, dependencies);
    this.group = this.#addGroup(template, types, dependencies);
    addTarget(this, { cluster, role, group: this.group, name: this.#name });
    addPredictive(this, cluster, role, this.group);
    addSchedule(this, cluster, this.#name, group, this.group);
    this.registerOutputs();
  }

  get #name(): string {
    return `${this.#cluster.name}-${this.#role}`;
  }

  #addTemplate(types: readonly string[], { imageId, firewall, secrets, agent }: NodeGroupDependencies): LaunchTemplate {
    const tags = namedTags(this.#cluster, this.#name);
    const pool = poolsOf(this.#cluster).find(({ role }) => role === this.#role);
    return new LaunchTemplate(
      this.#name,
      {
        imageId,
        instanceType: types[0],
        userData: packedUserData(
          this.#cluster,
          this.#role,
          types.map((type) => machineOf("aws", type)),
          pool,
        ),
        ...sshKey(secrets),
        iamInstanceProfile: { arn: secrets.profileOf(this.#role).arn },
        metadataOptions: imdsv2,
        // Each minute instead of each five: scaling follows what it sees.
        monitoring: { enabled: true },
        ebsOptimized: "true",
        blockDeviceMappings: systemDisk(this.#cluster, this.#model.diskGiB),
        networkInterfaces: [
          {
            // WebRTC media passes no balancer: each node that the internet reaches needs an address of its own. One of a
            // pool takes its place.
            associatePublicIpAddress: String(this.#cluster.network.media === "public"),
            deleteOnTermination: "true",
            securityGroups: firewall.idsOf(this.#role),
          },
        ],
        tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags })),
        updateDefaultVersion: true,
        tags,
      },
      this.child({ dependsOn: [...agent.ready] }),
    );
  }

  #addGroup(template: LaunchTemplate, types: readonly string[], dependencies: NodeGroupDependencies): Group {
    const { min, max, cooldownSeconds } = this.#model;
    // By number: with $Latest the group would not see a new version and refresh nothing.
    const version = { launchTemplateId: template.id, version: template.latestVersion.apply(String) };
    const { network, firewall, secrets, database, balancer, addresses } = dependencies;
    return new Group(
      this.#name,
      {
        // No desired capacity: that is the scaling policy's.
        minSize: min,
        maxSize: max,
        vpcZoneIdentifiers: [...network.subnetIds("media")],
        ...machinesOf(this.#cluster, this.#role, this.#model, version, types),
        ...warmPool(this.#cluster, this.#role),
        initialLifecycleHooks: hooks(this.#cluster),
        targetGroupArns: balancer.targetGroupArns(this.#role),
        healthCheckType: "ELB",
        healthCheckGracePeriod: bootSeconds(this.#cluster),
        defaultCooldown: cooldownSeconds,
        defaultInstanceWarmup: cooldownSeconds,
        instanceRefresh: refresh(this.#cluster, this.#role, this.#model),
        // Free of charge, for the dashboard.
        enabledMetrics: ["GroupDesiredCapacity", "GroupInServiceInstances"],
        // Evening out the zones would cut live publishers off.
        ...(this.#role === "origin" ? { suspendedProcesses: ["AZRebalance"] } : {}),
        ...firstMachine(this.#cluster),
        tags: this.#groupTags(),
      },
      this.child({
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
          ...(addresses?.readyFor(this.#role) ?? []),
          ...this.#listeners(balancer),
        ],
        ignoreChanges: ["initialLifecycleHooks"],
        customTimeouts: { delete: `${deleteMinutes(this.#cluster)}m` },
      }),
    );
  }

  #listeners(balancer: Balancer): readonly Balancer[] {
    const {
      certificate,
      balancer: { kind },
    } = this.#cluster;
    return kind === "managed" && certificate.source === "issued" ? [balancer] : [];
  }

  #groupTags() {
    const tags = Object.entries(namedTags(this.#cluster, this.#name));
    return tags.map(([key, value]) => ({ key, value, propagateAtLaunch: true }));
  }
}

/** The AMS image of each group: what the stack pins, or the newest of the marketplace. The instance type says which. */
export function mediaImages(
  cluster: Cluster,
  settings: Settings,
  parent: ClusterComponent,
): Readonly<Record<Role, Input<string>>> {
  const { images } = settings;
  const resolve = (image: Handle, product: keyof typeof marketplaceProducts) =>
    isMarketplace(image) ? newestImage(product, parent) : inputOf(image);
  const media = resolve(images.media, "media");
  const hasGpu = typeFacts.gpuOf(machineType(cluster, settings, "origin")) === "nvidia";
  const gpu = hasGpu ? images.gpu : undefined;
  return { origin: gpu === undefined ? media : resolve(gpu, "gpu"), edge: media };
}

function newestImage(product: keyof typeof marketplaceProducts, parent: ClusterComponent): Input<string> {
  const { code, name } = marketplaceProducts[product];
  const filters = Object.entries({
    "product-code": code,
    name,
    architecture: "x86_64",
    "root-device-type": "ebs",
  }).map(([name, value]) => ({ name, values: [value] }));
  return getAmiOutput({ owners: ["aws-marketplace"], filters, mostRecent: true }, { parent }).id;
}
