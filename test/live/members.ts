import type { Nodes } from "./balancer.ts";
import { type Heart, heartOf } from "./heart.ts";
import { Store } from "./store.ts";

type Stores = ReadonlyMap<string, Store>;

const storesOf = (addresses: readonly string[]): Stores => new Map(addresses.map((address) => [address, new Store()]));

interface Both {
  readonly origin: Stores;
  readonly edge: Stores;
}

export interface Members {
  /** By the nodes' addresses. */
  readonly stores: Both;
  /** One of them. */
  readonly store: Store;
  readonly heart: (address: string) => Heart;
  /** Ends when the database has heard of each node. */
  readonly join: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Each node's own way to the database. */
export function membersOf(nodes: Nodes): Members {
  const stores = { origin: storesOf(nodes.origin), edge: storesOf(nodes.edge) };
  const all = [...stores.origin, ...stores.edge];
  const hearts = new Map(all.map(([address, store]) => [address, heartOf(store, address)]));
  const heart = (address: string): Heart => {
    const found = hearts.get(address);
    if (found === undefined) throw new Error(`no node at ${address}`);
    return found;
  };
  const [[, store] = []] = all;
  if (store === undefined) throw new Error("no node");
  return {
    ...{ stores, store, heart },
    join: async () => void (await Promise.all([...hearts.values()].map((one) => one.start()))),
    close: async () => {
      await Promise.all([...hearts.values()].map((one) => one.stop()));
      await Promise.all(all.map(([, one]) => one.close()));
    },
  };
}
