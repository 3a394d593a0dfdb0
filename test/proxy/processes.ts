import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { ProxyKind } from "../../config/types.ts";
import { until } from "../machine/rig.ts";

/** Ends HAProxy or Nginx by the pid that it wrote. */
export async function endService(root: string, kind: ProxyKind): Promise<void> {
  const path = `${root}/run/${kind}.pid`;
  if (!existsSync(path)) return;
  const pid = Number(readFileSync(path, "utf8"));
  // 0 would be the test itself.
  if (!(pid > 1)) throw new Error(`${path} holds no pid`);
  // In the middle of a reload it starts others.
  signal(pid, "SIGSTOP");
  const group = [pid, ...childrenOf(pid)];
  for (const one of group) signal(one, "SIGKILL");
  await until("the proxy is gone", () => !group.some(runs));
}

const childrenOf = (pid: number): readonly number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return Number(/\) \w (\d+)/.exec(readFileSync(`/proc/${name}/stat`, "utf8"))?.[1]) === pid;
      } catch {
        return false;
      }
    })
    .map(Number);

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already.
  }
}

/** A zombie, whose parent in a container may never ask for it, doesn't run. */
function runs(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
