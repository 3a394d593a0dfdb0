import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { ProxyKind } from "../../config/types.ts";
import { until } from "../machine/rig.ts";

/** Ends HAProxy or Nginx by the pid that it wrote. Whoever was starting it is let finish first. */
export async function endService(root: string, kind: ProxyKind): Promise<void> {
  await until("no proxy is being started", () => !commands().some((one) => one.includes(`${root}/`) && !isAtWork(one)));
  const path = `${root}/run/${kind}.pid`;
  if (!existsSync(path)) return;
  const text = readFileSync(path, "utf8").trim();
  // A check of the configuration leaves an empty one.
  if (text === "") return;
  const pid = Number(text);
  // 0 would be the test itself.
  if (!(pid > 1)) throw new Error(`${path} holds no pid`);
  // In the middle of a reload it starts others, one of them even after the signal: a fork that has begun ends first.
  signal(pid, "SIGSTOP");
  await until("the proxy stands still", () => !/\) [^TZ] /.test(about(`${pid}`, "stat")));
  const group = [pid, ...childrenOf(pid)];
  for (const one of group) signal(one, "SIGKILL");
  await until("the proxy is gone", () => !group.some(runs));
}

const all = (): readonly string[] => readdirSync("/proc").filter((name) => /^\d+$/.test(name));

/** Empty for one that has just ended. */
function about(pid: string, file: "cmdline" | "stat"): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

const commands = (): readonly string[] => all().map((pid) => about(pid, "cmdline").replaceAll("\0", " "));

const isAtWork = (command: string): boolean => /^(nginx: |\S*haproxy )/.test(command);

const childrenOf = (pid: number): readonly number[] =>
  all()
    .filter((name) => Number(/\) \w (\d+)/.exec(about(name, "stat"))?.[1]) === pid)
    .map(Number);

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already.
  }
}

/** A zombie, whose parent in a container may never ask for it, doesn't run. */
const runs = (pid: number): boolean => /\) [^Z] /.test(about(`${pid}`, "stat"));
