import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { parse } from "../../config/parse.ts";
import type { Cluster, ProxyKind } from "../../config/types.ts";
import { secretName } from "../../model/naming.ts";
import { type Cloud, startCloud } from "../machine/cloud.ts";
import { hurry, library, remove, type Service, serve, tool, unpack, until } from "../machine/rig.ts";
import { debian13, debianRoot } from "../support/debian-root.ts";
import { loopback } from "../support/loopback.ts";
import { raw } from "../support/raw.ts";
import type { SelfSigned } from "../support/self-signed.ts";
import { send } from "./client.ts";
import { type Instance, type Instances, serveInstances } from "./instances.ts";
import { type Node, startNode } from "./node.ts";
import { endService } from "./processes.ts";
import { relocate } from "./relocate.ts";

/**
 * Proxies, nodes and clients on one machine: each has an address of its own below 127.0.0.0/8 with the real ports, so that
 * the rendered configurations run as they are but for their paths, their address and how long a machine waits.
 */

const here = new URL(".", import.meta.url).pathname;
export const kinds: readonly ProxyKind[] = ["haproxy", "nginx"];
export const admins = `${loopback}.9.0/24`;
export const password = "statsPassword0123";
export const domain = "live.example.com";
export const cdnKey = "cdnKey0123456789ABCDEF";

/** A cluster behind proxies. */
export function behind(
  kind: ProxyKind,
  values: Readonly<Record<string, unknown>> = {},
  certificate?: SelfSigned,
): Cluster {
  const uploaded = certificate === undefined ? {} : { certificate: { source: "uploaded", pem: certificate.pem } };
  const balancer = { kind, ...Object(values["balancer"]) };
  const secrets = certificate === undefined ? {} : { certificateKey: certificate.key };
  const all = { access: { adminCidrs: [admins] }, domain: { name: domain, zone: "example.com" } };
  const { cluster, faults } = parse(raw({ ...all, ...uploaded, ...values, balancer }, { secrets }));
  if (cluster === undefined) throw new Error(JSON.stringify(faults));
  return cluster;
}

export interface ProxyMachine {
  readonly kind: ProxyKind;
  readonly address: string;
  readonly root: string;
  readonly cluster: Cluster;
  readonly agent: Service;
  /** The program that measures, once a second. */
  readonly measure: () => Service;
  /** Text of a file of the machine. */
  readonly file: (path: string) => string;
  /** What the program asked of systemd. */
  readonly units: () => readonly string[];
}

export interface Site {
  readonly cloud: Cloud;
  readonly instances: Instances;
  readonly nodes: Map<string, Node>;
  /** A node and its machine in the cloud's list. */
  readonly join: (role: "origin" | "edge", place: number, state?: string) => Promise<Node>;
  readonly list: (change: (list: readonly Instance[]) => readonly Instance[]) => void;
  readonly proxy: (of: Cluster, place?: number, options?: ProxyOptions) => Promise<ProxyMachine>;
  readonly close: () => Promise<void>;
}

/** Debian's releases whose HAProxy and Nginx are asked; the first is the machine's own. */
export const releases = [12, 13] as const;

export interface ProxyOptions {
  readonly release?: (typeof releases)[number];
  readonly certificate?: SelfSigned;
  /** What else is in the machine's secret. */
  readonly secret?: object;
  readonly facts?: Readonly<Record<string, unknown>>;
  /** Changes to the rendered configuration, for time-outs that a test can't wait for. */
  readonly edit?: (text: string) => string;
  readonly env?: Readonly<Record<string, string>>;
  /** A machine that was there before. */
  readonly root?: string;
}

/** Waits of a test in the place of a machine's. */
const hasty = {
  healthSeconds: 0.3,
  pollSeconds: 0.2,
  throttledSeconds: 0.6,
  certificateSeconds: 0.3,
  retrySeconds: 0.2,
};

function prepare(of: Cluster, address: string, options: ProxyOptions): string {
  const root = unpack("proxy", of);
  for (const folder of ["run/haproxy", "var/lib/nginx", "var/log/nginx", "etc/haproxy", "etc/nginx", "bin"]) {
    mkdirSync(`${root}/${folder}`, { recursive: true });
  }
  relocate(root, address, options.edit ?? ((text) => text));
  hurry(root, { ...hasty, ...options.facts });
  copyFileSync(`${here}systemctl`, `${root}/bin/systemctl`);
  tool(root, "dpkg", "#!/bin/sh\nexit 0\n");
  if (options.release === 13)
    execFileSync(`${here}debian-13.sh`, [debianRoot(debian13), `${root}/bin`], {
      stdio: ["ignore", "ignore", "inherit"],
    });
  return root;
}

async function startProxy(site: Site, of: Cluster, place: number, options: ProxyOptions): Promise<ProxyMachine> {
  const { kind } = of.balancer;
  if (kind === "managed") throw new Error("no proxy");
  const address = `${loopback}.1.${place}`;
  const root = options.root ?? prepare(of, address, options);
  const { certificate } = options;
  const pair = certificate === undefined ? {} : { certificatePem: certificate.pem, certificateKey: certificate.key };
  site.cloud.secrets.set(
    `aws:${secretName(of, "proxy")}`,
    JSON.stringify({
      statsPassword: password,
      ...(of.cdn?.exclusive === true ? { cdnKey } : {}),
      ...pair,
      ...options.secret,
    }),
  );
  const start = (program: string): Service =>
    serve("python3", ["-W", "error", `${library(root)}/${program}.py`], {
      AMS_CLUSTER_ROOT: root,
      AMS_METADATA_URL: site.cloud.url,
      AMS_API_URL: site.cloud.url,
      AMS_ADDRESS: address,
      PATH: `${root}/bin:${process.env["PATH"]}:/usr/sbin`,
      ...options.env,
    });
  const proxy: ProxyMachine = {
    kind,
    address,
    root,
    cluster: of,
    agent: start("proxy"),
    measure: () => {
      const { metrics } = JSON.parse(readFileSync(`${root}/etc/ams-cluster/facts.json`, "utf8"));
      hurry(root, { metrics: { ...metrics, periodSeconds: 1 } });
      return start("metrics");
    },
    file: (path) => readFileSync(root + path, "utf8"),
    units: () => readFileSync(`${root}/systemctl.log`, "utf8").trim().split("\n"),
  };
  return proxy;
}

/** Waits until the proxy says that it is at work and every node answers through it. */
export async function ready(proxy: ProxyMachine): Promise<void> {
  const log = (): string =>
    proxy.agent.log() + (existsSync(`${proxy.root}/service.log`) ? proxy.file("/service.log") : "");
  await until(`${proxy.kind} is ready`, () => proxy.agent.log().includes("step=proxy state=ready"), log);
  const answer = await send({ host: proxy.address, port: 6081, path: "/" });
  if (answer.status !== 200) throw new Error(`health: ${answer.status}`);
}

/** With a node in each group. */
export async function startPair(): Promise<Site> {
  const site = await startSite();
  await site.join("origin", 1);
  await site.join("edge", 1);
  return site;
}

export async function startSite(): Promise<Site> {
  const cloud = await startCloud("aws", "ap-south-1");
  const instances = serveInstances("aws", cloud);
  const proxies: ProxyMachine[] = [];
  const nodes = new Map<string, Node>();
  const site: Site = {
    cloud,
    instances,
    nodes,
    list: (change) => {
      instances.list = change(instances.list);
    },
    join: async (role, place, state = "InService") => {
      const address = `${loopback}.${role === "origin" ? 2 : 3}.${place}`;
      const node = await startNode(address);
      nodes.set(address, node);
      const one = { id: `i-${role}${place}`, name: `ams-test-${role}`, address, state };
      instances.list = [...instances.list, one];
      return node;
    },
    proxy: async (of, place = of.balancer.kind === "haproxy" ? 1 : 2, options = {}) => {
      const proxy = await startProxy(site, of, place, options);
      proxies.push(proxy);
      const one = { id: `i-proxy${place}`, name: `${of.name}-proxy`, address: proxy.address, state: "InService" };
      if (!instances.list.some(({ id }) => id === one.id)) instances.list = [...instances.list, one];
      return proxy;
    },
    close: async () => {
      // Two of them may be one machine's, before and after a new start: while one runs, it starts the service anew.
      for (const { agent } of proxies) await agent.stop();
      for (const { root, kind } of proxies) await endService(root, kind);
      for (const { root } of proxies) remove(root);
      for (const node of nodes.values()) await node.close();
      await cloud.close();
    },
  };
  return site;
}
