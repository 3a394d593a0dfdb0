import assert from "node:assert/strict";
import { type Fault, formatFault } from "../../../config/fault.ts";
import type { RawConfig } from "../../../config/raw.ts";
import type { Cluster } from "../../../config/types.ts";
import { adapter } from "../../../providers/alibaba/index.ts";
import { images, type Values, withDomain } from "../../support/alibaba.ts";
import { cluster } from "../../support/cluster.ts";

type Texts = RawConfig["secrets"];

const kms = { secretStore: "kms", kms: { instanceId: "kst-abc", keyId: "key-abc" } };

/** Text of PEM's lines, about as long as asked. */
const pem = (length: number): string => `${"A".repeat(64)}\n`.repeat(Math.ceil(length / 65));

const faultsOf = (model: Cluster, texts: Texts, block: Values = {}): readonly Fault[] =>
  adapter.prepare({ images, ...block }, model, texts).faults;

const uploaded = (kind: "managed" | "haproxy", length: number): Cluster => ({
  ...cluster({ cloud: "alibaba", ...withDomain, balancer: { kind } }),
  certificate: { source: "uploaded", pem: pem(length) },
});

function withTls(length: number): Cluster {
  const model = cluster({ cloud: "alibaba", database: { kind: "instance" } });
  if (model.database.kind !== "instance") throw new Error("the database is an instance");
  return { ...model, database: { ...model.database, tls: { pem: pem(length), ca: pem(length) } } };
}

/** A chain of two and a key of 2048 bits, as RSA has them; and a certificate and a key of P-256. */
const rsa = { chain: 3700, key: pem(1700) };
const ec = { chain: 2000, key: pem(240) };

describe("A secret of Alibaba Cloud that is longer than a parameter of OOS", () => {
  const rows: readonly [string, string, Cluster, Texts][] = [
    ["the proxies' certificate", "ams:certificate.pem", uploaded("haproxy", rsa.chain), { certificateKey: rsa.key }],
    ["the database's certificate", "ams:database.tls", withTls(1800), { databaseTlsKey: rsa.key }],
    [
      "the database's URL",
      "ams:databaseUrl",
      { ...cluster({ cloud: "alibaba" }), database: { kind: "external" } },
      { databaseUrl: `mongodb://ams:${"p".repeat(3000)}@db.example.com` },
    ],
  ];
  for (const [what, path, model, texts] of rows) {
    it(`is refused before anything is made, with what to do and without a word of it: ${what}`, () => {
      const faults = faultsOf(model, texts);
      assert.deepEqual(
        faults.map((fault) => fault.path),
        [path],
      );
      const text = faults.map(formatFault).join();
      assert.match(text, /at most 4096 characters, the limit for an OOS parameter\. .*secretStore kms/);
      assert.doesNotMatch(text, /AAAA|pppp/);
      assert.deepEqual(faultsOf(model, texts, kms), [], "KMS takes it");
    });
  }

  it("is told together with the block's other faults", () => {
    const faults = faultsOf(
      uploaded("haproxy", rsa.chain),
      { certificateKey: rsa.key },
      { ...kms, secretStore: "oos" },
    );
    assert.deepEqual(faults.map(({ path }) => path).sort(), ["ams:alibaba.kms", "ams:certificate.pem"]);
  });

  it("is none with an EC key, nor where the certificate goes to the cloud's own service", () => {
    assert.deepEqual(faultsOf(uploaded("haproxy", ec.chain), { certificateKey: ec.key }), []);
    assert.deepEqual(faultsOf(withTls(900), { databaseTlsKey: ec.key }), []);
    assert.deepEqual(faultsOf(uploaded("managed", rsa.chain), { certificateKey: rsa.key }), []);
  });
});
