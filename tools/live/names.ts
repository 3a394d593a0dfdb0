import { Resolver } from "node:dns/promises";
import { isIP } from "node:net";
import { UsageError } from "../cli/faults.ts";

/** A name that has no address: what follows it can't be asked. */
export class NameError extends UsageError {}

export interface Names {
  /** Addresses, IPv4 first; throws NameError. */
  readonly addresses: (host: string) => Promise<readonly string[]>;
  /** The CNAME records of a name itself; empty where it has none. */
  readonly aliases: (host: string) => Promise<readonly string[]>;
}

export interface NameOptions {
  /** Servers to ask, `address[:port]`; the system's where there are none. */
  readonly servers: readonly string[];
  /** Addresses that are given by hand, as with curl's --resolve. */
  readonly fixed: ReadonlyMap<string, string>;
}

/** Asks DNS itself and not the machine's hosts file: that is what viewers get. */
export function namesOf({ servers, fixed }: NameOptions): Names {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  if (servers.length > 0) resolver.setServers([...servers]);
  const known = new Map<string, Promise<readonly string[]>>();
  const lookUp = async (host: string): Promise<readonly string[]> => {
    const own = fixed.get(host);
    if (own !== undefined) return [own];
    if (isIP(host) !== 0) return [host];
    if (host === "localhost") return ["127.0.0.1"];
    const found = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const addresses = found.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
    if (addresses.length > 0) return addresses;
    const [first] = found;
    const code = first.status === "rejected" && first.reason instanceof Error ? codeOf(first.reason) : "no address";
    throw new NameError(`${host} has no address (${code})`);
  };
  return {
    addresses: (host) => {
      const before = known.get(host) ?? lookUp(host);
      known.set(host, before);
      return before;
    },
    aliases: async (host) => {
      try {
        return await resolver.resolveCname(host);
      } catch {
        return [];
      }
    },
  };
}

export const codeOf = (error: Error): string => ("code" in error ? String(error.code) : error.message);
