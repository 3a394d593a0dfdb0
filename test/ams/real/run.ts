import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, realpathSync } from "node:fs";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { remove } from "../../machine/rig.ts";
import { must } from "./command.ts";
import { hindrance, needs } from "./installation.ts";

/** `npm run test:ams`: the machine's programs with a real Ant Media Server. docs/smoke-test.md says how operators use it. */

const programs = ["unshare", "mount", "ip", "python3", "java"] as const;

const help = `Tries the machine's programs with a real Ant Media Server, and compares it with the stand-in of the tests.

Usage: sudo npm run test:ams -- --home DIR [--minutes 15] [--keep]

${needs}
  --minutes MINUTES    the longest time for each step, 1 to 60
  --keep               leave the server's logs, and say where

It copies DIR and works on the copy, in namespaces of its own (unshare): other processes, hosts, configuration and database, no
network but loopback, nothing else to write to. It needs root, ${programs.join(", ")}, and twice the
installation's size in /var/tmp. For the cluster it needs an Enterprise Edition, and mongod on the PATH.

Exit code: 0 all that was asked holds, 1 something differs, 2 it could not begin.
`;

/** Kept by the kernel's rules for long-lived files, and on a disk. */
const scratchBase = "/var/tmp/ams-real-";

const isHere = (program: string): boolean =>
  [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/sbin"].some((at) => existsSync(`${at}/${program}`));

function refuse(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}

function parsed(): { readonly home: string; readonly seconds: number; readonly keep: boolean } {
  const options = {
    home: { type: "string" },
    minutes: { type: "string", default: "15" },
    keep: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help) {
    process.stdout.write(help);
    process.exit(0);
  }
  const minutes = Number(values.minutes);
  if (values.home === undefined) refuse(`which installation?\n\n${help}`);
  if (!(minutes >= 1 && minutes <= 60)) refuse(`--minutes ${values.minutes}: 1 to 60`);
  const why = hindrance(values.home);
  if (why !== undefined) refuse(why);
  if (process.getuid?.() !== 0)
    refuse("It mounts in a namespace of its own, which takes root: sudo npm run test:ams -- --home DIR");
  const missing = programs.filter((program) => !isHere(program));
  if (missing.length > 0) refuse(`not on the PATH: ${missing.join(", ")}`);
  return { home: realpathSync(values.home), seconds: minutes * 60, keep: values.keep };
}

const { home, seconds, keep } = parsed();
const scratch = mkdtempSync(scratchBase);
process.once("exit", () => {
  if (keep) process.stdout.write(`the logs: ${scratch}/log/antmedia\n`);
  else remove(scratch);
});
mkdirSync(`${scratch}/tmp`);
must("cp", ["-a", "--reflink=auto", home, `${scratch}/tmp/home`]);
process.stdout.write(`a copy of ${home}\n`);
const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const namespaces = ["--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", "--uts", "--ipc"];
const inside = [process.execPath, "--import", "tsx", file("inside.ts"), `${seconds}`];
const child = spawn("unshare", [...namespaces, file("namespace.sh"), scratch, ...inside], { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => child.kill(signal));
child.once("exit", (code) => process.exit(code ?? 1));
