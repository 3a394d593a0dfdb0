import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { cached } from "../../dev/cache.ts";
import { run } from "../machine/rig.ts";

/** A suite of Debian, and what is installed in a root of it. */
export type Root = readonly [suite: string, ...packages: readonly string[]];

/** With systemd, cloud-init and what an image of ours has. */
export const machineRoot: Root = [
  "bookworm",
  ...["systemd-sysv", "dbus", "cloud-init", "nftables", "iproute2", "xfsprogs", "python3-pymongo", "systemd-timesyncd"],
];

/** With the proxies of Debian 13. */
export const debian13: Root = ["trixie", "haproxy", "nginx", "libnginx-mod-stream"];

const script = fileURLToPath(new URL("debian-root.sh", import.meta.url));

/** Where the script puts it: a root is another one with another script or other words. */
export function placeOfRoot(words: Root): string {
  const digest = createHash("sha256")
    .update(`${readFileSync(script, "utf8")}${words.join(" ")}\n`)
    .digest("hex");
  return cached("rootfs", digest.slice(0, 16));
}

/** The path of a root, which is made once and kept in the user's cache. */
export function debianRoot(words: Root): string {
  const done = run(script, words);
  if (done.status !== 0) throw new Error(`debian-root.sh: ${done.all.slice(-2000)}`);
  return done.out.trim();
}
