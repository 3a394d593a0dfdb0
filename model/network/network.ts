import type { Handle } from "../../config/handle.ts";
import type { ExistingNetwork, Network } from "../../config/types.ts";
import { addressAt, maxZones, type Range, toCidr, toRange } from "./ranges.ts";

/** balancer: public, the load balancers and NAT; media: the AMS machines, public or private; database: private. */
export type Tier = "balancer" | "media" | "database";

export const tiers: readonly Tier[] = ["balancer", "media", "database"];

export interface Subnet {
  /** Part of the logical name, e.g. `media-a`. */
  readonly key: string;
  readonly tier: Tier;
  readonly zone: string;
  readonly cidr: string;
  readonly public: boolean;
  /** Of a subnet that is there already. */
  readonly id?: Handle;
}

/** The nth block of `prefix` bits within a range. */
function block(range: Range, prefix: number, index: number): Range {
  return { start: range.start + index * 2 ** (32 - prefix), prefix };
}

/**
 * Eight slots of the network: six for the zones' media machines, the seventh for the balancers, the eighth for the
 * databases. A zone's subnets depend on its place in the list alone, so appending a zone moves nothing.
 */
export function planSubnets(network: Network): readonly Subnet[] {
  if (network.existing !== undefined) return existingSubnets(network, network.existing);
  const whole = toRange(network.cidr);
  const slot = (index: number): Range => block(whole, whole.prefix + 3, index);
  const rangeOf = (tier: Tier, index: number): Range => {
    if (tier === "media") return slot(index);
    return block(slot(tier === "balancer" ? maxZones : maxZones + 1), whole.prefix + 6, index);
  };
  return tiers.flatMap((tier) =>
    network.zones.map((zone, index) => ({
      key: `${tier}-${zone}`,
      tier,
      zone,
      cidr: toCidr(rangeOf(tier, index)),
      public: isPublic(network, tier),
    })),
  );
}

const isPublic = ({ media }: Network, tier: Tier): boolean =>
  tier === "media" ? media === "public" : tier === "balancer";

/** Proxies stand with the balancers, where the stack's own network has no NAT; in somebody else's there may be one. */
export const needPublicAddress = ({ network }: { readonly network: Network }): boolean =>
  network.media === "public" || network.existing === undefined;

function existingSubnets(network: Network, { subnets }: ExistingNetwork): readonly Subnet[] {
  const { zones } = network;
  return tiers.flatMap((tier) =>
    subnets[tier].map((subnet, index) => {
      const zone = zones[index] ?? "";
      return { key: `${tier}-${zone}`, tier, zone, public: isPublic(network, tier), ...subnet };
    }),
  );
}

export function subnetsOf(network: Network, tier: Tier): readonly Subnet[] {
  return planSubnets(network).filter((subnet) => subnet.tier === tier);
}

/** Both clouds keep the first addresses and the last ones of a subnet for themselves; ours count from .11. */
export const firstOwnAddress = 11;

/**
 * Place in the network's zones, from 0, of a database member. `databaseZones` says it; without that it follows the
 * number of zones, and an added zone asks for another home of the third member.
 */
export function memberZone({ zones, databaseZones = [] }: Network, member: number): number {
  const said = databaseZones[member];
  return said === undefined ? member % zones.length : said - 1;
}

/** The fixed address of a database member: the same for as long as the network's range and the member's zone stay. */
export function databaseAddress(network: Network, member: number): string {
  const zone = memberZone(network, member);
  const home = subnetsOf(network, "database")[zone];
  if (home === undefined) throw new Error(`no subnet for a database member in zone ${zone + 1}`);
  const before = Array.from({ length: member }, (_, other) => memberZone(network, other));
  return ownAddress(home, before.filter((other) => other === zone).length);
}

/** The nth address of a subnet that is given to something by name. */
export const ownAddress = ({ cidr }: Pick<Subnet, "cidr">, index: number): string =>
  addressAt(toRange(cidr), firstOwnAddress + index);
