// Preloaded into a Node process (--import): writes what the process took into $AMS_BENCH_OUT when it ends.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";

const folder = process.env.AMS_BENCH_OUT;
if (isMainThread && folder !== undefined) {
  process.on("exit", () => {
    // Of the whole process, its worker threads with it.
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const usage = {
      command: process.argv.slice(1).join(" "),
      wallSeconds: performance.now() / 1e3,
      cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
      peakMiB: maxRSS / 1024,
    };
    writeFileSync(join(folder, `${process.pid}.json`), JSON.stringify(usage));
  });
}
