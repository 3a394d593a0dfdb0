import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Cluster } from "../../config/types.ts";
import { archive, archiveKey, type MachineRole, packedUserData } from "../../machine/index.ts";
import { agentBucket } from "../../model/naming.ts";
import { objectHost } from "../machine/objects.ts";
import { put, run, until } from "../machine/rig.ts";
import { ControlGroup } from "./control-group.ts";
import { environment, eventsPath, putAms, putMongo } from "./image.ts";
import { addresses, end, type Site } from "./site.ts";

/** How the journal tells that a step is over. */
const stepDone = /Finished cloud-\S+\.service|step=\w+ state=(ok seconds=\S+|failed .*)/;

/** A machine that boots: systemd and cloud-init of a real system over a layer of its own, until `destroy`. */
export class Machine {
  readonly address: string;
  readonly root: string;
  readonly #site: Site;
  readonly #name: string;
  readonly #bind: string[] = [];
  readonly #group: ControlGroup;
  #process: ChildProcess | undefined;

  constructor(site: Site, base: string, name: string, address: string) {
    this.#site = site;
    this.#name = name;
    this.#group = new ControlGroup(name);
    this.address = address;
    const folder = join(site.folder, name);
    this.root = join(folder, "root");
    for (const layer of ["root", "changes", "work"]) mkdirSync(join(folder, layer), { recursive: true });
    const layers = `lowerdir=${base},upperdir=${folder}/changes,workdir=${folder}/work`;
    const done = run("mount", ["-t", "overlay", "overlay", "-o", layers, this.root]);
    if (done.status !== 0) throw new Error(done.all);
    this.#network();
  }

  #network(): void {
    const { root, address } = this;
    const { router } = addresses;
    // Nobody on this network announces a router.
    const lines = [
      "[Match]",
      "Name=host0",
      "[Network]",
      "LinkLocalAddressing=no",
      "IPv6AcceptRA=no",
      `Address=${address}/8`,
      `Gateway=${router}`,
      "",
    ];
    put(`${root}/etc/systemd/network/10-host0.network`, lines.join("\n"));
    const wants = `${root}/etc/systemd/system/multi-user.target.wants`;
    mkdirSync(wants, { recursive: true });
    symlinkSync("/lib/systemd/system/systemd-networkd.service", `${wants}/systemd-networkd.service`);
    const online = `${root}/etc/systemd/system/network-online.target.wants`;
    mkdirSync(online, { recursive: true });
    symlinkSync(
      "/lib/systemd/system/systemd-networkd-wait-online.service",
      `${online}/systemd-networkd-wait-online.service`,
    );
    // There is no name server; asking one would take seconds.
    put(`${root}/etc/resolv.conf`, "");
    put(`${root}/etc/hosts`, `127.0.0.1 localhost\n${addresses.database} db1.ams-test.internal\n`);
    put(`${root}/etc/systemd/system.conf.d/rehearsal.conf`, `[Manager]\nDefaultEnvironment=${environment}\n`);
  }

  /** Puts the machine's agent into the stack's bucket, and gives it its user data, by the source of cloud-init that needs no cloud. */
  seed(cluster: Cluster, role: MachineRole): this {
    const agent = archive(cluster, role);
    const host = objectHost("aws", agentBucket(cluster), cluster.region);
    this.#site.cloud.objects.set(`${host}/${archiveKey(agent)}`, agent.text);
    // As the metadata server hands it out: cloud-init has to unpack it.
    return this.seedWith(Buffer.from(packedUserData(cluster, role), "base64"));
  }

  /** The same with any user data. */
  seedWith(userData: Uint8Array | string): this {
    const seed = `${this.root}/var/lib/cloud/seed/nocloud`;
    put(`${seed}/meta-data`, `instance-id: i-${this.#name}\nlocal-hostname: ${this.#name}\n`);
    writeFileSync(`${seed}/user-data`, userData);
    put(`${seed}/network-config`, "version: 2\n");
    const config = "datasource_list: [NoCloud]\nnetwork: {config: disabled}\napt_preserve_sources_list: true\n";
    put(`${this.root}/etc/cloud/cloud.cfg.d/99-rehearsal.cfg`, config);
    put(`${this.root}/etc/cloud/ds-identify.cfg`, "policy: enabled\n");
    return this;
  }

  /** A database machine's image after its packages: the server and its shell are stand-ins, over one file on the volume. */
  installMongo(): this {
    putMongo(this.root);
    this.#bind.push(`--bind-ro=${process.execPath}:/usr/bin/node`);
    return this;
  }

  /** Gives a host's name an address. */
  knows(address: string, host: string): this {
    appendFileSync(`${this.root}/etc/hosts`, `${address} ${host}\n`);
    return this;
  }

  /** Attaches a disk, as the cloud does it where there is no NVMe. */
  attach(device: string): this {
    this.#bind.push(`--bind=${device}:/dev/xvdf`);
    return this;
  }

  /** A marketplace image: AMS enabled, standalone, with what it leaves behind. */
  installAms(): this {
    putAms(this.root);
    return this;
  }

  boot(): void {
    const options = ["--quiet", "--register=no", "--keep-unit", "--resolv-conf=off", "--timezone=off", "--boot"];
    const words = ["systemd-nspawn", ...options, "--console=pipe", "--network-bridge=br0", ...this.#bind];
    const name = [`--machine=${this.#name}`, `--directory=${this.root}`];
    this.#process = spawn("nsenter", this.#site.within(...this.#group.within(...words, ...name)), { stdio: "ignore" });
  }

  /** As a power failure does it. The container's first process outlives systemd-nspawn's own sudden death, so it goes too. */
  async kill(): Promise<void> {
    const inside = this.#firstProcess();
    await end(this.#process, "SIGKILL");
    if (inside !== undefined) run("kill", ["-KILL", inside]);
    await this.#group.emptied();
  }

  #firstProcess(): string | undefined {
    const pid = this.#process?.pid;
    if (pid === undefined || this.#process?.exitCode !== null || this.#process.signalCode !== null) return undefined;
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ")[0] || undefined;
  }

  /** Runs something of the host's in one of the machine's namespaces. */
  inside(space: "mount" | "net" | "pid", ...words: readonly string[]): string {
    const first = this.#firstProcess();
    if (first === undefined) throw new Error(`${this.#name} doesn't run`);
    const done = run("nsenter", [`--target=${first}`, `--${space}`, "--", ...words]);
    if (done.status !== 0) throw new Error(done.all);
    return done.out;
  }

  /** How many processes and threads the machine has started so far: its kernel numbers them. */
  started(): number {
    return Number(this.inside("pid", "sh", "-c", "echo $$")) - 1;
  }

  /** CPU time of all that has run in the machine. */
  cpuSeconds(): number {
    return this.#group.cpuSeconds();
  }

  /** Whether the running machine has a file, in /run too. */
  has(path: string): boolean {
    const first = this.#firstProcess();
    return first !== undefined && existsSync(`/proc/${first}/root${path}`);
  }

  /** As an operator's reboot begins: systemd stops the units in order. */
  async shutDown(): Promise<void> {
    await end(this.#process, "SIGTERM");
  }

  async destroy(): Promise<void> {
    await this.kill();
    run("umount", ["--lazy", this.root]);
    this.#group.remove();
  }

  /** The journal of one unit, of all boots. */
  log(unit = "ams-media"): string {
    const done = run("journalctl", ["--directory", `${this.root}/var/log/journal`, "--unit", unit, "--output=cat"]);
    return done.all;
  }

  /** Steps of cloud-init and of our programs, with the seconds since the system's start at which the journal has them. */
  steps(): readonly { readonly text: string; readonly seconds: number }[] {
    const words = ["--directory", `${this.root}/var/log/journal`, "--boot", "--output=short-unix", "--quiet"];
    const lines = run("journalctl", words).out.split("\n");
    const start = Number.parseFloat(lines[0] ?? "");
    return lines.flatMap((line) => {
      const text = stepDone.exec(line)?.[0];
      return text === undefined ? [] : [{ text, seconds: Number.parseFloat(line) - start }];
    });
  }

  events(): readonly string[] {
    const path = `${this.root}${eventsPath}`;
    return existsSync(path) ? readFileSync(path, "utf8").trim().split("\n") : [];
  }

  /** Waits until the machine has switched itself off. */
  async ended(): Promise<void> {
    await this.sees("its own end", () => this.#process?.exitCode !== null, 180);
  }

  /** Whether a balancer's node gets an answer, which is all that it asks for. */
  isOpen(): boolean {
    return this.#site.reaches(addresses.balancer, this.address, 5080);
  }

  /** Waits longer than a test on one process does: a whole system starts. */
  async sees(what: string, holds: () => boolean, seconds = 120): Promise<void> {
    await until(`${this.#name}: ${what}`, holds, () => `${this.log()}\n${this.events().join("\n")}`, seconds);
  }
}
