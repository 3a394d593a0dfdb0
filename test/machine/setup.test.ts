import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "../../config/parse.ts";
import type { Cluster } from "../../config/types.ts";
import { archive } from "../../machine/index.ts";
import { raw } from "../support/raw.ts";
import { type Cloud, startCloud } from "./cloud.ts";
import { hurry, installSystemdRun, library, remove, run, type Service, serve, tells, unpack } from "./rig.ts";

/** A machine with the operator's script, as its agent unpacked it, and a cloud that takes its lines. */
class Bench {
  readonly root: string;
  readonly cloud: Cloud;
  #service: Service | undefined;

  private constructor(script: string, cloud: Cloud) {
    this.root = unpack("origin", clusterWith(script.replaceAll("HERE", join(tmpdir(), "ams-setup-none"))));
    this.cloud = cloud;
    installSystemdRun(this.root);
    this.write(script);
  }

  static async start(script: string): Promise<Bench> {
    return new Bench(script, await startCloud("aws", "ap-south-1"));
  }

  /** The script, with the machine's own folder in the place of HERE; its mode is what the agent's command gives it. */
  write(script: string): void {
    writeFileSync(`${library(this.root)}/operator-setup`, script.replaceAll("HERE", this.root));
    chmodSync(`${library(this.root)}/operator-setup`, 0o700);
  }

  boot(): Service {
    const clouds = { AMS_METADATA_URL: this.cloud.url, AMS_API_URL: this.cloud.url };
    const env = { ...clouds, AMS_CLUSTER_ROOT: this.root, PATH: `${this.root}/bin:${process.env["PATH"]}` };
    this.#service = serve("python3", ["-W", "error", `${library(this.root)}/setup.py`], env);
    return this.#service;
  }

  async end(): Promise<void> {
    await this.#service?.stop();
    await this.cloud.close();
    remove(this.root);
  }
}

function clusterWith(script: string): Cluster {
  const directory = mkdtempSync(join(tmpdir(), "ams-setup-"));
  writeFileSync(join(directory, "setup.sh"), script);
  const { cluster, faults } = parse(raw({ machines: { setup: "setup.sh" } }, { directory }));
  remove(directory);
  assert.ok(cluster !== undefined, JSON.stringify(faults));
  return cluster;
}

describe("The operator's script on a machine", () => {
  let bench: Bench;
  afterEach(() => bench.end());

  it("runs once in a boot, and knows the cluster and the machine's part in it", async () => {
    bench = await Bench.start('#!/bin/bash\necho "$AMS_CLUSTER $AMS_CLOUD $AMS_REGION $AMS_ROLE" >>HERE/ran\n');
    const service = bench.boot();
    await tells(service, /step=setup state=ok/);
    // Its unit ends here; started again in the same boot it does nothing.
    await service.stop();
    const again = run("python3", [`${library(bench.root)}/setup.py`], { AMS_CLUSTER_ROOT: bench.root });
    assert.equal(again.status, 0, again.all);
    assert.equal(readFileSync(`${bench.root}/ran`, "utf8"), "ams-test aws ap-south-1 origin\n");
  });

  it("is tried again until it succeeds; each failure is in the log service with its reason", async () => {
    bench = await Bench.start("#!/bin/bash\necho no key for the agent >&2\nexit 7\n");
    const service = bench.boot();
    await tells(service, /step=setup state=failed attempt=2 .*ended with 7: no key for the agent/);
    assert.equal(service.starts(), 1);
    assert.equal(existsSync(`${bench.root}/run/ams-cluster/setup`), false);
    assert.match(readFileSync(`${bench.root}/run/ams-cluster/status`, "utf8"), /step=setup state=(failed|begin)/);
    bench.write("#!/bin/bash\ntrue\n");
    await tells(service, /step=setup state=ok/);
    assert.match([...bench.cloud.logs.values()].flat().join("\n"), /step=setup state=failed attempt=1 .*no key/);
  });

  it("is ended when its time is over, and that is the reason", async () => {
    bench = await Bench.start("#!/bin/bash\nsleep 100\n");
    const facts = JSON.parse(readFileSync(`${bench.root}/etc/ams-cluster/facts.json`, "utf8"));
    assert.equal(facts.setup.seconds, 600);
    hurry(bench.root, { setup: { ...facts.setup, seconds: 1 } });
    await tells(bench.boot(), /step=setup state=failed attempt=1 .*it took longer than 1 s/);
  });

  it("is asked to start before the services that wait for it, which its unit names", async () => {
    bench = await Bench.start("#!/bin/sh\n");
    const { commands, files } = JSON.parse(archive(clusterWith("#!/bin/sh\n"), "origin").text);
    const lines: readonly string[] = commands.map((words: readonly string[]) => words.join(" "));
    const at = (word: RegExp): number => lines.findIndex((line) => word.test(line));
    assert.ok(at(/chmod 0700 \S+\/operator-setup/) >= 0);
    assert.ok(at(/operator-setup/) < at(/ams-setup\.service/));
    assert.ok(at(/ams-setup\.service/) < at(/ams-media\.service/));
    const unit: readonly string[] = files["/etc/systemd/system/ams-setup.service"];
    assert.ok(unit.includes("Before=ams-media.service ams-proxy.service"));
    // A unit that failed would no longer hold back what waits for it.
    assert.ok(unit.includes("Type=oneshot") && !unit.some((line) => line.startsWith("Restart=")));
  });
});
