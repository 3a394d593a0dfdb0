import { EipAddress } from "@pulumi/alicloud/ecs/eipAddress.js";
import { Policy } from "@pulumi/alicloud/ram/policy.js";
import { RolePolicyAttachment } from "@pulumi/alicloud/ram/rolePolicyAttachment.js";
import { CommonBandwithPackage } from "@pulumi/alicloud/vpc/commonBandwithPackage.js";
import { CommonBandwithPackageAttachment } from "@pulumi/alicloud/vpc/commonBandwithPackageAttachment.js";
import type { CustomResourceOptions, Output, Resource } from "@pulumi/pulumi";
import { type Fault, show } from "../../../config/fault.ts";
import { removePath, setPath } from "../../../config/remedy/command.ts";
import type { Cluster } from "../../../config/types.ts";
import type { Role } from "../../../model/cluster.ts";
import { namedTags } from "../../../model/naming.ts";
import { addressPools, hasFixedAddresses, type AddressPool as Model } from "../../../model/network/address-pool.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { policyDocument } from "../../shared/documents.ts";
import { mayBind } from "../identity/permissions.ts";
import type { Secrets } from "../identity/secrets.ts";
import type { Settings } from "../schema.ts";

/** Addresses that a policy can list: each takes some 60 characters of 6,144 (RAM, "Limits"). */
export const addressesOfPolicy = 90;

/** The addresses take their turns at the package, which takes one at a time (BandwidthPackageOperation.conflict). */
const packageMinutes = "30m";

/**
 * An address in a package has the package's bandwidth and billing (Internet Shared Bandwidth, "Associate EIPs"), and its own
 * again outside of it. Its billing stays ignored there: another one would make another address.
 */
export const ofPackage: CustomResourceOptions = { ignoreChanges: ["bandwidth", "internetChargeType"] };
const outside: CustomResourceOptions = { ignoreChanges: ["internetChargeType"] };

/** With shared bandwidth every machine that the internet reaches has an address of a pool. */
export const poolsOf = (cluster: Cluster, { sharedBandwidthMbps }: Settings): readonly Model[] =>
  addressPools(cluster, (role) => sharedBandwidthMbps !== undefined || hasFixedAddresses(cluster, role));

/** Addresses of a group that five policies of its role can list. */
const mostAddresses = 5 * addressesOfPolicy;

/** What the public addresses of media machines and their shared bandwidth ask for. */
export function checkShared(settings: Settings, cluster: Cluster): readonly Fault[] {
  const { sharedBandwidthMbps: mbps, sharedBandwidthBilling: billing } = settings;
  const path = "ams:alibaba.sharedBandwidthMbps";
  const [billed, allowed] = ["ams:alibaba.sharedBandwidthBilling", `traffic, because ${path} is not set`];
  const unused = { path: billed, got: show(billing), allowed, fix: removePath(billed) };
  if (mbps === undefined) return billing === "traffic" ? [] : [unused];
  if (cluster.network.media === "private") {
    const none = "not set, because ams:network.media is private and private machines have no public addresses";
    return [{ path, got: show(mbps), allowed: none, fix: removePath(path) }];
  }
  return [...checkShare(cluster, path, mbps), ...checkPools(settings, cluster)];
}

/** A declared audience that its own bandwidth can't carry; a CDN takes most of it. */
function checkShare({ audience, cdn }: Cluster, path: string, mbps: number): readonly Fault[] {
  if (audience === undefined || cdn !== undefined) return [];
  const needed = Math.ceil((audience.viewers * audience.bitrateKbps) / 1000);
  const allowed = `at least ${needed}, because ams:audience declares ${audience.viewers} viewers at ${audience.bitrateKbps} kbps`;
  return mbps >= needed ? [] : [{ path, got: show(mbps), allowed, fix: setPath(path, needed) }];
}

const checkPools = (settings: Settings, cluster: Cluster): readonly Fault[] =>
  poolsOf(cluster, settings).flatMap(({ role, size }) => {
    const path = `ams:${role}.max`;
    const allowed = `at most ${mostAddresses} machines in a group that uses shared bandwidth, including machines that start or drain during an upgrade`;
    // Shares of the machines are rounded up, twice.
    const fix = setPath(path, Math.floor(((mostAddresses - 2) * cluster[role].max) / size));
    return size <= mostAddresses ? [] : [{ path, got: `${size} machines`, allowed, fix }];
  });

/** The groups' own addresses, the right to bind them, and the bandwidth that they share. */
export class AddressPool extends ClusterComponent {
  /** The Internet Shared Bandwidth, if there is one. */
  readonly packageId?: Output<string>;
  readonly #cluster: Cluster;
  readonly #settings: Settings;
  readonly #addresses = new Map<Role, readonly EipAddress[]>();
  readonly #ready = new Map<Role, readonly Resource[]>();

  constructor(cluster: Cluster, settings: Settings, secrets: Secrets, parent: ClusterComponent) {
    super("Addresses", `${cluster.name}-addresses`, parent);
    this.#cluster = cluster;
    this.#settings = settings;
    const { sharedBandwidthMbps } = settings;
    if (sharedBandwidthMbps !== undefined) this.packageId = this.#addPackage(sharedBandwidthMbps);
    for (const pool of poolsOf(cluster, settings)) {
      const addresses = Array.from({ length: pool.size }, (_, index) => this.#addAddress(pool, index + 1));
      this.#addresses.set(pool.role, addresses);
      const joined = addresses.flatMap((address, index) => this.#join(pool, address, index + 1));
      this.#ready.set(pool.role, [...joined, ...this.#grant(pool, secrets, addresses)]);
    }
    this.registerOutputs();
  }

  /** What a group waits for. */
  readyFor(role: Role): readonly Resource[] {
    return [...(this.#addresses.get(role) ?? []), ...(this.#ready.get(role) ?? [])];
  }

  ipsOf(role: Role): readonly Output<string>[] {
    return (this.#addresses.get(role) ?? []).map(({ ipAddress }) => ipAddress);
  }

  #addPackage(mbps: number): Output<string> {
    const name = `${this.#cluster.name}-addresses`;
    return new CommonBandwithPackage(
      name,
      {
        bandwidthPackageName: name,
        bandwidth: String(mbps),
        internetChargeType: this.#settings.sharedBandwidthBilling === "traffic" ? "PayByTraffic" : "PayByBandwidth",
        isp: "BGP",
        tags: namedTags(this.#cluster, name),
      },
      this.child(),
    ).id;
  }

  #addAddress(pool: Model, number: number): EipAddress {
    const name = `${pool.name}-${number}`;
    return new EipAddress(
      name,
      {
        addressName: name,
        paymentType: "PayAsYouGo",
        internetChargeType: "PayByTraffic",
        bandwidth: String(this.#settings.publicBandwidthMbps),
        // The machines look for the pool's name.
        tags: namedTags(this.#cluster, pool.name),
      },
      this.durable(this.#cluster, this.packageId === undefined ? outside : ofPackage),
    );
  }

  #join(pool: Model, { id }: EipAddress, number: number): readonly Resource[] {
    if (this.packageId === undefined) return [];
    const joined = { bandwidthPackageId: this.packageId, instanceId: id, ipType: "EIP" };
    const options = {
      customTimeouts: { create: packageMinutes, delete: packageMinutes },
      // An address is in one package at a time.
      deleteBeforeReplace: true,
    };
    const name = `${pool.name}-${number}`;
    // Without it a machine that runs falls back to the address's own bandwidth.
    return [new CommonBandwithPackageAttachment(name, joined, this.durable(this.#cluster, options))];
  }

  /** By id: binding knows no condition (AssociateEipAddress, "RAM authorization"). */
  #grant(pool: Model, secrets: Secrets, addresses: readonly EipAddress[]): readonly Resource[] {
    const policies = Math.ceil(addresses.length / addressesOfPolicy);
    return Array.from({ length: policies }, (_, index) => {
      const some = addresses.slice(index * addressesOfPolicy, (index + 1) * addressesOfPolicy);
      const name = index === 0 ? pool.name : `${pool.name}-more-${index + 1}`;
      const ids = some.map(({ id }) => id);
      const policy = new Policy(
        name,
        {
          // RAM has no regions.
          policyName: `${name}-${this.#cluster.region}`,
          description: `Allows the ${pool.role} machines in ${this.#cluster.name} to bind their elastic IP addresses`,
          policyDocument: policyDocument(mayBind(this.#cluster, ids)),
          rotateStrategy: "DeleteOldestNonDefaultVersionWhenLimitExceeded",
          tags: namedTags(this.#cluster, name),
        },
        this.child(),
      );
      const roleName = secrets.roleOf(pool.role).name;
      return new RolePolicyAttachment(
        name,
        { roleName, policyName: policy.policyName, policyType: "Custom" },
        this.child(),
      );
    });
  }
}
