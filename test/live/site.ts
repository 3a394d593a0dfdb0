import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "../../config/parse.ts";
import type { Cluster } from "../../config/types.ts";
import { applicationsDocument } from "../../model/applications/document.ts";
import { closed } from "../../model/applications/settings.ts";
import { type Deployment, deploymentOf } from "../../tools/live/deployment.ts";
import { namesOf } from "../../tools/live/names.ts";
import type { LiveOutputs } from "../../tools/live/outputs.ts";
import { trusting, type Wire } from "../../tools/live/protocols/wire.ts";
import { loopback } from "../support/loopback.ts";
import { raw } from "../support/raw.ts";
import { type AmsNode, md5, type State, startAmsNode } from "./ams.ts";
import { type Authority, type Pair, startAuthority } from "./authority.ts";
import { startBalancer } from "./balancer.ts";
import { type Database, startDatabase } from "./database.ts";
import { type Dns, startDns } from "./dns.ts";
import type { Heart } from "./heart.ts";
import { type Members, membersOf } from "./members.ts";
import { type Origins, startOrigins } from "./origins.ts";
import type { Program } from "./programs.ts";
import type { Store } from "./store.ts";

/** A small cluster on loopback: each machine has an address of its own, with the real ports. */

export const balancerAddress = `${loopback}.1.1`;
export const admin = `${loopback}.9.1`;
export const stranger = `${loopback}.8.1`;
export const domain = "live.example.com";
export const jwtKey = "0123456789abcdef0123456789abcdef";
export const nodes = {
  origin: [`${loopback}.2.1`, `${loopback}.2.2`],
  edge: [`${loopback}.3.1`, `${loopback}.3.2`],
} as const;

export const applications = { live: { publish: "open", renditions: [{ height: 480, videoKbps: 800 }] } };

const values = {
  balancer: { kind: "haproxy", rtmps: true },
  access: { adminCidrs: [`${loopback}.9.0/24`] },
  domain: { name: domain, zone: "example.com", dns: "external" },
  certificate: { source: "uploaded", pem: "" },
  origin: { min: 2, max: 4 },
  edge: { min: 2, max: 4 },
  applications,
};

const day = 86_400_000;

/** Signs the tokens of an application that wants them. */
export const streamKey = "streamKey0123456789abcdefghijklmnopqrstuvwxyz012";

export interface Site {
  readonly cluster: Cluster;
  readonly deployment: Deployment;
  readonly state: State;
  /** What the nodes know together, as one of them sees it. */
  readonly store: Store;
  readonly heart: (address: string) => Heart;
  /** Starts the database anew, at its own address and at an outer one; ends when all nodes are with it again. */
  readonly databaseUp: (outerAddress?: string) => Promise<void>;
  readonly databaseDown: () => Promise<void>;
  readonly dns: Dns;
  readonly root: string;
  readonly authority: Authority;
  readonly certificate: Pair;
  readonly wire: (from: string) => Wire;
  /** Starts HAProxy anew, with a fault or without. */
  readonly balance: (fault?: {
    readonly edit?: (text: string) => string;
    readonly certificate?: Pair;
  }) => Promise<void>;
  readonly close: () => Promise<void>;
}

function clusterOf(certificate: Pair, more: object): Cluster {
  const uploaded = { source: "uploaded", pem: certificate.certificate };
  const { cluster, faults } = parse(
    raw({ ...values, certificate: uploaded, ...more }, { secrets: { certificateKey: certificate.key } }),
  );
  if (cluster === undefined) throw new Error(JSON.stringify(faults));
  return cluster;
}

export const outputs: LiveOutputs = {
  publishUrl: `https://${domain}/`,
  playUrl: `https://${domain}:5443/`,
  cdnUrl: "",
  rtmpUrl: `rtmp://rtmp.${domain}:1935/`,
  panelUrl: `https://${domain}:4444/`,
  rtmpsUrl: `rtmps://${domain}:8443/`,
  turnUri: "",
  turnsUri: "",
  statsUrl: `https://${domain}:6080/`,
  panelUser: "JamesBond",
  panelSecret: "ams-test-media-1",
  databaseEndpoint: "db1.ams-test.internal:27017",
  dnsRecordsToAdd: [{ name: domain, type: "CNAME", value: "front.balancer.example.net" }],
  originGroup: "ams-test-origin",
  edgeGroup: "ams-test-edge",
  balancerGroup: "ams-test-proxy",
};

const healthy = (cluster: Cluster): State => ({
  user: "JamesBond",
  password: "correct horse battery",
  jwtKey,
  standalone: new Set(),
  restIsOpen: false,
  edgesReachOrigins: true,
  originsTakeStreams: true,
  failedLogins: 0,
  streamKey: cluster.applications?.["live"]?.play === "jwt" ? streamKey : undefined,
  // As the machines leave it: the named one as the file says, another one closed.
  applications: new Map<string, Record<string, unknown>>([
    ["live", { ...applicationsDocument(cluster).applications["live"]?.settings, gopSize: 0 }],
    ["LiveApp", { ...closed.settings }],
  ]),
});

async function startNames(): Promise<Dns> {
  const dns = await startDns(`${loopback}.0.53`);
  dns.aliases.set(domain, "front.balancer.example.net");
  dns.addresses.set("front.balancer.example.net", balancerAddress);
  dns.addresses.set(`rtmp.${domain}`, balancerAddress);
  return dns;
}

function startNodes(state: State, { origin, edge }: Members["stores"], origins: Origins): Promise<readonly AmsNode[]> {
  return Promise.all([
    ...[...origin].map(([address, store]) =>
      startAmsNode({ address, state, store, streams: origins.folderOf(address) }),
    ),
    ...[...edge].map(([address, store]) => startAmsNode({ address, state, store, streams: undefined })),
  ]);
}

const upOf =
  (database: Database, { join: rejoin }: Members): Site["databaseUp"] =>
  async (outerAddress) => {
    await database.start(outerAddress);
    await rejoin();
  };

/** With further keys of the stack file. */
export async function startSite(more: object = {}): Promise<Site> {
  const root = mkdtempSync(join(tmpdir(), "ams-live-"));
  const authority = startAuthority();
  const trust = trusting(authority.pem);
  const now = Date.now();
  const certificate = authority.issue(domain, { from: new Date(now - day), to: new Date(now + 90 * day) });
  const cluster = clusterOf(certificate, more);
  const state = healthy(cluster);
  const dns = await startNames();
  const database = await startDatabase(root);
  const members = membersOf(nodes);
  await members.join();
  await members.store.addUser({ email: state.user, password: md5(state.password) });
  const origins = await startOrigins({ root, stores: members.stores.origin, hook: `${loopback}.0.1`, state });
  const running = await startNodes(state, members.stores, origins);
  let balancer: Program | undefined;
  const balance: Site["balance"] = async (fault = {}) => {
    await balancer?.stop();
    balancer = await startBalancer({ cluster, address: balancerAddress, root, nodes, certificate, ...fault });
  };
  const close = async (): Promise<void> => {
    await balancer?.stop();
    await Promise.all(running.map((node) => node.close()));
    await origins.close();
    await members.close();
    await database.stop();
    await dns.close();
    authority.close();
    rmSync(root, { recursive: true, force: true });
  };
  await balance().catch(async (error: unknown) => {
    // The next site has the same addresses.
    await close();
    throw error;
  });
  writeFileSync(join(root, "ca.pem"), authority.pem);
  return {
    ...{ cluster, state, dns, root, authority, certificate, balance },
    ...{ store: members.store, heart: members.heart },
    ...{ databaseUp: upOf(database, members), databaseDown: database.stop },
    deployment: deploymentOf(outputs, cluster),
    wire: (from) => ({
      names: namesOf({ servers: [dns.server], fixed: new Map() }),
      trust,
      from,
      timeoutMilliseconds: 5000,
    }),
    close,
  };
}
