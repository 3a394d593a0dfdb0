import { randomInt } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { userData } from "../../machine/index.ts";
import { cluster } from "../support/cluster.ts";
import { type Cloud, type Kind, startCloud } from "./cloud.ts";
import { layOut } from "./installation.ts";
import { hurriedDrain } from "./pauses.ts";
import {
  decoded,
  type Environment,
  hurry,
  library,
  put,
  remove,
  run,
  type Service,
  serve,
  standIn,
  unpack,
} from "./rig.ts";

export const password = "appPassword0123456789";
export const secretOf = (url: string) => ({
  mongoUrl: url,
  panelPassword: "panelPassword0123",
  jwtKey: "jwtKey0123456789012345678901234567890123456789",
  clusterKey: "clusterKey0123456789012345678901",
});

/** Where the stand-in cloud keeps a secret. */
export const secretKey = (kind: Kind, name = "ams-test-media-1"): string => `${kind === "aws" ? "aws" : "oos"}:${name}`;

/**
 * Some free port; nobody listens there. It lies below the ports that the system gives to clients and to servers that ask
 * for any, so that it stays free until the test uses it.
 */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = randomInt(28_000, 32_000);
  try {
    await listen(server, port);
  } catch {
    return freePort();
  }
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
}

/** What all nodes share: a database behind a port and a password, and a cloud. */
export interface Site {
  readonly kind: Kind;
  readonly cloud: Cloud;
  readonly store: string;
  readonly url: string;
  readonly databaseUp: () => Promise<void>;
  readonly databaseDown: () => Promise<void>;
  readonly data: () => {
    readonly users: Readonly<Record<string, { readonly password: string }>>;
    readonly settings: Readonly<Record<string, Readonly<Record<string, string>>>>;
    readonly nodes: Readonly<Record<string, { readonly ip: string; readonly lastUpdateTime: number }>>;
  };
}

export interface Node {
  readonly root: string;
  /** The keys of the secret that it reads. */
  readonly keys: () => Readonly<Record<"jwtKey" | "clusterKey", string>>;
  readonly ams: string;
  readonly events: () => readonly string[];
  readonly status: () => string;
  readonly url: string;
  readonly env: Environment;
  /** What stands in the way of AMS, by the names of stand-in/ams.py. */
  readonly fault: (name: string, text?: string) => void;
  readonly well: (name: string) => void;
  /** The real commands of somebody else on the machine. */
  readonly systemctl: (verb: "start" | "stop" | "restart") => void;
  readonly start: () => Service;
  /** A program beside the main one. */
  readonly agent: (program: "drain" | "metrics" | "applications", peer?: Node) => Service;
  /** Removes what a reboot removes, and what runs. */
  readonly powerOff: () => Promise<void>;
}

const open: (() => unknown)[] = [];
/** Takes down, in reverse order, whatever a test has put up. */
export async function closeAll(): Promise<void> {
  for (const close of open.splice(0).reverse()) await close();
}

/** With a URL, the nodes have the database there, and none of the stand-in's. */
export async function site(kind: Kind = "aws", database?: string, region = "ap-south-1"): Promise<Site> {
  const cloud = await startCloud(kind, region);
  const store = mkdtempSync(join(tmpdir(), "ams-store-"));
  if (database === undefined) put(`${store}/password`, password);
  const port = await freePort();
  const url = database ?? `mongodb://ams:${password}@127.0.0.1:${port}`;
  cloud.secrets.set(secretKey(kind), JSON.stringify(secretOf(url)));
  let server: Server | undefined;
  const databaseDown = async () => {
    const closing = server;
    server = undefined;
    if (closing !== undefined) await new Promise((resolve) => closing.close(resolve));
  };
  open.push(
    databaseDown,
    () => cloud.close(),
    () => remove(store),
  );
  return {
    kind,
    cloud,
    store,
    url,
    databaseUp: async () => {
      server = createServer((socket) => socket.on("error", () => undefined).end());
      await listen(server, port);
    },
    databaseDown,
    data: () => JSON.parse(readFileSync(`${store}/data.json`, "utf8")),
  };
}

/** The drop-in of AMS's unit, as the boot command writes it. */
function dropIn(): string {
  const [command = []] = decoded(userData(cluster(), "origin")).bootcmd ?? [];
  return `${command.slice(3).join("\n")}\n`;
}

/** What a machine has beside its address. */
interface Installed {
  /** An installation, which is moved into the place of the stand-in's. */
  readonly home?: string;
  readonly port?: number;
  /** A directory with the machine's files; a standard cluster's origin by default. */
  readonly root?: string;
}

export async function node(at: Site, address = "10.0.0.11", installed: Installed = {}): Promise<Node> {
  const { home, port, root = unpack("origin", cluster({ cloud: at.kind })) } = installed;
  const ams = `${root}/usr/local/antmedia`;
  const events = `${root}/events`;
  put(events, "");
  if (home === undefined) {
    layOut(ams);
  } else {
    mkdirSync(dirname(ams), { recursive: true });
    renameSync(home, ams);
  }
  put(`${root}/etc/hosts`, "127.0.0.1 localhost\n");
  put(`${root}/etc/systemd/system/antmedia.service.d/ams-cluster.conf`, dropIn());
  put(`${root}/var/lib/cloud/data/instance-id`, `i-${address}`);
  hurry(root, {
    retrySeconds: 0.05,
    pollSeconds: 0.1,
    watchSeconds: 0.15,
    lostChecks: 2,
    joinSeconds: 60,
    lateSeconds: 5,
    startSeconds: 600,
    aliveSeconds: 2,
    applicationsSeconds: 0.3,
    drain: { ...hurriedDrain, maxSeconds: 60 },
  });
  const url = `http://127.0.0.1:${port ?? (await freePort())}`;
  const env = {
    AMS_CLUSTER_ROOT: root,
    AMS_METADATA_URL: at.cloud.url,
    AMS_API_URL: at.cloud.url,
    AMS_ADDRESS: address,
    AMS_URL: url,
    AMS_TEST_EVENTS: events,
    AMS_TEST_STAND_IN: standIn,
    AMS_TEST_STORE: at.store,
    PATH: `${standIn}:${process.env["PATH"]}`,
  };
  const services: Service[] = [];
  const powerOff = async () => {
    for (const service of services.splice(0)) await service.stop();
    run("systemctl", ["stop", "antmedia"], env);
    rmSync(`${root}/run/ams-cluster`, { recursive: true, force: true });
  };
  open.push(() => remove(root), powerOff);
  const { secretName } = JSON.parse(readFileSync(`${root}/etc/ams-cluster/facts.json`, "utf8"));
  return {
    root,
    keys: () => JSON.parse(at.cloud.secrets.get(secretKey(at.kind, secretName)) ?? ""),
    ams,
    events: () => readFileSync(events, "utf8").trim().split("\n"),
    status: () => readFileSync(`${root}/run/ams-cluster/status`, "utf8"),
    start: () => {
      const service = serve("python3", ["-W", "error", `${library(root)}/media.py`], env);
      services.push(service);
      return service;
    },
    url,
    env,
    fault: (name, text = "") => put(`${ams}/faults/${name}`, text),
    well: (name) => rmSync(`${ams}/faults/${name}`, { force: true }),
    systemctl: (verb) => void run("systemctl", [verb, "antmedia"], env),
    agent: (program, peer) => {
      const more = { AMS_STATUS: `status-${program}`, AMS_PEER_URL: peer?.url ?? url };
      const service = serve("python3", ["-W", "error", `${library(root)}/${program}.py`], { ...env, ...more });
      services.push(service);
      return service;
    },
    powerOff,
  };
}
