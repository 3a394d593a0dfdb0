import { Eip } from "@pulumi/aws/ec2/eip.js";
import type { Output, Resource } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import type { Role } from "../../../model/cluster.ts";
import { namedTags } from "../../../model/naming.ts";
import { addressPools, hasFixedAddresses, type AddressPool as Model } from "../../../model/network/address-pool.ts";
import { ClusterComponent } from "../../cluster-component.ts";

export const poolsOf = (cluster: Cluster): readonly Model[] =>
  addressPools(cluster, (role) => hasFixedAddresses(cluster, role));

/** Elastic IP addresses of the groups whose addresses are to stay the same. */
export class AddressPool extends ClusterComponent {
  readonly #addresses = new Map<Role, readonly Eip[]>();

  constructor(cluster: Cluster, parent: ClusterComponent) {
    super("Addresses", `${cluster.name}-addresses`, parent);
    for (const { role, name, size } of poolsOf(cluster)) {
      const add = (index: number): Eip =>
        // Once a refresh has told the provider who uses it, a delete takes it from that machine.
        new Eip(
          `${name}-${index + 1}`,
          // The machines look for the pool's name, and prefer the first ones.
          { domain: "vpc", tags: { ...namedTags(cluster, name), Number: String(index + 1) } },
          this.durable(cluster),
        );
      this.#addresses.set(
        role,
        Array.from({ length: size }, (_, index) => add(index)),
      );
    }
    this.registerOutputs();
  }

  /** What a group waits for. */
  readyFor(role: Role): readonly Resource[] {
    return this.#addresses.get(role) ?? [];
  }

  ipsOf(role: Role): readonly Output<string>[] {
    return (this.#addresses.get(role) ?? []).map(({ publicIp }) => publicIp);
  }
}
