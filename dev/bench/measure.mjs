// Preloaded into a Node process (--import): writes what the process took into $AMS_BENCH_OUT when it ends.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";

const folder = process.env.AMS_BENCH_OUT;

/** Of processes that it started and that have ended, such as esbuild: fields 16 and 17 of proc(5), 100 to a second. */
function childrenSeconds() {
  if (process.platform !== "linux") return 0;
  const [, rest = ""] = readFileSync("/proc/self/stat", "utf8").split(") ");
  const fields = rest.split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

/** The kernel hands ru_maxrss on from whoever started the process (getrusage(2)); VmHWM of proc(5) is its own alone. */
function peakMiB(maxRssKiB) {
  if (process.platform !== "linux") return maxRssKiB / 1024;
  const [, own = maxRssKiB] = readFileSync("/proc/self/status", "utf8").match(/^VmHWM:\s+(\d+) kB$/m) ?? [];
  return Number(own) / 1024;
}

if (isMainThread && folder !== undefined) {
  process.on("exit", () => {
    // Of the whole process, its worker threads with it.
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const usage = {
      command: process.argv.slice(1).join(" "),
      wallSeconds: performance.now() / 1e3,
      cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 + childrenSeconds(),
      peakMiB: peakMiB(maxRSS),
    };
    writeFileSync(join(folder, `${process.pid}.json`), JSON.stringify(usage));
  });
}
