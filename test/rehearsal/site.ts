import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Cloud, startCloud } from "../machine/cloud.ts";
import { remove, run, until } from "../machine/rig.ts";
import { ferretdbWords } from "../support/ferretdb.ts";

const here = new URL(".", import.meta.url).pathname;

/** Addresses of the site: the router with the metadata server, a balancer's node, the real database. */
export const addresses = { router: "10.0.0.1", balancer: "10.0.192.5", database: "10.0.225.11" } as const;

/**
 * A network of the test's own, with a bridge that stands for the cloud's: metadata server, secret store, a balancer's
 * address, the database. No packet leaves it.
 */
export class Site {
  readonly folder: string;
  readonly cloud: Cloud;
  readonly #holder: ChildProcess;
  readonly #children: ChildProcess[] = [];
  #database: ChildProcess | undefined;

  private constructor(cloud: Cloud, folder: string, holder: ChildProcess) {
    this.cloud = cloud;
    this.folder = folder;
    this.#holder = holder;
  }

  static async start(region = "ap-south-1"): Promise<Site> {
    const folder = mkdtempSync(join(tmpdir(), "ams-site-"));
    const socket = join(folder, "cloud.sock");
    const cloud = await startCloud("aws", region, socket);
    const holder = spawn("unshare", ["--net", "sleep", "infinity"], { stdio: "ignore" });
    const site = new Site(cloud, folder, holder);
    const own = readlinkSync("/proc/self/ns/net");
    await until("a network namespace", () => readlinkSync(`/proc/${holder.pid}/ns/net`) !== own);
    const words = [`link set lo up`, `link add br0 type bridge`, `link set br0 up`];
    const given = [...Object.values(addresses).map((address) => `${address}/8`), "169.254.169.254/32"];
    for (const line of [...words, ...given.map((address) => `address add ${address} dev br0`)]) {
      site.must("ip", ...line.split(" "));
    }
    site.spawn("python3", join(here, "forward.py"), "169.254.169.254", "80", socket);
    return site;
  }

  /** A command's words inside the site's network. */
  within(...words: readonly string[]): readonly string[] {
    return [`--net=/proc/${this.#holder.pid}/ns/net`, "--", ...words];
  }

  must(...words: readonly string[]): string {
    const done = run("nsenter", this.within(...words));
    if (done.status !== 0) throw new Error(`${words.join(" ")}: ${done.all}`);
    return done.out;
  }

  spawn(...words: readonly string[]): ChildProcess {
    const child = spawn("nsenter", this.within(...words), { stdio: ["ignore", "ignore", "inherit"] });
    this.#children.push(child);
    return child;
  }

  /** Starts the real database, empty unless it ran before; its user has the password. */
  async databaseUp(program: string, password: string): Promise<void> {
    const folder = join(this.folder, `data-${password}`);
    mkdirSync(folder, { recursive: true });
    this.#database = this.spawn(program, ...ferretdbWords({ folder, address: addresses.database, password }));
    await until("a database", () => this.reaches(addresses.router, addresses.database, 27017));
  }

  async databaseDown(): Promise<void> {
    await end(this.#database, "SIGKILL");
  }

  /** Whether a TCP connection from one of the site's addresses is let in. */
  reaches(from: string, address: string, port: number): boolean {
    const program = `import socket; socket.create_connection(("${address}", ${port}), 1, ("${from}", 0))`;
    return run("nsenter", this.within("python3", "-c", program)).status === 0;
  }

  /** A connection of the balancer's to AMS, which asks for something when it is told to. */
  hold(address: string): { readonly lines: () => readonly string[]; readonly ask: () => void } {
    const program = `
import socket, sys
with socket.create_connection(("${address}", 5080), 5, ("${addresses.balancer}", 0)) as client:
    print("held", flush=True)
    sys.stdin.readline()
    client.sendall(b"GET /rest/v2/liveness HTTP/1.0\\r\\n\\r\\n")
    print(client.makefile().readline(), flush=True)
`;
    const words = this.within("python3", "-c", program);
    const child = spawn("nsenter", words, { stdio: ["pipe", "pipe", "inherit"] });
    this.#children.push(child);
    let text = "";
    child.stdout.on("data", (part: Buffer) => {
      text += part.toString();
    });
    return { lines: () => text.split("\n"), ask: () => child.stdin.write("\n") };
  }

  async stop(): Promise<void> {
    for (const child of [...this.#children, this.#holder]) await end(child, "SIGKILL");
    await this.cloud.close();
    remove(this.folder);
  }
}

/** Ends a process by its own pid and waits for it. */
export async function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await gone;
}
