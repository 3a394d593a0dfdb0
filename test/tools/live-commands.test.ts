import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findEngine } from "../../dev/engine.ts";
import { admin, applications, nodes, outputs, type Site, startSite } from "../live/site.ts";
import { loopback } from "../support/loopback.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));

interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly errors: string;
}

/** Not synchronously: the cluster's stand-ins live in this process. */
function run(
  command: string,
  words: readonly string[],
  options: { readonly input?: string; readonly env?: object; readonly cwd?: string } = {},
) {
  return new Promise<Ran>((resolve, reject) => {
    const child = spawn(command, words, { cwd: options.cwd ?? project, env: { ...process.env, ...options.env } });
    let [out, errors] = ["", ""];
    child.stdout.on("data", (part: Buffer) => (out += part.toString()));
    child.stderr.on("data", (part: Buffer) => (errors += part.toString()));
    child.once("error", reject);
    child.once("close", (status) => resolve({ status, out, errors }));
    child.stdin.end(options.input ?? "");
  });
}

describe("the commands for a deployed cluster", () => {
  let site: Site;
  let directory: string;
  before(async () => {
    site = await startSite();
    directory = mkdtempSync(join(tmpdir(), "ams-stack-"));
    mkdirSync(join(directory, "state"));
    writeFileSync(join(directory, "outputs.json"), JSON.stringify(outputs));
    writeFileSync(join(directory, "Pulumi.yaml"), JSON.stringify({ name: "ams", runtime: "nodejs" }));
    writeFileSync(
      join(directory, "Pulumi.one.yaml"),
      JSON.stringify({
        config: {
          "ams:cloud": "aws",
          "aws:region": "ap-south-1",
          "ams:network": { zones: ["a", "b"] },
          "ams:certificate": { source: "existing", id: "arn:aws:acm:ap-south-1:123456789012:certificate/a" },
          "ams:access": { adminCidrs: [`${loopback}.9.0/24`] },
          "ams:domain": { name: "live.example.com", zone: "example.com", dns: "external" },
          "ams:origin": { min: 2 },
          "ams:applications": applications,
        },
      }),
    );
  });
  after(async () => {
    await site.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const way = (): readonly string[] => ["--ca", join(site.root, "ca.pem"), "--dns", site.dns.server, "--from", admin];
  const secret = (): string => JSON.stringify({ panelPassword: site.state.password, jwtKey: site.state.jwtKey });
  const tool = (
    name: string,
    words: readonly string[],
    options: { readonly input?: string; readonly env?: object } = {},
  ) => run("node", [join(project, "start.mjs"), "tools/cli.ts", name, "-C", directory, ...words, ...way()], options);

  /** A stack with these outputs in a real engine's state, as after `pulumi up`. */
  async function deployed(): Promise<object> {
    const engine = findEngine();
    if (engine === undefined) throw new Error("no engine: npm run engine");
    const env = {
      PULUMI_BACKEND_URL: `file://${join(directory, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_SKIP_UPDATE_CHECK: "1",
      PULUMI: engine.pulumi,
    };
    const pulumi = async (words: readonly string[], input = ""): Promise<void> => {
      const { status, errors } = await run(engine.pulumi, [...words, "--non-interactive"], {
        cwd: directory,
        env,
        input,
      });
      assert.equal(status, 0, errors);
    };
    await pulumi(["stack", "init", "one"]);
    const urn = "urn:pulumi:one::ams::pulumi:pulumi:Stack::ams-one";
    const root = { urn, custom: false, type: "pulumi:pulumi:Stack", outputs };
    const manifest = { time: "2026-01-01T00:00:00Z", magic: "", version: "" };
    await pulumi(["stack", "import"], JSON.stringify({ version: 3, deployment: { manifest, resources: [root] } }));
    return env;
  }

  it("verify reads the outputs of a real engine's stack, and ends with 0", async () => {
    const env = await deployed();
    const words = ["--stack", "one", "--no-publish", "--only", "names,listener,nodes", "--secret", "-"];
    const { status, out, errors } = await tool("verify", words, { input: secret(), env });
    assert.equal(status, 0, out + errors);
    assert.match(out, /ok +nodes +nodes are alive, and their number matches the groups: 4 alive; expected 4 to 20/);
    assert.match(out, /6 ok, 0 failed, 0 not run/);
  });

  const apps = (...words: readonly string[]) =>
    tool("apps", ["--stack", "one", "--outputs", join(directory, "outputs.json"), "--secret", "-", ...words], {
      input: secret(),
    });

  it("apps says what differs from the stack file, and ends with 1 then", async () => {
    const before = await apps();
    assert.deepEqual([before.status, before.out], [0, "live: AMS matches the stack file\n"], before.errors);
    const live = site.state.applications.get("live") ?? {};
    site.state.applications.set("live", { ...live, publishJwtControlEnabled: true });
    site.state.applications.set("other", { ingestingStreamLimit: -1 });
    const { status, out } = await apps();
    assert.equal(status, 1);
    assert.match(out, /^live: publishJwtControlEnabled is true in AMS, but false in the stack file$/m);
    assert.match(out, /^other: accepts publishers or viewers, but is not listed in the stack file$/m);
    const drift = JSON.parse((await apps("--json")).out);
    assert.deepEqual([drift.missing, drift.unnamed, drift.differences.length], [[], ["other"], 1]);
    site.state.applications.set("live", live);
  });

  it("apps deletes an application that is confirmed, and says what is lost", async () => {
    const asked = await apps("--delete", "other");
    assert.equal(asked.status, 2);
    assert.match(asked.errors, /^Deleting other ends its \d+ streams .* To confirm, add --yes/);
    assert.ok(site.state.applications.has("other"));
    const { status, out } = await apps("--delete", "other", "--yes");
    assert.deepEqual([status, out], [0, "other was deleted\n"]);
    assert.ok(!site.state.applications.has("other"));
    assert.equal((await apps("--delete", "nobody", "--yes")).status, 1);
  });

  for (const name of ["verify", "status", "apps", "load"]) {
    it(`${name} says that pulumi is not on the PATH, and what to do`, async () => {
      const node = mkdtempSync(join(directory, "no-pulumi-"));
      symlinkSync(process.execPath, join(node, "node"));
      writeFileSync(join(node, "ffmpeg"), "#!/bin/sh\n", { mode: 0o755 });
      const start = performance.now();
      const { status, errors } = await tool(name, ["--stack", "one"], { env: { PATH: node, PULUMI: "" } });
      assert.equal(status, 2, errors);
      assert.match(errors, /^cannot read the outputs of one: pulumi is not on the PATH\nInstall the Pulumi CLI: curl /);
      assert.match(
        errors,
        /stack output --json --show-secrets --stack one > outputs\.json .*--outputs outputs\.json$/m,
      );
      assert.doesNotMatch(errors, /ENOENT|Is it deployed/);
      assert.ok(performance.now() - start < 45_000, "does not wait for what never began");
    });
  }

  it("verify gives JSON, the exit code 1 for a failure, and no secret", async () => {
    await site.heart(nodes.edge[0]).fail(100);
    const words = [
      "--outputs",
      join(directory, "outputs.json"),
      "--only",
      "nodes,panel-login",
      "--json",
      "--secret",
      "-",
    ];
    const { status, out, errors } = await tool("verify", words, { input: secret() });
    await site.heart(nodes.edge[0]).start();
    assert.equal(status, 1, errors);
    const { checks } = JSON.parse(out) as {
      readonly checks: readonly { readonly id: string; readonly state: string; readonly remedy?: string }[];
    };
    assert.deepEqual(
      checks.map(({ id, state }) => [id, state]),
      [
        ["panel-login", "pass"],
        ["nodes", "fail"],
      ],
    );
    assert.match(checks[1]?.remedy ?? "", /ams-cluster\/status/);
    for (const word of [site.state.password, site.state.jwtKey]) assert.ok(!(out + errors).includes(word));
  });

  it("verify says what it did not run and how to get the password; with --strict that is a failure", async () => {
    const words = ["--outputs", join(directory, "outputs.json"), "--stack", "one", "--only", "panel-login"];
    const lax = await tool("verify", words);
    assert.equal(lax.status, 0, lax.errors);
    assert.match(lax.out, /not run +panel-login.*aws secretsmanager get-secret-value --secret-id ams-test-media-1/);
    assert.equal((await tool("verify", [...words, "--strict"])).status, 1);
  });

  it("status gives JSON with the password from the environment", async () => {
    const words = ["--outputs", join(directory, "outputs.json"), "--json"];
    const { status, out, errors } = await tool("status", words, { env: { AMS_PANEL_PASSWORD: site.state.password } });
    assert.equal(status, 0, errors);
    const { alive, problems } = JSON.parse(out) as { readonly alive: number; readonly problems: readonly string[] };
    assert.equal(alive, 4);
    assert.deepEqual(problems, []);
    const refused = await tool("status", words, { env: { AMS_PANEL_PASSWORD: "another" } });
    assert.equal(refused.status, 1);
    assert.match(refused.errors, /AMS rejects the password of user JamesBond/);
  });

  it("status says that the database is away, and shows saved lines, in colours where they are wanted", async () => {
    const message =
      "step=node state=reports node=10.0.0.1 role=edge seconds=9 gate=open member=unknown MemoryPercent=91";
    const events = [{ logStreamName: "i-1", timestamp: Date.now(), message }];
    writeFileSync(join(directory, "lines.json"), JSON.stringify({ events }));
    const words = ["--outputs", join(directory, "outputs.json")];
    const lines = [...words, "--stack", "one", "--lines", join(directory, "lines.json")];
    const env = { AMS_PANEL_PASSWORD: site.state.password, NO_COLOR: "" };
    await site.databaseDown();
    try {
      const bare = await tool("status", words, { env });
      assert.deepEqual([bare.status, bare.out], [1, ""]);
      assert.match(
        bare.errors,
        /^The database is unavailable: AMS responds, but its database does not .*\nTo find the cause: /,
      );
      const plain = await tool("status", lines, { env });
      assert.match(
        plain.out,
        /UTC {2}stack one [^\n]*\n.*10\.0\.0\.1 +unknown +edge +i-1 +9 s +open +91\n.*! The database is unavailable/s,
      );
      assert.ok(!plain.out.includes("\u001b"));
      assert.equal(plain.status, 1);
      const coloured = await tool("status", lines, { env: { ...env, FORCE_COLOR: "1" } });
      assert.ok(coloured.out.includes("\u001b[31m91\u001b"));
      const refused = await tool("status", lines, { env: { ...env, FORCE_COLOR: "1", NO_COLOR: "1" } });
      assert.ok(!refused.out.includes("\u001b"));
    } finally {
      await site.databaseUp();
    }
  });

  it("each ends with 2 where it can't read what it was given", async () => {
    for (const name of ["verify", "status", "load"]) {
      const none = await tool(name, ["--outputs", join(directory, "none.json")]);
      assert.equal(none.status, 2, name);
      assert.match(none.errors, /none\.json: cannot be read/);
    }
    writeFileSync(join(directory, "secret.json"), `"${site.state.password}`);
    const bad = await tool("verify", [
      "--outputs",
      join(directory, "outputs.json"),
      "--secret",
      join(directory, "secret.json"),
    ]);
    assert.equal(bad.status, 2);
    assert.ok(!bad.errors.includes(site.state.password));
  });

  it("load ends whatever it started when somebody stops it", async () => {
    const words = [
      "-C",
      directory,
      "--outputs",
      join(directory, "outputs.json"),
      "--seconds",
      "60",
      "--publishers",
      "2",
    ];
    const child = spawn("node", [join(project, "start.mjs"), "tools/cli.ts", "load", ...words, ...way()], {
      cwd: project,
    });
    let out = "";
    child.stdout.on("data", (part: Buffer) => (out += part.toString()));
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    await until(async () => (await site.store.streamCount()) === 2 || child.exitCode !== null);
    child.kill("SIGINT");
    assert.equal(await ended, 130);
    assert.match(out, /stopped early/);
    await until(async () => (await site.store.streamCount()) === 0);
    assert.equal(await site.store.streamCount(), 0);
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await holds()) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
}
