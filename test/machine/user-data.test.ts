import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { type MachineRole, maxUserDataBytes, userData } from "../../machine/index.ts";
import { mediaMachine } from "../../machine/media.ts";
import { cloudConfig, withoutComments } from "../../machine/render.ts";
import { cluster, withTls } from "../support/cluster.ts";
import { decoded, filesOf, library, put, remove, run, unpack } from "./rig.ts";

const machineRoles: readonly MachineRole[] = ["origin", "database"];

/** The largest that a stack can make it: many zones and as many admin ranges as the balancers' rules take. */
const largest = cluster({
  ...withTls,
  name: "a-name-of-16-let",
  network: { zones: ["a", "b", "c", "d", "e", "f"] },
  access: { adminCidrs: Array.from({ length: 60 }, (_, index) => `203.0.${100 + index}.128/25`) },
  media: { panelUser: "an.administrator@a-long-domain.example.com" },
});

for (const role of machineRoles) {
  describe(`the user data of ${role}`, () => {
    const text = userData(cluster(), role);

    it("is what cloud-init takes", () => {
      const root = unpack(role);
      put(`${root}/user-data`, text);
      const done = run("cloud-init", ["schema", "--config-file", `${root}/user-data`]);
      remove(root);
      assert.equal(done.status, 0, done.all);
      assert.match(done.all, /Valid/);
    });

    it("has no key that cloud-init would pass over", () => {
      // Before 24.1 the schema lets an unknown key pass.
      const known = ["bootcmd", "write_files", "runcmd"];
      assert.deepEqual(
        Object.keys(decoded(text)).filter((key) => !known.includes(key)),
        [],
      );
      for (const file of decoded(text).write_files) {
        assert.deepEqual(
          Object.keys(file).filter((key) => !["path", "content", "encoding"].includes(key)),
          [],
        );
      }
    });

    it("leaves room below the smaller of the clouds' limits, at its largest too", () => {
      assert.ok(Buffer.byteLength(userData(largest, role)) < 0.75 * maxUserDataBytes);
    });

    it("is the same for the same cluster on the other cloud", () => {
      const other = cluster({ cloud: "alibaba" });
      assert.notEqual(other.region, cluster().region);
      assert.equal(userData(other, role), text);
    });

    it("is in ASCII, which no cloud's console breaks", () => {
      assert.match(text, /^[\n\x20-\x7e]*$/);
      for (const content of filesOf(role).values()) assert.match(content, /^[\n\x20-\x7e]*$/);
    });

    it("starts a unit that it brings", () => {
      const command = decoded(text).runcmd.at(-1) ?? [];
      const units = command.filter((word) => /\.(service|timer)$/.test(word));
      assert.ok(units.length > 0);
      for (const name of units) assert.ok(filesOf(role).has(`/etc/systemd/system/${name}`), name);
    });

    it("brings the programs as they stand in the repository, but for comments", () => {
      const root = unpack(role);
      const compare = `
import ast, sys
for name in sys.argv[2:]:
    left, right = (ast.dump(ast.parse(open(folder + "/" + name).read())) for folder in (sys.argv[1], "${library(root)}"))
    assert left == right, name
`;
      const names = readdirSync(library(root)).filter((name) => name.endsWith(".py"));
      assert.ok(names.length >= 3);
      const here = new URL("../../machine", import.meta.url).pathname;
      const done = run("python3", ["-c", compare, here, ...names]);
      remove(root);
      assert.equal(done.status, 0, done.all);
    });
  });
}

describe("the user data of edge", () => {
  it("is that of origin: AMS knows no roles", () => {
    assert.equal(userData(cluster(), "edge"), userData(cluster(), "origin"));
  });
});

describe("rendering", () => {
  it("gives a comment no say in the text, so that rewording one replaces no machine", () => {
    assert.equal(withoutComments("#!/bin/sh\n# why\n\n  # more\nx=1 # kept\n"), "#!/bin/sh\nx=1 # kept\n");
  });

  it("compresses to the same bytes on every version of Node", () => {
    // zlib's own level 9 gives other bytes than these; the pin fails when the compressor changes.
    const text = Array.from({ length: 400 }, (_, index) => `line ${(index * index) % 97} of many\n`).join("");
    const config = cloudConfig({ bootCommands: [], facts: { text }, files: [], runCommands: [] });
    const content = decoded(config).write_files[0]?.content ?? "";
    assert.notEqual(content, gzipSync(gunzipSync(Buffer.from(content, "base64")), { level: 9 }).toString("base64"));
    assert.equal(
      createHash("sha256").update(content).digest("hex"),
      "94db17146b079a301a3dfb1fbacd1912518504c6d7cb56222d072e27f5ddce7d",
    );
  });

  it("makes an archive that tar reads, with each file whole and nothing of the machine that made it", () => {
    const config = cloudConfig(mediaMachine(cluster()));
    const content = decoded(config).write_files[0]?.content ?? "";
    const root = mkdtempSync(join(tmpdir(), "ams-tar-"));
    writeFileSync(`${root}/files.tar`, gunzipSync(Buffer.from(content, "base64")));
    const list = run("tar", ["-tvf", `${root}/files.tar`, "--numeric-owner", "--full-time", "--utc"]);
    const done = run("tar", ["-xf", `${root}/files.tar`, "-C", root]);
    const files = [...filesOf("origin")];
    for (const [path, text] of files) assert.equal(readFileSync(root + path, "utf8"), text);
    remove(root);
    assert.equal(done.all, "");
    const rows = list.out.trim().split("\n");
    assert.equal(rows.length, files.length);
    for (const row of rows) assert.match(row, /^-rw-r--r-- 0\/0 +\d+ 1970-01-01 00:00:00 (etc|usr)\//);
  });
});

describe("the facts of a media machine", () => {
  const facts = (of = cluster()) => JSON.parse(filesOf("origin", of).get("/etc/ams-cluster/facts.json") ?? "");

  it("let the panel's filter pass the balancer's health check, the nodes and the administrators", () => {
    const of = cluster({ access: { adminCidrs: ["203.0.113.7/32"] } });
    assert.equal(
      facts(of).properties["server.allowed_dashboard_CIDR"],
      "127.0.0.1/8,10.0.192.0/22,10.0.196.0/22,10.0.0.0/19,10.0.32.0/19,203.0.113.7/32",
    );
  });

  it("have the stack's own settings in the form of Java properties, below those that the cluster needs", () => {
    const properties = { "server.name": "caf\u00e9 \\ \u8def" };
    const known = facts(
      cluster({ media: { properties, proxy: "10.0.0.9:3128", stunServer: "stun:stun.example.cn:3478" } }),
    );
    assert.equal(known.properties["server.name"], "caf\\u00e9 \\\\ \\u8def");
    assert.equal(known.properties["proxy.address"], "10.0.0.9:3128");
    assert.deepEqual(known.applicationProperties, { "settings.webrtc.stunServerURI": "stun:stun.example.cn:3478" });
    assert.ok("server.allowed_dashboard_CIDR" in known.properties);
  });

  it("let only the nodes through a closed gate", () => {
    assert.deepEqual(facts().gate, { peers: ["10.0.0.0/19", "10.0.32.0/19"], tcp: [5080, 1935], udp: [4200] });
  });
});

describe("the facts of the database's machine", () => {
  const facts = (version: string) =>
    JSON.parse(filesOf("database", cluster({ database: { version } })).get("/etc/ams-cluster/facts.json") ?? "");

  it("pin the series and the key that signs it", () => {
    assert.equal(facts("8.0").keyFingerprint, "4B0752C1BCA238C0B4EE14DC41DE058A4E7DCA05");
    assert.equal(facts("8.0").keyUrl, "https://pgp.mongodb.com/server-8.0.asc");
  });

  it("name every member of a replica set and its address, in one text for all", () => {
    const set = cluster({ network: { zones: ["a", "b", "c"] }, database: { kind: "replica-set" } });
    const known = JSON.parse(filesOf("database", set).get("/etc/ams-cluster/facts.json") ?? "");
    assert.deepEqual(
      known.hosts,
      [1, 2, 3].map((member) => `db${member}.ams-test.internal:27017`),
    );
    assert.equal(new Set(known.addresses).size, 3);
  });
});
