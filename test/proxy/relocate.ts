import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";

/** Gives a proxy's configuration the paths and the address of a test's machine; `edit` goes last. */
export function relocate(root: string, address: string, edit: (text: string) => string): void {
  for (const path of [`${root}/etc/ams-cluster/haproxy.cfg`, `${root}/etc/ams-cluster/nginx.conf`]) {
    if (!existsSync(path)) continue;
    const text = readFileSync(path, "utf8")
      .replaceAll("bind *:", `bind ${address}:`)
      // Sockets without a file are the machine's, and a test's machines are one.
      .replaceAll("abns@ams-", `abns@${basename(root)}-`)
      .replace(/^( *)listen (\d+)/gm, `$1listen ${address}:$2`)
      .replace(/^ *(chroot|user haproxy|group haproxy).*\n/gm, "")
      .replace("user www-data;", "user root;")
      .replace("worker_processes auto", "worker_processes 2")
      .replace(/\/(run|etc\/ams-cluster|var)\//g, `${root}/$1/`)
      .replace(/inter \d+s/, "inter 200ms")
      // A test may not open as many files as a machine.
      .replace(/maxconn \d+/, "maxconn 2000")
      .replace(/worker_connections \d+/, "worker_connections 2000")
      .replace(/worker_rlimit_nofile .*\n/, "");
    writeFileSync(path, edit(text));
  }
}
