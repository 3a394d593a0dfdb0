import { setTimeout as wait } from "node:timers/promises";
import type { Store } from "./store.ts";

/** ClusterNode.java: NODE_UPDATE_PERIOD. */
const periodMilliseconds = 5000;
const mostMilliseconds = 60_000;

/** A node's membership: it tells the database that it lives. */
export interface Heart {
  /** Beats from now on; ends with the first beat that the database took. */
  readonly start: () => Promise<void>;
  /** Beats no more, for so long already. */
  readonly fail: (secondsAgo: number) => Promise<void>;
  /** Beats on with a clock that is so many seconds slow. */
  readonly slow: (seconds: number) => Promise<void>;
  /** Leaves a dead record of its address behind, as a restart may. */
  readonly twin: () => Promise<() => Promise<void>>;
  /** Beats no more, and is taken off the list. */
  readonly leave: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export function heartOf(store: Store, address: string): Heart {
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let slow = 0;
  const beat = (): void => {
    // A database that is away hears the next one.
    last = last.then(() => store.beat(address, slow)).catch(() => undefined);
  };
  const stop = async (): Promise<void> => {
    clearInterval(timer);
    // A beat on its way would make the node live again.
    await last;
  };
  return {
    stop,
    start: async () => {
      await stop();
      slow = 0;
      await first(() => store.beat(address));
      timer = setInterval(beat, periodMilliseconds);
    },
    fail: async (secondsAgo) => {
      await stop();
      await store.beat(address, secondsAgo);
    },
    slow: async (seconds) => {
      slow = seconds;
      await store.beat(address, slow);
    },
    twin: async () => {
      await store.beat(address, 300, "twin");
      return () => store.leave(address, "twin");
    },
    leave: async () => {
      await stop();
      await store.leave(address);
    },
  };
}

/** A database that has just started anew may refuse the connections of the one before. */
async function first(beat: () => Promise<void>): Promise<void> {
  const end = Date.now() + mostMilliseconds;
  for (;;) {
    try {
      return await beat();
    } catch (error) {
      if (Date.now() > end) throw error;
      await wait(50);
    }
  }
}
