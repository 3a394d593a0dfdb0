import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { archive, archiveKey, userData } from "../../machine/index.ts";
import { agentBucket } from "../../model/naming.ts";
import { cluster } from "../support/cluster.ts";
import { type Cloud, type Kind, startCloud } from "./cloud.ts";
import { objectHost } from "./objects.ts";
import { agentFiles, decoded, library, put, remove, type Service, serve, tells, tool } from "./rig.ts";

/** A machine that has its user data alone, and a cloud with or without its agent. */
class Bench {
  readonly root = mkdtempSync(join(tmpdir(), "ams-bootstrap-"));
  readonly cloud: Cloud;
  readonly agent;
  readonly place: string;
  #service: Service | undefined;

  private constructor(of: ReturnType<typeof cluster>, cloud: Cloud) {
    this.cloud = cloud;
    this.agent = archive(of, "database");
    this.place = `${objectHost(of.cloud, agentBucket(of), of.region)}/${archiveKey(this.agent)}`;
    for (const { path, content } of decoded(userData(of, "database")).write_files) put(this.root + path, content);
    for (const name of ["sh", "systemctl", "systemd-tmpfiles"]) {
      tool(this.root, name, `#!/bin/bash\necho "${name} $*" >>${this.root}/commands\n`);
    }
  }

  static async start(cloud: Kind): Promise<Bench> {
    const of = cluster({ cloud });
    return new Bench(of, await startCloud(cloud, of.region));
  }

  upload(text = this.agent.text): void {
    this.cloud.objects.set(this.place, text);
  }

  boot(): Service {
    const env = { AMS_CLUSTER_ROOT: this.root, AMS_METADATA_URL: this.cloud.url, AMS_API_URL: this.cloud.url };
    const proxies = { http_proxy: "http://127.0.0.1:9", https_proxy: "http://127.0.0.1:9" };
    const path = { PATH: `${this.root}/bin:${process.env["PATH"]}` };
    const words = ["-W", "error", `${library(this.root)}/bootstrap.py`];
    this.#service = serve("python3", words, { ...env, ...proxies, ...path });
    return this.#service;
  }

  async ready(): Promise<void> {
    const service = this.boot();
    await tells(service, /step=agent state=ok/);
    await service.stop();
  }

  commands(): readonly string[] {
    return existsSync(`${this.root}/commands`) ? readFileSync(`${this.root}/commands`, "utf8").trim().split("\n") : [];
  }

  async end(): Promise<void> {
    await this.#service?.stop();
    await this.cloud.close();
    remove(this.root);
  }
}

for (const one of ["aws", "alibaba"] as const) {
  describe(`The agent of a machine on ${one}`, () => {
    let bench: Bench;
    beforeEach(async () => {
      bench = await Bench.start(one);
    });
    afterEach(() => bench.end());

    it("comes from the stack's bucket with the machine's role, and past every proxy of the environment", async () => {
      bench.upload();
      await bench.ready();
      for (const [path, text] of agentFiles(bench.agent.text)) {
        assert.equal(readFileSync(bench.root + path, "utf8"), text, path);
        assert.equal(statSync(bench.root + path).mode & 0o777, 0o644, path);
      }
      assert.match(bench.commands().at(-1) ?? "", /^systemctl enable --now --no-block ams-database\.service /);
    });

    it("is waited for while the bucket is away, and said so", async () => {
      bench.cloud.bucketsAway = true;
      bench.upload();
      const service = bench.boot();
      await tells(service, /step=agent state=failed retrySeconds=\S+ reason=.*404/);
      assert.deepEqual(bench.commands(), []);
      bench.cloud.bucketsAway = false;
      await tells(service, /step=agent state=ok/);
      assert.equal(existsSync(`${library(bench.root)}/database.py`), true);
    });

    it("is refused when it is another one than user data names: nothing of it is unpacked, run or kept", async () => {
      bench.upload(bench.agent.text.replace("ams-database.service", "ams-databasx.service"));
      const service = bench.boot();
      await tells(service, /state=failed .*has the SHA-256 [0-9a-f]{64}: rejected/);
      assert.equal(existsSync(`${library(bench.root)}/database.py`), false);
      assert.equal(existsSync(`${bench.root}/var/lib/ams-cluster/agent.json`), false);
      assert.deepEqual(bench.commands(), []);
    });

    it("is kept for boots without the bucket, which run nothing again", async () => {
      bench.upload();
      await bench.ready();
      const [done, calls] = [bench.commands().length, bench.cloud.calls.length];
      bench.cloud.bucketsAway = true;
      await bench.ready();
      assert.deepEqual([bench.commands().length, bench.cloud.calls.length], [done, calls]);
    });

    it("is put right at a boot that finds a file torn, and fetched anew when what it kept is", async () => {
      bench.upload();
      await bench.ready();
      const program = `${library(bench.root)}/database.py`;
      const text = readFileSync(program, "utf8");
      for (const torn of ["", "\0".repeat(100)]) {
        put(program, torn);
        put(`${bench.root}/var/lib/ams-cluster/agent.json`, torn);
        await bench.ready();
        assert.equal(readFileSync(program, "utf8"), text);
      }
    });
  });
}

describe("The bootstrap", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start("aws");
  });
  afterEach(() => bench.end());

  it("asks AWS's bucket by the name that it has in the machine's partition", async () => {
    bench.cloud.metadata.set("services/domain", "sc2s.sgov.gov");
    const of = cluster();
    const host = objectHost("aws", agentBucket(of), of.region, "sc2s.sgov.gov");
    bench.cloud.objects.set(`${host}/${archiveKey(bench.agent)}`, bench.agent.text);
    await bench.ready();
  });

  it("takes no answer without an end", async () => {
    bench.upload("x".repeat(2 ** 20 + 1));
    const service = bench.boot();
    await tells(service, /the response is longer than 1048576 bytes/);
  });
});
