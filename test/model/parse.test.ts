import assert from "node:assert/strict";
import { parse } from "../../config/parse.ts";
import type { RawConfig } from "../../config/raw.ts";
import { assertOnlyFault, faultsOf } from "../support/faults.ts";
import { raw } from "../support/raw.ts";

describe("parse", () => {
  it("fills in the seeds' defaults", () => {
    const { cluster, faults } = parse(raw());
    assert.deepEqual(faults, []);
    assert.equal(cluster?.name, "ams-test");
    assert.deepEqual([cluster?.origin.min, cluster?.origin.max, cluster?.edge.min, cluster?.edge.max], [1, 10, 2, 10]);
    assert.deepEqual([cluster?.edge.cpuTargetPercent, cluster?.edge.cooldownSeconds], [60, 300]);
    assert.equal(cluster?.media.panelUser, "JamesBond");
    assert.deepEqual(cluster?.access.adminCidrs, []);
  });

  it("returns data that nobody can change", () => {
    const { cluster } = parse(raw());
    assert.ok(
      cluster &&
        Object.isFrozen(cluster) &&
        Object.isFrozen(cluster.network.zones) &&
        Object.isFrozen(cluster.balancer.health),
    );
  });

  /** Each row: what is wrong, the configuration, and what its single fault must say. */
  const rows: readonly [string, RawConfig, RegExp][] = [
    [
      "an unknown section",
      raw({ orign: {} }),
      /^ams:orign: got an unknown key; allowed: cloud, .*origin.*pulumi config rm ams:orign/,
    ],
    [
      "an unknown key in a group",
      raw({ origin: { mx: 3 } }),
      /^ams:origin\.mx: got an unknown key; allowed: machine, min, max/,
    ],
    [
      "an unknown key two levels down",
      raw({ balancer: { health: { intervall: 3 } } }),
      /^ams:balancer\.health\.intervall: .*allowed: intervalSeconds/,
    ],
    [
      "an unknown key of a certificate",
      raw({ certificate: { source: "none", arn: "x" } }),
      /^ams:certificate\.arn: .*allowed: source\./,
    ],
    [
      "a number as text",
      raw({ origin: { max: "20" } }),
      /^ams:origin\.max: got "20"; allowed: a whole number from 1 to 1000, without quotes\. Set it with: pulumi config set --path ams:origin\.max 20/,
    ],
    ["a fraction", raw({ edge: { min: 1.5 } }), /^ams:edge\.min: got 1\.5; allowed: a whole number/],
    [
      "a huge number",
      raw({ edge: { max: 1e9 } }),
      /^ams:edge\.max: got 1000000000; allowed: a whole number from 1 to 1000/,
    ],
    [
      "min above max",
      raw({ edge: { min: 11, max: 10 } }),
      /^ams:edge\.min: got 11; allowed: at most ams:edge\.max, which is 10/,
    ],
    [
      "an unknown machine",
      raw({ origin: { machine: "compute-3" } }),
      /^ams:origin\.machine: got "compute-3"; allowed: one of compute-2/,
    ],
    ["a GPU on the edges", raw({ edge: { machine: "gpu-4" } }), /^ams:edge\.machine: got "gpu-4"/],
    [
      "a CPU target beyond AMS's own limit",
      raw({ edge: { cpuTargetPercent: 75 } }),
      /^ams:edge\.cpuTargetPercent: got 75; allowed: a whole number from 10 to 70/,
    ],
    ["one zone", raw({ network: { zones: ["a"] } }), /^ams:network\.zones: got \["a"\]; allowed: 2 to 6 zones/],
    ["a zone twice", raw({ network: { zones: ["a", "a"] } }), /^ams:network\.zones: .*each zone only once/],
    [
      "a full zone name",
      raw({ network: { zones: ["ap-south-1a", "b"] } }),
      /^ams:network\.zones\[0\]: got "ap-south-1a"; allowed: a zone letter/,
    ],
    ["no network", raw({ network: undefined }), /^ams:network\.zones: not set/],
    [
      "a range that is too small",
      raw({ network: { cidr: "10.0.0.0/22", zones: ["a", "b"] } }),
      /^ams:network\.cidr: .*\/16 to \/21/,
    ],
    [
      "a public range",
      raw({ network: { cidr: "8.8.0.0/16", zones: ["a", "b"] } }),
      /^ams:network\.cidr: .*private range/,
    ],
    [
      "a range with host bits",
      raw({ network: { cidr: "10.0.0.1/16", zones: ["a", "b"] } }),
      /^ams:network\.cidr: .*starts at its network address/,
    ],
    [
      "a range that overlaps another network",
      raw({ network: { zones: ["a", "b"], avoid: ["10.0.128.0/24"] } }),
      /^ams:network\.avoid\[0\]: got "10\.0\.128\.0\/24"; .*--path ams:network\.cidr 10\.1\.0\.0\/16$/,
    ],
    [
      "no way out for the database",
      raw({ network: { zones: ["a", "b"], nat: "none" } }),
      /^ams:network\.nat: got "none"/,
    ],
    [
      "a health check slower than its interval",
      raw({ balancer: { health: { intervalSeconds: 5, timeoutSeconds: 5 } } }),
      /^ams:balancer\.health\.timeoutSeconds: got 5; allowed: less than/,
    ],
    [
      "packages without TLS",
      raw({ database: { mirror: "http://mirrors.example.cn/mongodb" } }),
      /^ams:database\.mirror: got "http:[^;]*; allowed: an HTTPS URL without a trailing slash/,
    ],
    [
      "a database version as number",
      raw({ database: { version: 8 } }),
      /^ams:database\.version: got 8; allowed: 8\.0\. Set it with/,
    ],
    [
      "a certificate without a domain",
      raw({ certificate: { source: "issued" } }),
      /^ams:domain: not set; .*a certificate requires a domain name/,
    ],
    [
      "no certificate at all",
      raw({ certificate: undefined }),
      /^ams:certificate: not set; allowed: a certificate source: issued, existing, uploaded or none/,
    ],
    [
      "a domain outside its zone",
      raw({ domain: { name: "live.example.com", zone: "example.org" } }),
      /^ams:domain\.zone: got "example\.org"/,
    ],
    ["a domain without a zone", raw({ domain: { name: "live.example.com" } }), /^ams:domain\.zone: not set/],
    [
      "the whole internet as admin",
      raw({ access: { adminCidrs: ["0.0.0.0/0"] } }),
      /^ams:access\.adminCidrs\[0\]: .*no larger than \/8/,
    ],
    [
      "an admin range twice",
      raw({ access: { adminCidrs: ["203.0.113.7/32", "203.0.113.7/32"] } }),
      /^ams:access\.adminCidrs: .*each range only once/,
    ],
    [
      "the whole internet as Prometheus",
      raw({ monitoring: { scrapeCidrs: ["0.0.0.0/0"] } }),
      /^ams:monitoring\.scrapeCidrs\[0\]: got "0\.0\.0\.0\/0"; .*within 10\.0\.0\.0\/8, .*Set it with: pulumi config set/,
    ],
    [
      "half of whose addresses are public",
      raw({ monitoring: { scrapeCidrs: ["10.20.0.0/24", "172.0.0.0/8"] } }),
      /^ams:monitoring\.scrapeCidrs\[1\]: .*without a password or encryption/,
    ],
    [
      "Prometheus in a public range",
      raw({ monitoring: { scrapeCidrs: ["203.0.113.7/32"] } }),
      /^ams:monitoring\.scrapeCidrs\[0\]: .*within 10\.0\.0\.0\/8/,
    ],
    [
      "a stream on the exporter's port",
      raw({
        monitoring: { scrapeCidrs: ["10.20.0.0/24"] },
        balancer: { streams: [{ name: "own", port: 9000, protocol: "tcp", targetPort: 9464 }] },
      }),
      /^ams:balancer\.streams\[0\]\.targetPort: got 9464; .*a port other than 9464/,
    ],
    [
      "an SSH key for nobody",
      raw({ access: { sshPublicKey: "ssh-ed25519 AAAA me" } }),
      /^ams:access\.adminCidrs: not set/,
    ],
    [
      "a licence key that is not there",
      raw({ media: { licence: "key" } }),
      /^ams:licenceKey: not set; .*pulumi config set --secret/,
    ],
    [
      "a licence key in plain text",
      raw({ licenceKey: "AMS1234567890" }),
      /^ams:licenceKey: got plain text; allowed: an encrypted value/,
    ],
    [
      "an encrypted number",
      raw({ origin: undefined }, { secrets: { origin: "{}" } }),
      /^ams:origin: got an encrypted value; allowed: a value that is not encrypted/,
    ],
    [
      "a password with unsafe characters",
      raw({}, { secrets: { databasePassword: "pa$$w*rd\\1234" } }),
      /^ams:databasePassword: got a secret of 13 characters in the wrong format/,
    ],
    ["a reserved tag", raw({ tags: { Name: "x" } }), /^ams:tags\.Name: got an invalid name/],
    [
      "a stack name that is too long",
      raw({}, { stack: "production-europe" }),
      /^ams:name: got "ams-production-europe", derived from the stack name; .*up to 16/,
    ],
    ["a missing region", raw({}, { regions: {} }), /^aws:region: not set; .*pulumi config set aws:region ap-south-1/],
    ["an unknown cloud", raw({ cloud: "azure" }), /^ams:cloud: got "azure"; allowed: one of aws, alibaba/],
    ["null for a group", raw({ origin: 7 }), /^ams:origin: got 7; allowed: an object/],
  ];
  for (const [what, config, expected] of rows) {
    it(`refuses ${what}`, () => {
      const faults = faultsOf(config);
      assertOnlyFault(faults, expected);
      assert.equal(parse(config).cluster, undefined);
    });
  }

  it("sets a first public range of Prometheus, and removes what else is public", () => {
    const { faults } = parse(raw({ monitoring: { scrapeCidrs: ["203.0.113.7/32", "203.0.113.8/32"] } }));
    assert.deepEqual(
      faults.map(({ fix }) => fix.replace(/^.*pulumi config /, "")),
      ["set --path 'ams:monitoring.scrapeCidrs[0]' 10.20.0.0/24", "rm --path 'ams:monitoring.scrapeCidrs[1]'"],
    );
  });

  it("lets a managed balancer listen on the exporter's port, which a proxy's machines need themselves", () => {
    const streams = [{ name: "own", port: 9464, protocol: "tcp", targetPort: 9000 }];
    const faultsWith = (kind: string) =>
      faultsOf(raw({ monitoring: { scrapeCidrs: ["10.20.0.0/24"] }, balancer: { kind, streams } }));
    assert.deepEqual(faultsWith("managed"), []);
    assert.match(faultsWith("haproxy").join(), /streams\[0\]\.port: got 9464/);
  });

  it("reports all faults together", () => {
    const faults = faultsOf(
      raw({ origin: { min: 5, max: 2 }, edge: { mx: 1 }, network: { cidr: "9.0.0.0/8", zones: [] }, bogus: 1 }),
    );
    assert.equal(faults.length, 5, faults.join("\n"));
  });

  /** What a person would otherwise meet only in the second run, or the third. */
  const together: readonly [string, RawConfig, readonly string[]][] = [
    [
      "the missing URL beside the keys that another kind of database left",
      raw({ database: { kind: "external", machine: "general-4", diskGiB: 50 } }),
      ["ams:database.machine", "ams:database.diskGiB", "ams:databaseUrl"],
    ],
    [
      "what an uploaded certificate needs, all of it missing",
      raw({ certificate: { source: "uploaded" } }),
      ["ams:certificate.pem", "ams:domain", "ams:certificateKey"],
    ],
    [
      "a secret that nothing reads beside a faulty certificate",
      raw({ certificate: { source: "none", arn: "x" } }, { secrets: { certificateKey: undefined } }),
      ["ams:certificate.arn", "ams:certificateKey"],
    ],
    [
      "a slow health check beside an unknown key next to it",
      raw({ balancer: { health: { intervall: 3, intervalSeconds: 5, timeoutSeconds: 5 } } }),
      ["ams:balancer.health.intervall", "ams:balancer.health.timeoutSeconds"],
    ],
    [
      "a group's wrong bounds beside an unknown key in a list",
      raw({ edge: { min: 11, max: 10, schedule: [{ name: "night", from: "22:00", to: "06:00", min: 3, bogus: 1 }] } }),
      ["ams:edge.schedule[0].bogus", "ams:edge.min"],
    ],
  ];
  for (const [what, config, expected] of together) {
    it(`names at once ${what}`, () => {
      const { faults, cluster: made } = parse(config);
      assert.deepEqual(
        faults.map(({ path }) => path),
        expected,
      );
      assert.equal(made, undefined);
    });
  }

  it("never repeats a secret", () => {
    const secret = "canary-$ecret-value";
    const faults = faultsOf(raw({ panelPassword: secret }, { secrets: { databasePassword: secret, other: secret } }));
    assert.equal(faults.length, 3);
    assert.ok(!faults.join().includes(secret));
  });
});
