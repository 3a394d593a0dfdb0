import { contains, overlaps, type Range, toCidr, toRange } from "../../model/network/ranges.ts";

const widths = [24, 27] as const;

/** The first private range for a network that none of the others overlaps. */
export const freeNetwork = (others: readonly string[]): string =>
  firstFree(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"], 16, others) ?? "10.0.0.0/16";

/** The first range for a subnet of a network that none of the others overlaps. */
export const freeSubnet = (network: string, others: readonly string[]): string | undefined =>
  widths.map((width) => firstFree([network], width, others)).find((range) => range !== undefined);

function firstFree(within: readonly string[], prefix: number, others: readonly string[]): string | undefined {
  const taken = others.map(toRange);
  for (const outer of within.map(toRange)) {
    const [size, end] = [2 ** (32 - prefix), outer.start + 2 ** (32 - outer.prefix)];
    for (let start = outer.start; start + size <= end; start += size) {
      const range: Range = { start, prefix };
      if (contains(outer, range) && !taken.some((other) => overlaps(range, other))) return toCidr(range);
    }
  }
  return undefined;
}
