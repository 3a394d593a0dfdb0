import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import type { Cluster } from "../../config/types.ts";
import {
  archive,
  type MachineRole,
  maxUserDataBytes,
  packedUserData,
  unpackUserData,
  userData,
} from "../../machine/index.ts";
import { pack } from "../../machine/user-data/pack.ts";
import { withoutComments } from "../../machine/user-data/render.ts";
import { cluster, withTls } from "../support/cluster.ts";
import { decoded, filesOf, library, put, remove, run, unpack } from "./rig.ts";

const machineRoles: readonly MachineRole[] = ["origin", "database"];

/** The largest that a stack can make it: many zones and as many admin ranges as the balancers' rules take. */
const largest = cluster({
  ...withTls,
  name: "a-name-of-16-let",
  network: { zones: ["a", "b", "c", "d", "e", "f"] },
  access: { adminCidrs: Array.from({ length: 60 }, (_, index) => `203.0.${100 + index}.128/25`) },
  media: {
    panelUser: "an.administrator@a-long-domain.example.com",
    // As long as they may be, and of letters that no compression makes shorter.
    properties: Object.fromEntries(
      ["server.name", "nodeGroup"].map((name) => [
        name,
        createHash("shake256", { outputLength: 216 }).update(name).digest("base64"),
      ]),
    ),
  },
});

/** How much of its room an ordinary stack takes at the most: facts are few, and programs are elsewhere. */
const ordinaryShare = 0.65;

for (const role of machineRoles) {
  describe(`the user data of ${role}`, () => {
    const text = userData(cluster(), role);

    it("is valid for cloud-init", () => {
      const root = unpack(role);
      put(`${root}/user-data`, text);
      const done = run("cloud-init", ["schema", "--config-file", `${root}/user-data`]);
      remove(root);
      assert.equal(done.status, 0, done.all);
      assert.match(done.all, /Valid/);
    });

    it("contains no keys that cloud-init would ignore", () => {
      // Before 24.1 the schema lets an unknown key pass.
      const known = ["bootcmd", "write_files", "runcmd"];
      assert.deepEqual(
        Object.keys(decoded(text)).filter((key) => !known.includes(key)),
        [],
      );
      for (const file of decoded(text).write_files) assert.deepEqual(Object.keys(file), ["path", "content"]);
    });

    for (const cloud of ["aws", "alibaba"] as const) {
      it(`leaves room below the limit of ${cloud}, stays below it at its largest, and comes out as it went in`, () => {
        for (const [of, share] of [[cluster({ cloud }), ordinaryShare] as const, [{ ...largest, cloud }, 1] as const]) {
          const packed = packedUserData(of, role);
          const bytes = Buffer.from(packed, "base64").length;
          assert.ok(bytes < share * maxUserDataBytes, `${bytes} bytes`);
          assert.equal(unpackUserData(packed), userData(of, role));
        }
      });

      it(`can be decoded by cloud-init on ${cloud}`, () => {
        // What every data source gives its bytes to (cloudinit/user_data.py).
        const program = `
import sys
from cloudinit.user_data import UserDataProcessor
parts = [part for part in UserDataProcessor(None).process(sys.stdin.buffer.read()).walk() if not part.is_multipart()]
assert [part.get_content_type() for part in parts] == ["text/cloud-config"], parts
sys.stdout.buffer.write(parts[0].get_payload(decode=True))
`;
        const bytes = Buffer.from(packedUserData(cluster({ cloud }), role), "base64");
        const done = spawnSync("/usr/bin/python3", ["-c", program], { input: bytes, encoding: "utf8" });
        assert.equal(done.stderr, "");
        assert.equal(done.stdout, userData(cluster({ cloud }), role));
      });
    }

    it("has the same facts for the same cluster on the other cloud, but for its agent and what is CloudMonitor's own", () => {
      const other = cluster({ cloud: "alibaba" });
      assert.notEqual(other.region, cluster().region);
      const facts = (of: Cluster) => {
        const { metrics, ...rest } = JSON.parse(filesOf(role, of).get("/etc/ams-cluster/facts.json") ?? "");
        const { groups, ...common } = metrics;
        return { ...rest, metrics: common, agent: {} };
      };
      assert.deepEqual(facts(other), facts(cluster()));
    });

    it("is in ASCII, which no cloud's console breaks", () => {
      assert.match(text, /^[\n\x20-\x7e]*$/);
      for (const content of filesOf(role).values()) assert.match(content, /^[\n\x20-\x7e]*$/);
    });

    it("starts a unit that it brings, as its agent does, behind it at each boot", () => {
      const agent: { readonly commands: readonly (readonly string[])[] } = JSON.parse(archive(cluster(), role).text);
      const files = filesOf(role);
      const bootstrap = files.get("/etc/systemd/system/ams-bootstrap.service") ?? "";
      for (const command of [decoded(text).runcmd.at(-1), agent.commands.at(-1)]) {
        const units = (command ?? []).filter((word) => /\.(service|timer)$/.test(word));
        assert.ok(units.length > 0);
        for (const name of units) {
          assert.ok(files.has(`/etc/systemd/system/${name.replace(/@.*\./, "@.")}`), name);
          if (/\.service$/.test(name) && name !== "ams-bootstrap.service")
            assert.match(bootstrap, new RegExp(`^Before=.*\\b${name}`, "m"));
        }
      }
    });

    it("brings the programs as they stand in the repository, but for comments", () => {
      const root = unpack(role);
      const compare = `
import ast, glob, sys
for name in sys.argv[2:]:
    [here] = glob.glob(sys.argv[1] + "/clouds/aws/" + name) or glob.glob(sys.argv[1] + "/*/" + name)
    ours, sent = (ast.dump(ast.parse(open(path).read())) for path in (here, "${library(root)}/" + name))
    assert ours == sent, name
`;
      const names = readdirSync(library(root)).filter((name) => name.endsWith(".py"));
      assert.ok(names.length >= 3);
      const here = new URL("../../machine/agent", import.meta.url).pathname;
      const done = run("python3", ["-c", compare, here, ...names]);
      remove(root);
      assert.equal(done.status, 0, done.all);
    });
  });
}

describe("the user data of edge", () => {
  it("is that of origin but for the metrics' dimension: AMS knows no roles", () => {
    const edge = userData(cluster(), "edge");
    assert.notEqual(edge, userData(cluster(), "origin"));
    assert.equal(edge.replaceAll('"Role": "edge"', '"Role": "origin"'), userData(cluster(), "origin"));
  });
});

describe("rendering", () => {
  it("gives a comment no say in the text, so that rewording one replaces no machine", () => {
    assert.equal(withoutComments("#!/bin/sh\n# why\n\n  # more\nx=1 # kept\n"), "#!/bin/sh\nx=1 # kept\n");
  });

  it("compresses to the same bytes on every version of Node", () => {
    // The pin fails when the compressor changes: machines would be replaced for nothing.
    const text = Array.from({ length: 400 }, (_, index) => `line ${(index * index) % 97} of many\n`).join("");
    const packed = pack(text, "aws");
    assert.equal(
      createHash("sha256").update(packed).digest("hex"),
      "f3bdb657f5f7323521b867eab5708a0692c9ca6bfa7ab405aded6d66b5e084be",
    );
  });

  it("leaves what is not packed as it is", () => {
    const broken = Buffer.from([0x1f, 0x8b, 0, 1, 2]).toString("base64");
    for (const text of ["", "#cloud-config\n", broken]) assert.equal(unpackUserData(text), text);
    assert.equal(unpackUserData(Buffer.from("#!/bin/sh\n").toString("base64")), "#!/bin/sh\n");
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

  it("have the longest start of AMS", () => {
    assert.equal(facts().startSeconds, 900);
    assert.equal(facts(cluster({ media: { startMinutes: 7 } })).startSeconds, 420);
  });

  it("have the stack's own settings as they are, in ASCII, below those that the cluster needs", () => {
    const properties = { "server.name": "caf\u00e9 \\ \u8def" };
    const of = cluster({ media: { properties, proxy: "10.0.0.9:3128", stunServer: "stun:stun.example.cn:3478" } });
    const known = facts(of);
    assert.match(userData(of, "origin"), /^[\n\x20-\x7e]*$/);
    assert.equal(known.properties["server.name"], properties["server.name"]);
    assert.equal(known.properties["proxy.address"], "10.0.0.9:3128");
    assert.deepEqual(known.applicationProperties, { stunServerURI: "stun:stun.example.cn:3478" });
    assert.ok("server.allowed_dashboard_CIDR" in known.properties);
    assert.equal(known.properties["http.upgradeHttp2Protocol"], "false");
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

  it("name the mirror of its packages: MongoDB's own, or the stack's", () => {
    const mirrorOf = (database: object) =>
      JSON.parse(filesOf("database", cluster({ database })).get("/etc/ams-cluster/facts.json") ?? "").mirror;
    assert.equal(mirrorOf({ kind: "instance" }), "https://repo.mongodb.org");
    const mirror = "https://mirrors.example.cn/mongodb";
    assert.equal(mirrorOf({ kind: "replica-set", mirror }), mirror);
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
