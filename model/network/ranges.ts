import ipaddr from "ipaddr.js";

export interface Range {
  /** First address as a number. */
  readonly start: number;
  readonly prefix: number;
}

export const maxZones = 6;

export function toRange(cidr: string): Range {
  const [address, prefix] = ipaddr.IPv4.parseCIDR(cidr);
  return { start: address.octets.reduce((sum, octet) => sum * 256 + octet, 0), prefix };
}

const sizeOf = (range: Range): number => 2 ** (32 - range.prefix);

export function toCidr(range: Range): string {
  return `${addressAt(range, 0)}/${range.prefix}`;
}

export function addressAt(range: Range, offset: number): string {
  const value = range.start + offset;
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}

/** Whether the text is an IPv4 range whose address is the range's first one, e.g. 10.0.0.0/16 but not 10.0.0.1/16. */
export function isCidr(text: string): boolean {
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) return false;
  const range = toRange(text);
  return range.start % sizeOf(range) === 0;
}

/** Whether an address can be another machine's; loopback, link-local and multicast addresses can't. */
export const isElsewhere = (address: string): boolean =>
  ["unicast", "private", "carrierGradeNat", "reserved"].includes(ipaddr.IPv4.parse(address).range());

export function overlaps(a: Range, b: Range): boolean {
  return a.start < b.start + sizeOf(b) && b.start < a.start + sizeOf(a);
}

export function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.start + sizeOf(inner) <= outer.start + sizeOf(outer);
}

/** The /64 with a number, 0 to 255, of a VPC's IPv6 range, which is a /56. What is no range yet stays what it is. */
export function ipv6Subnet(cidr: string, number: number): string {
  if (!ipaddr.IPv6.isValidCIDR(cidr)) return cidr;
  const [address] = ipaddr.IPv6.parseCIDR(cidr);
  const bytes = address.toByteArray();
  bytes[7] = number;
  return `${ipaddr.fromByteArray(bytes)}/64`;
}

/** RFC 1918. */
export const privateRanges: readonly string[] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** AMS advertises an RFC 1918 address to its peers, so the network must be one. */
export const isPrivate = (cidr: string): boolean =>
  privateRanges.some((range) => contains(toRange(range), toRange(cidr)));

/** The widest range that a merge may make: the check of `ams:access.adminCidrs` allows no wider one. */
const widest = 8;

/**
 * The same addresses in as few ranges as there can be: what lies in another range goes, halves of one range become it.
 * Each result stands where its first part stood, so that ranges which don't merge keep their places.
 */
export function mergeRanges(cidrs: readonly string[]): readonly string[] {
  const kept: Range[] = cidrs.map(toRange);
  for (let changed = true; changed; ) changed = dropOne(kept) || mergeOne(kept);
  return kept.map(toCidr);
}

function dropOne(ranges: Range[]): boolean {
  const place = ranges.findIndex((one, index) =>
    ranges.some((other, at) => at !== index && contains(other, one) && !(contains(one, other) && at > index)),
  );
  if (place < 0) return false;
  ranges.splice(place, 1);
  return true;
}

function mergeOne(ranges: Range[]): boolean {
  for (const [index, one] of ranges.entries()) {
    const size = 2 ** (32 - one.prefix);
    const place = ranges.findIndex(
      ({ start, prefix }) =>
        prefix === one.prefix &&
        Math.floor(start / size / 2) === Math.floor(one.start / size / 2) &&
        start !== one.start,
    );
    const other = ranges[place];
    if (other === undefined || one.prefix <= widest) continue;
    ranges.splice(Math.min(index, place), 1, { start: Math.min(one.start, other.start), prefix: one.prefix - 1 });
    ranges.splice(Math.max(index, place), 1);
    return true;
  }
  return false;
}
