import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { MachineRole } from "../../../machine/index.ts";
import { cluster } from "../../support/cluster.ts";
import { type Cloud, startCloud } from "../cloud.ts";
import { python } from "../python.ts";
import { library, put, remove, type Service, serve, unpack, until } from "../rig.ts";

export type Protocol = "syslog" | "otlp";

/** A cluster with every kind of machine, which forwards its log. */
export const forwarding = (protocol: Protocol) =>
  cluster({
    logs: { forward: { protocol, host: "logs.example.com" } },
    balancer: { kind: "haproxy" },
    domain: { name: "live.example.com", zone: "example.com" },
    turn: {},
  });

export interface Machine {
  readonly root: string;
  readonly cloud: Cloud;
  readonly forwarder: Service;
  /** The process that forwards. */
  readonly pid: () => number;
  /** Says lines as the machine's program `media` does. */
  readonly say: (...lines: readonly string[]) => Promise<void>;
  /** Runs a program of the machine's that has `cloud`. */
  readonly python: (program: string) => Promise<string>;
  /** Lines that the cloud's log service has. */
  readonly inCloud: () => readonly string[];
  readonly stop: () => Promise<void>;
}

/** What its forwarder has to know, with what differs from a real machine's. */
type Form = Readonly<Record<string, unknown>>;

export async function startMachine(protocol: Protocol, form: Form, role: MachineRole = "edge"): Promise<Machine> {
  const root = unpack(role, forwarding(protocol));
  const cloud = await startCloud("aws", "ap-south-1");
  put(`${root}/var/lib/cloud/data/instance-id`, "i-0123");
  const path = `${root}/etc/ams-cluster/forward.json`;
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), host: "127.0.0.1", ...form }));
  const urls = { AMS_METADATA_URL: cloud.url, AMS_API_URL: cloud.url };
  const env = { ...urls, AMS_CLUSTER_ROOT: root, AMS_ADDRESS: "10.0.0.11", AMS_STATUS: "status-forward" };
  const socket = `${root}/run/ams-cluster-forward`;
  put(`${root}/run/ams-cluster/.keep`, "");
  // In the service manager's place, which makes the socket.
  const start = `rm -f ${socket}; echo $$ >${root}/pid; exec python3 -W error ${library(root)}/forward.py`;
  const forwarder = serve("sh", ["-c", start], env);
  await until("the forwarder's socket", () => existsSync(socket), forwarder.log);
  const run = (program: string, lines: readonly string[] = []) =>
    python(root, `import sys, time; sys.argv[0] = "/x/media.py"; import cloud\n${program}`, lines, urls);
  return {
    ...{ root, cloud, forwarder },
    pid: () => Number(readFileSync(`${root}/pid`, "utf8")),
    say: async (...lines) => {
      const text = await run("cloud.tell(*sys.argv[1:])", lines);
      if (text !== "") throw new Error(text);
    },
    python: run,
    inCloud: () => [...cloud.logs.values()].flat(),
    stop: async () => {
      await forwarder.stop();
      await cloud.close();
      remove(root);
    },
  };
}

/** What a machine's secret holds for its forwarder. */
export function keepHeaders({ root, cloud }: Machine, logHeaders: Readonly<Record<string, string>>): void {
  const { secretName } = JSON.parse(readFileSync(`${root}/etc/ams-cluster/facts.json`, "utf8"));
  cloud.secrets.set(`aws:${secretName}`, JSON.stringify({ logHeaders }));
}
