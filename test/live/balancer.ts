import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Cluster } from "../../config/types.ts";
import { haproxyConfig } from "../../machine/configuration/haproxy.ts";
import { cdnKeys, sessionMap } from "../../machine/configuration/proxy-rules.ts";
import { proxyOf } from "../../model/traffic/balancer.ts";
import { targets } from "../../model/traffic/targets.ts";
import { loopback } from "../support/loopback.ts";
import type { Pair } from "./authority.ts";
import { listens, type Program, startProgram } from "./programs.ts";

/** The machine's own address, where the network balancer asks for its health. */
const inner = `${loopback}.1.2`;

/** By which the balancer knows the CDN. */
export const cdnKey = "cdnKey0123456789ABCDEF";

export type Nodes = Readonly<Record<"origin" | "edge", readonly string[]>>;

/** The product's HAProxy configuration, as a machine has it but for its address, its paths and its limits. */
function configuration(cluster: Cluster, address: string, root: string, nodes: Nodes): string {
  const proxy = proxyOf(cluster);
  if (proxy === undefined) throw new Error("no proxy in this cluster");
  const roles = new Map(targets(cluster).map(({ name, role }) => [String(name), role]));
  return (
    haproxyConfig(cluster, proxy)
      // Outside, a network balancer stands before the machine, which has no listener for this port.
      .replace("bind *:6081", `bind ${inner}:6081`)
      .replaceAll("bind *:", `bind ${address}:`)
      // Sockets without a file are the machine's, and a test's machines are one.
      .replaceAll("abns@ams-", `abns@${basename(root)}-`)
      .replace(/^ *(chroot|user haproxy|group haproxy).*\n/gm, "")
      .replace(/\/(run|etc\/ams-cluster)\//g, `${root}/$1/`)
      .replace(/inter \d+s/, "inter 500ms")
      .replace(/maxconn \d+/, "maxconn 500")
      .replace(/^( *)server-template (\w+)- \d+ 0\.0\.0\.0:(\d+) disabled$/gm, (_, indent, name, port) =>
        nodes[roles.get(String(name)) ?? "origin"]
          .map((node, index) => `${indent}server ${name}-${index + 1} ${node}:${port}`)
          .join("\n"),
      )
  );
}

export interface BalancerOptions {
  readonly cluster: Cluster;
  readonly address: string;
  readonly root: string;
  readonly nodes: Nodes;
  readonly certificate: Pair;
  /** A fault in the configuration. */
  readonly edit?: (text: string) => string;
}

export async function startBalancer(options: BalancerOptions): Promise<Program> {
  const { cluster, address, root, nodes, certificate, edit = (text) => text } = options;
  for (const folder of ["run/haproxy", "etc/ams-cluster"]) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, "etc/ams-cluster/tls.pem"), certificate.pem);
  // No session of WHIP or WHEP begins here.
  writeFileSync(join(root, sessionMap), "");
  writeFileSync(join(root, cdnKeys.haproxy), cdnKey);
  const path = join(root, "haproxy.cfg");
  const rendered = configuration(cluster, address, root, nodes);
  const text = edit(rendered);
  if (options.edit !== undefined && text === rendered) throw new Error("the fault changed nothing");
  writeFileSync(path, text);
  const program = startProgram("haproxy", ["-db", "-f", path]);
  await listens(program, inner, 6081);
  return program;
}
