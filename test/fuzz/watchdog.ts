import { Worker } from "node:worker_threads";

/** A thread beside a loop that may never end: it says which input hangs and ends the process. */
export interface Watchdog {
  readonly begin: (input: string) => void;
  readonly stop: () => Promise<unknown>;
}

export function startWatchdog(seconds: number): Watchdog {
  const worker = new Worker(new URL("watchdog-thread.mjs", import.meta.url), { workerData: { seconds } });
  worker.unref();
  return { begin: (input) => worker.postMessage(input), stop: () => worker.terminate() };
}
