import type { Network } from "./cluster.js";
import type { Handle } from "./handle.js";
/** balancer: public, the load balancers and NAT; media: public, the AMS machines; database: private. */
export type Tier = "balancer" | "media" | "database";
export declare const tiers: readonly Tier[];
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
export interface ExistingSubnet {
    /** Its id in the cloud. */
    readonly id: Handle;
    /** Its range; firewalls and the machines' gates name it, and nothing is looked up. */
    readonly cidr: string;
}
/** A network that is there already. Its routes and gateways are its owner's. */
export interface ExistingNetwork {
    /** Its id in the cloud: vpc-... */
    readonly id: Handle;
    /** By tier, in the order of `zones`. balancer and media: routed to the internet; database: with a way out through NAT. */
    readonly subnets: Readonly<Record<Tier, readonly ExistingSubnet[]>>;
}
export interface Range {
    /** First address as a number. */
    readonly start: number;
    readonly prefix: number;
}
export declare const maxZones = 6;
export declare function toRange(cidr: string): Range;
export declare function toCidr(range: Range): string;
/** Whether the text is an IPv4 range whose address is the range's first one, e.g. 10.0.0.0/16 but not 10.0.0.1/16. */
export declare function isCidr(text: string): boolean;
export declare function overlaps(a: Range, b: Range): boolean;
export declare function contains(outer: Range, inner: Range): boolean;
/** AMS advertises an RFC 1918 address to its peers, so the network must be one. */
export declare const isPrivate: (cidr: string) => boolean;
/**
 * Eight slots of the network: six for the zones' media machines, the seventh for the balancers, the eighth for the
 * databases. A zone's subnets depend on its place in the list alone, so appending a zone moves nothing.
 */
export declare function planSubnets(network: Network): readonly Subnet[];
export declare function subnetsOf(network: Network, tier: Tier): readonly Subnet[];
/** Both clouds keep the first addresses and the last ones of a subnet for themselves; ours count from .11. */
export declare const firstOwnAddress = 11;
/**
 * Place in the network's zones, from 0, of a database member. `databaseZones` says it; without that it follows the
 * number of zones, and an added zone asks for another home of the third member.
 */
export declare function memberZone({ zones, databaseZones }: Network, member: number): number;
/** The fixed address of a database member: the same for as long as the network's range and the member's zone stay. */
export declare function databaseAddress(network: Network, member: number): string;
/** The nth address of a subnet that is given to something by name. */
export declare const ownAddress: ({ cidr }: Pick<Subnet, "cidr">, index: number) => string;
