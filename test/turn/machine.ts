import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parse } from "../../config/parse.ts";
import type { Cluster } from "../../config/types.ts";
import { secretName } from "../../model/naming.ts";
import { type Cloud, startCloud } from "../machine/cloud.ts";
import { hurry, library, run, type Service, serve, tool, unpack, until } from "../machine/rig.ts";
import { raw } from "../support/raw.ts";
import type { SelfSigned } from "../support/self-signed.ts";
import { at } from "./place.ts";

const here = new URL(".", import.meta.url).pathname;

/** A cluster with TURN servers, with TLS if there is a certificate. */
export function withTurn(turn: object = {}, certificate?: SelfSigned, more: object = {}): Cluster {
  const domain = { name: "live.example.com", zone: "example.com" };
  const uploaded = certificate === undefined ? {} : { certificate: { source: "uploaded", pem: certificate.pem } };
  const secrets = certificate === undefined ? {} : { certificateKey: certificate.key };
  const { cluster, faults } = parse(raw({ domain, turn, ...uploaded, ...more }, { secrets }));
  if (cluster === undefined) throw new Error(JSON.stringify(faults));
  return cluster;
}

/** What the machine's secret has. */
export interface TurnSecret {
  readonly users: Readonly<Record<string, string>>;
  readonly certificate?: SelfSigned;
}

export interface TurnMachine {
  readonly root: string;
  readonly agent: Service;
  readonly tell: (secret: TurnSecret) => void;
  /** Puts a certificate where the proxies put theirs. */
  readonly share: (pair: object) => void;
  readonly pid: () => number;
  /** What a module of the machine's programs prints. */
  readonly python: (program: string) => string;
  readonly close: () => Promise<void>;
}

function prepare(of: Cluster, edit: (text: string) => string): string {
  const root = unpack("turn", of);
  // coturn runs as a user of its own.
  chmodSync(root, 0o755);
  for (const folder of ["run/ams-cluster", "var/lib/turn", "bin"]) mkdirSync(`${root}/${folder}`, { recursive: true });
  const config = `${root}/etc/ams-cluster/turnserver.conf`;
  const text = readFileSync(config, "utf8").replaceAll("/var/lib/turn/", `${root}/var/lib/turn/`);
  writeFileSync(config, edit(text.replaceAll("=/etc/ams-cluster/", `=${root}/etc/ams-cluster/`)));
  const schema = `import sqlite3; sqlite3.connect("${root}/var/lib/turn/turndb").executescript(open("/usr/share/coturn/schema.sql").read())`;
  run("python3", ["-c", schema]);
  run("chown", ["-R", "turnserver:", `${root}/var/lib/turn`]);
  hurry(root, { pollSeconds: 0.3, retrySeconds: 0.2 });
  copyFileSync(`${here}systemctl`, `${root}/bin/systemctl`);
  tool(root, "dpkg", "#!/bin/sh\nexit 0\n");
  return root;
}

async function untilHealthy(log: () => string): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    if ((await fetch(`http://${at.turn}:6081/`)).status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`never healthy\n${log()}`);
}

/** The real programs with the real coturn, on the machine's address. */
export async function startMachine(
  of: Cluster,
  secret: TurnSecret,
  edit: (text: string) => string = (text) => text,
): Promise<TurnMachine> {
  const cloud: Cloud = await startCloud("aws", "ap-south-1");
  const root = prepare(of, edit);
  const tell = ({ users, certificate }: TurnSecret): void => {
    const pair = certificate === undefined ? {} : { certificatePem: certificate.pem, certificateKey: certificate.key };
    cloud.secrets.set(`aws:${secretName(of, "turn")}`, JSON.stringify({ users, ...pair }));
  };
  tell(secret);
  const env = {
    AMS_CLUSTER_ROOT: root,
    AMS_METADATA_URL: cloud.url,
    AMS_API_URL: cloud.url,
    AMS_ADDRESS: at.turn,
    PATH: `${root}/bin:${process.env["PATH"]}:/usr/sbin`,
  };
  const agent = serve("python3", ["-W", "error", `${library(root)}/turn.py`], env);
  const log = (): string =>
    agent.log() + (existsSync(`${root}/coturn.log`) ? readFileSync(`${root}/coturn.log`, "utf8") : "");
  await until("the TURN server is ready", () => agent.log().includes("step=turn state=ready"), log, 60);
  // coturn's unit is of the type notify: systemd says that it is started once it listens.
  await untilHealthy(log);
  const pid = (): number => Number(readFileSync(`${root}/run/coturn.pid`, "utf8"));
  return {
    root,
    agent,
    tell,
    share: (pair) => void cloud.secrets.set(`aws:${secretName(of, "certificate")}`, JSON.stringify(pair)),
    pid,
    python: (program) => {
      const done = run("python3", ["-c", `import sys; sys.path.insert(0, "${library(root)}")\n${program}`], env);
      if (done.status !== 0) throw new Error(done.all);
      return done.out.trim();
    },
    close: async () => {
      await agent.stop();
      process.kill(pid(), "SIGKILL");
      await cloud.close();
    },
  };
}
