import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "../../config/parse.ts";
import type { RawConfig } from "../../config/raw.ts";
import { groupsOf } from "../../model/cluster.ts";
import { databaseMembers } from "../../model/groups/database.ts";
import { databaseHosts } from "../../model/naming.ts";
import { flows, membersOf } from "../../model/network/firewall.ts";
import { httpListeners } from "../../model/traffic/listeners.ts";
import { targets } from "../../model/traffic/targets.ts";
import { cluster } from "../support/cluster.ts";
import { assertOnlyFault, faultsOf } from "../support/faults.ts";
import { raw } from "../support/raw.ts";

const url = "mongodb://ams:p4ssw0rd@a.example.com:27017,b.example.com:27017";
const external = (databaseUrl: string | undefined, media: Readonly<Record<string, unknown>> = {}) =>
  raw({ database: { kind: "external" }, media }, { secrets: { databaseUrl } });

describe("database kinds", () => {
  const rows = [
    ["instance", 1, ["db1.ams-test.internal"]],
    ["replica-set", 3, ["db1.ams-test.internal", "db2.ams-test.internal", "db3.ams-test.internal"]],
    ["managed", 0, []],
  ] as const;
  for (const [kind, members, hosts] of rows) {
    it(`${kind} has ${members} machines of our own`, () => {
      const c = cluster({ database: { kind } });
      assert.equal(databaseMembers(c), members);
      assert.deepEqual(databaseHosts(c), hosts);
    });
  }

  it("external takes a URL of several members, or of Atlas", () => {
    assert.deepEqual(faultsOf(external(url)), []);
    assert.deepEqual(
      faultsOf(external("mongodb+srv://u:p%40ss@x.mongodb.net/db?retryWrites=true&w=majority", { version: "3.1.0" })),
      [],
    );
  });

  it("external takes a URL that a plan can't read", () => assert.deepEqual(faultsOf(external(undefined)), []));

  const bad: readonly [string, RawConfig, RegExp][] = [
    [
      "no URL",
      raw({ database: { kind: "external" } }),
      /^ams:databaseUrl: not set; .*encrypted .* because ams:database\.kind is external/,
    ],
    [
      "a bare address",
      external("10.0.1.5"),
      /^ams:databaseUrl: got a secret of 8 characters in the wrong format; allowed: mongodb:\/\//,
    ],
    ["a URL without a user", external("mongodb://a.example.com:27017"), /^ams:databaseUrl: .*wrong format/],
    ["unsafe characters", external("mongodb://u:p$s*s@a.example.com:27017"), /^ams:databaseUrl: .*wrong format/],
    [
      "a ? for an AMS that breaks on it",
      external(`${url}/?replicaSet=rs0`, { version: "3.0.3" }),
      /^ams:databaseUrl: got a URL with options \(\?\), which prevent AMS 3\.0\.3.*lists the replica set members/,
    ],
    [
      "a URL for another kind",
      raw({}, { secrets: { databaseUrl: url } }),
      /^ams:databaseUrl: not used when ams:database\.kind is instance/,
    ],
    [
      "a URL in plain text",
      raw({ database: { kind: "external" }, databaseUrl: url }, { secrets: { databaseUrl: url } }),
      /^ams:databaseUrl: got plain text/,
    ],
    [
      "a password beside a URL",
      raw({ database: { kind: "external" } }, { secrets: { databaseUrl: url, databasePassword: "p4ssw0rdp4ssw0rd" } }),
      /^ams:databasePassword: not used when ams:database\.kind is external/,
    ],
    [
      "an unknown kind",
      raw({ database: { kind: "redis" } }),
      /^ams:database\.kind: got "redis"; allowed: a kind of database: instance, replica-set, managed or external/,
    ],
    [
      "another kind's key",
      raw({ database: { kind: "managed", tls: {} } }),
      /^ams:database\.tls: not used if kind is managed; allowed: kind, machine, diskGiB, version/,
    ],
    [
      "an odd snapshot interval",
      raw({ database: { snapshots: { everyHours: 5 } } }),
      /^ams:database\.snapshots\.everyHours: got 5; allowed: one of 1, 2, 3, 4, 6, 8, 12, 24/,
    ],
    [
      "a replica set in one zone",
      raw({ database: { kind: "replica-set" }, network: { zones: ["a"] } }),
      /^ams:network\.zones: .*2 to 6 zones/,
    ],
    [
      "a replica set that can't fetch MongoDB",
      raw({ database: { kind: "replica-set" }, network: { zones: ["a", "b"], nat: "none" } }),
      /^ams:network\.nat: got "none".*replica-set/,
    ],
  ];
  for (const [what, config, expected] of bad) {
    it(`refuses ${what}`, () => {
      const faults = faultsOf(config);
      assertOnlyFault(faults, expected);
    });
  }

  it("needs no way out of the private subnets without machines there", () => {
    const network = { zones: ["a", "b"], nat: "none" };
    assert.deepEqual(faultsOf(raw({ network, database: { kind: "managed" } })), []);
  });

  it("opens the database's port to media machines, between members of a replica set, and for nobody else", () => {
    const into = (values: Readonly<Record<string, unknown>>) =>
      flows(cluster(values))
        .filter(({ to }) => to === "database")
        .map(({ from, ports }) => `${from} ${ports[0]}`)
        .sort();
    assert.deepEqual(into({}), ["edge 27017", "origin 27017"]);
    assert.deepEqual(into({ database: { kind: "replica-set" } }), ["database 27017", "edge 27017", "origin 27017"]);
    assert.deepEqual(into({ database: { kind: "managed" } }), ["edge 27017", "origin 27017"]);
    assert.deepEqual(into({ cloud: "alibaba", database: { kind: "managed" } }), ["edge 3717", "origin 3717"]);
    const withUrl = parse(external(url)).cluster;
    assert.ok(withUrl && flows(withUrl).every(({ to, from }) => to !== "database" && from !== "database"));
  });
});

describe("standalone mode", () => {
  const lone = cluster({ mode: "standalone", access: { adminCidrs: ["203.0.113.7/32"] } });

  it("keeps one machine, whatever the groups say, and remembers them for the way back", () => {
    assert.deepEqual(
      groupsOf(lone).map(({ role, group }) => [role, group.min, group.max]),
      [["origin", 1, 1]],
    );
    assert.equal(lone.edge.min, 2);
    assert.deepEqual(lone.database, { kind: "none" });
    assert.deepEqual(membersOf(lone), ["balancer", "origin"]);
  });

  it("sends every request to that machine, on the same ports", () => {
    const actions = httpListeners(lone).flatMap(({ defaultAction, rules }) => [
      defaultAction,
      ...rules.map(({ action }) => action),
    ]);
    assert.ok(actions.every((action) => action.kind !== "forward" || action.to !== "edge"));
    assert.deepEqual(
      httpListeners(lone).map(({ port }) => port),
      [80, 5080, 4444],
    );
    assert.ok(targets(lone).every(({ role }) => role === "origin"));
  });

  it("opens nothing for nodes that aren't there", () => {
    assert.ok(flows(lone).every(({ from, to }) => ![from, to].some((peer) => peer === "edge" || peer === "database")));
  });
});

describe("media settings", () => {
  const rows: readonly [string, Readonly<Record<string, unknown>>, RegExp][] = [
    [
      "a setting that the cluster makes",
      { properties: { "clusterdb.host": "x" } },
      /^ams:media\.properties\["clusterdb\.host"\]: got a setting that the cluster manages/,
    ],
    [
      "a setting of seed 003 that AMS lacks",
      { properties: { "server.mode": "origin" } },
      /got a setting that AMS does not have/,
    ],
    [
      "settings beyond what user data holds",
      { properties: { "server.name": "y".repeat(500), nodeGroup: "y".repeat(500) } },
      /^ams:media\.properties: got 1020 characters; allowed: up to 600/,
    ],
    [
      "a setting over two lines",
      { properties: { "server.name": "a\nserver.licence_key=x" } },
      /one line of up to 512 characters/,
    ],
    [
      "a release that is too old",
      { version: "2.4.3" },
      /^ams:media\.version: got "2\.4\.3"; allowed: 2\.11\.0 or newer/,
    ],
    [
      "a STUN server without its scheme",
      { stunServer: "example.cn:3478" },
      /^ams:media\.stunServer: .*allowed: a STUN server such as stun:stun\.example\.com:3478\. Set it with/,
    ],
  ];
  for (const [what, media, expected] of rows) {
    it(`refuse ${what}`, () => {
      const faults = faultsOf(raw({ media }));
      assertOnlyFault(faults, expected);
    });
  }
  it("take AMS's own", () =>
    assert.deepEqual(
      faultsOf(raw({ media: { properties: { "http.max_threads": "600", "server.cpu_limit": "70" } } })),
      [],
    ));
});

describe("TLS of the database", () => {
  const folder = mkdtempSync(join(tmpdir(), "ams-db-tls-"));
  const openssl = (...args: readonly string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "ignore" });
  const authority = (name: string) => {
    openssl(
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-keyout",
      `${name}.key`,
      "-out",
      `${name}.crt`,
      "-days",
      "90",
      "-subj",
      `/CN=${name}`,
    );
    return readFileSync(join(folder, `${name}.crt`), "utf8");
  };
  const [ca, otherCa] = [authority("ca"), authority("other")];
  writeFileSync(join(folder, "names"), "subjectAltName=DNS:*.ams-test.internal");
  openssl(
    "req",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-keyout",
    "db.key",
    "-out",
    "db.csr",
    "-subj",
    "/CN=db",
  );
  openssl(
    "x509",
    "-req",
    "-in",
    "db.csr",
    "-CA",
    "ca.crt",
    "-CAkey",
    "ca.key",
    "-CAcreateserial",
    "-out",
    "db.crt",
    "-days",
    "90",
    "-extfile",
    "names",
  );
  const [pem, key] = [readFileSync(join(folder, "db.crt"), "utf8"), readFileSync(join(folder, "db.key"), "utf8")];
  const config = (authorityPem: string, secrets: Readonly<Record<string, string>>, version = "3.1.0") =>
    raw({ database: { tls: { pem, ca: authorityPem } }, media: { version } }, { secrets });

  it("takes a certificate of the operator's own authority", () =>
    assert.deepEqual(faultsOf(config(ca, { databaseTlsKey: key })), []));
  it("refuses another authority's", () =>
    assert.match(
      faultsOf(config(otherCa, { databaseTlsKey: key })).join(),
      /^ams:database\.tls\.ca: got a certificate that is not the issuer/,
    ));
  it("refuses a missing key", () => assert.match(faultsOf(config(ca, {})).join(), /^ams:databaseTlsKey: not set/));
  it("refuses an AMS that breaks on ?tls=true", () =>
    assert.match(
      faultsOf(config(ca, { databaseTlsKey: key }, "3.0.3")).join(),
      /^ams:database\.tls: got TLS with AMS 3\.0\.3/,
    ));
});
