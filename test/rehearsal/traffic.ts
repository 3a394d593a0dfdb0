import { addresses, type Site } from "./site.ts";

const table = "ams_traffic";

/**
 * What the machines ask for, counted by the kernel of the site's network: bytes that its download server sent, and packets
 * that begin anything with somebody who is no stand-in. Answers to a balancer's connections begin nothing.
 */
const rules = `table ip ${table} {
counter downloaded {}
counter elsewhere {}
chain sent {
type filter hook output priority 0;
ip saddr ${addresses.router} tcp sport 80 counter name downloaded
}
chain asked {
type filter hook prerouting priority 0;
iif lo accept
ip protocol tcp tcp flags & (syn | ack) != syn accept
ip daddr 169.254.169.254 tcp dport 80 accept
ip daddr ${addresses.database} tcp dport 27017 accept
ip daddr ${addresses.router} tcp dport { 80, 6514 } accept
ip protocol igmp accept
counter name elsewhere
}
}
`;

/** Packets and bytes of both counters since the last reset. */
export interface Traffic {
  readonly downloadedBytes: number;
  readonly elsewherePackets: number;
}

export function countTraffic(site: Site): void {
  site.must("sh", "-c", 'echo "$0" | nft -f -', rules);
}

export const resetTraffic = (site: Site): void => void site.must("nft", "reset", "counters", "table", "ip", table);

export function traffic(site: Site): Traffic {
  const text = site.must("nft", "list", "counters", "table", "ip", table);
  const figure = (name: string, unit: string): number => {
    const found = new RegExp(`counter ${name} \\{\\s*packets \\d+ bytes \\d+`).exec(text)?.[0];
    const figures = found?.match(new RegExp(`${unit} (\\d+)`))?.[1];
    if (figures === undefined) throw new Error(`no counter ${name}: ${text}`);
    return Number(figures);
  };
  return { downloadedBytes: figure("downloaded", "bytes"), elsewherePackets: figure("elsewhere", "packets") };
}
