import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RawConfig } from "../../config/raw.ts";
import { assertOnlyFault, faultsOf } from "../support/faults.ts";
import { raw } from "../support/raw.ts";

describe("parse of an uploaded certificate", () => {
  const folder = mkdtempSync(join(tmpdir(), "ams-cert-"));
  const issue = (name: string, days: string) => {
    const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.crt`)];
    const subject = ["-subj", "/CN=live.example.com", "-addext", "subjectAltName=DNS:live.example.com"];
    execFileSync(
      "openssl",
      [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-keyout",
        key,
        "-out",
        cert,
        "-days",
        days,
        ...subject,
      ],
      { stdio: "ignore" },
    );
    return { key: readFileSync(key, "utf8"), pem: readFileSync(cert, "utf8") };
  };
  const good = issue("good", "90");
  const other = issue("other", "90");
  const withPem = (pem: string, key: string | undefined, name = "live.example.com") =>
    raw(
      { certificate: { source: "uploaded", pem }, domain: { name, zone: "example.com" } },
      { secrets: key === undefined ? {} : { certificateKey: key } },
    );

  it("takes one that fits its key and its domain", () => {
    assert.deepEqual(faultsOf(withPem(good.pem, good.key)), []);
  });

  const rows: readonly [string, RawConfig, RegExp][] = [
    ["a missing key", withPem(good.pem, undefined), /^ams:certificateKey: not set/],
    [
      "another certificate's key",
      withPem(good.pem, other.key),
      /^ams:certificate\.pem: got a certificate that matches a different private key/,
    ],
    [
      "another domain",
      withPem(good.pem, good.key, "play.example.com"),
      /^ams:certificate\.pem: got a certificate for DNS:live\.example\.com; allowed: a certificate for play\.example\.com \(ams:domain\.name\)/,
    ],
    ["a text that is none", withPem("hello", good.key), /^ams:certificate\.pem: got text without a certificate/],
    [
      "a private key in plain text",
      withPem(good.key + good.pem, good.key),
      /^ams:certificate\.pem: got a private key in plain text/,
    ],
    ["a key that is none", withPem(good.pem, "hello"), /^ams:certificateKey: got a secret of 5 characters/],
  ];
  for (const [what, config, expected] of rows) {
    it(`refuses ${what}`, () => {
      const faults = faultsOf(config);
      assertOnlyFault(faults, expected);
    });
  }

  it("rejects an expired certificate", () => {
    const pem = execFileSync(
      "openssl",
      ["x509", "-in", join(folder, "good.crt"), "-signkey", join(folder, "good.key"), "-days", "-1"],
      { stdio: ["ignore", "pipe", "ignore"] },
    ).toString();
    const faults = faultsOf(withPem(pem, good.key));
    assert.ok(
      faults.some((fault) =>
        /got a certificate that expired on .*; allowed: a certificate that is currently valid/.test(fault),
      ),
      faults.join("\n"),
    );
  });
});
