import type { Cluster } from "../../config/types.ts";
import { groupsOf, type Role } from "../cluster.ts";
import { drainingMachines, mostMachines } from "./subnet-room.ts";

/** Public addresses of the stack's own, of which each machine of a group binds one. */
export interface AddressPool {
  readonly role: Role;
  /** The tag Name of its addresses, by which the machines find them. */
  readonly name: string;
  /** One for each machine that the group may have at a time, and for those that drain while an upgrade goes on. */
  readonly size: number;
}

/** What of a stack's public addresses only its adapter knows. */
export interface PublicAddresses {
  readonly pools: readonly Pick<AddressPool, "size">[];
  /** Mbps that they share with those of the balancers; undefined where each has its own. */
  readonly sharedMbps?: number | undefined;
}

/** Pools of some groups' machines; private machines have no public address. */
export function addressPools(cluster: Cluster, of: (role: Role) => boolean): readonly AddressPool[] {
  if (cluster.network.media !== "public") return [];
  return groupsOf(cluster)
    .filter(({ role }) => of(role))
    .map((one) => ({
      role: one.role,
      name: `${cluster.name}-addresses-${one.role}`,
      size: mostMachines(cluster, one) + drainingMachines(cluster, one.group),
    }));
}

/** Of the groups whose addresses are to stay the same. */
export const hasFixedAddresses = (cluster: Cluster, role: Role): boolean =>
  role === "origin" && cluster.origin.fixedAddresses;
