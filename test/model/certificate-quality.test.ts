import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatFault } from "../../config/fault.ts";
import { parse } from "../../config/parse.ts";
import { raw } from "../support/raw.ts";

/** What openssl makes a certificate of; the defaults are a good one's. */
interface Wanted {
  readonly key?: string;
  readonly hash?: string;
  readonly names?: string;
  readonly eku?: string;
  readonly usage?: string;
  readonly ca?: boolean;
  readonly from?: string;
  readonly to?: string;
}

const domain = "live.example.com";
const ecKey = "ec:P-256";

/** A day as openssl takes it. */
const day = (offset: number): string =>
  `${new Date(Date.now() + offset * 86_400_000).toISOString().replace(/[-:T]|\.\d+/g, "")}`;

describe("An uploaded certificate", () => {
  const folder = mkdtempSync(join(tmpdir(), "ams-certificates-"));
  after(() => rmSync(folder, { recursive: true }));
  const file = (name: string): string => join(folder, name);
  const text = (name: string): string => readFileSync(file(name), "utf8");
  const openssl = (...words: readonly string[]) =>
    execFileSync("openssl", words, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });

  /** Writes NAME.key and NAME.crt, signed by an issuer that was made before, or by itself. */
  function make(name: string, issuer: string, wanted: Wanted = {}): string {
    const {
      key = ecKey,
      hash = "sha256",
      names = `DNS:${domain}`,
      eku = "serverAuth",
      usage = "digitalSignature",
    } = wanted;
    const [kind = "", size = ""] = key.split(":");
    const options = kind === "ec" ? ["ec_paramgen_curve", size] : ["rsa_keygen_bits", size];
    const extra = kind === "ed25519" ? [] : ["-pkeyopt", options.join(":")];
    openssl("genpkey", "-algorithm", kind, ...extra, "-out", `${name}.key`);
    openssl("req", "-new", "-key", `${name}.key`, "-subj", `/CN=${name}`, "-out", `${name}.csr`);
    const lines = [
      `basicConstraints=critical,CA:${wanted.ca === true ? "TRUE" : "FALSE"}`,
      ...(names === "" ? [] : [`subjectAltName=${names}`]),
      ...(eku === "" ? [] : [`extendedKeyUsage=${eku}`]),
      ...(usage === "" ? [] : [`keyUsage=critical,${usage}`]),
    ];
    writeFileSync(file("extensions"), lines.join("\n"));
    writeFileSync(file("index"), "");
    const config = `[ca]\ndefault_ca=x\n[x]\ndatabase=index\nnew_certs_dir=.\nrand_serial=yes\npolicy=p\nunique_subject=no\n[p]\ncommonName=supplied\n`;
    writeFileSync(file("ca.cnf"), config);
    const signer =
      issuer === name
        ? ["-selfsign", "-keyfile", `${name}.key`]
        : ["-cert", `${issuer}.crt`, "-keyfile", `${issuer}.key`];
    const dates = ["-startdate", wanted.from ?? day(-1), "-enddate", wanted.to ?? day(89)];
    openssl(
      "ca",
      "-batch",
      "-notext",
      "-config",
      "ca.cnf",
      ...signer,
      "-md",
      hash,
      ...dates,
      "-extfile",
      "extensions",
      "-in",
      `${name}.csr`,
      "-out",
      `${name}.crt`,
    );
    return text(`${name}.crt`);
  }

  const authority: Wanted = { ca: true, names: "", eku: "", usage: "keyCertSign,cRLSign" };
  const root = make("root", "root", authority);
  const between = make("between", "root", authority);
  const good = make("good", "between");
  make("stranger", "stranger", authority);

  const judged = (pem: string, keyOf = "good") =>
    parse(
      raw(
        { certificate: { source: "uploaded", pem }, domain: { name: domain, zone: "example.com" } },
        { secrets: { certificateKey: text(`${keyOf}.key`) } },
      ),
    );
  const faultsOf = (pem: string, keyOf?: string) => judged(pem, keyOf).faults.map(formatFault);

  /** OpenSSL's own verdict on the same texts: as a server for the domain, at the level of Debian's HAProxy and Nginx. */
  function opensslTakes(leaf: string, chain: string): boolean {
    writeFileSync(file("leaf.pem"), leaf);
    writeFileSync(file("chain.pem"), chain === "" ? root : chain);
    const done = spawnSync(
      "openssl",
      [
        "verify",
        "-auth_level",
        "2",
        "-purpose",
        "sslserver",
        "-verify_hostname",
        domain,
        "-CAfile",
        "root.crt",
        "-untrusted",
        "chain.pem",
        "leaf.pem",
      ],
      { cwd: folder, encoding: "utf8" },
    );
    return done.status === 0;
  }

  it("with its chain is taken, with its root or without", () => {
    assert.deepEqual(faultsOf(good + between + root), []);
    assert.deepEqual(judged(good + between + root).warnings, []);
    assert.deepEqual(faultsOf(good + between), []);
    assert.match(judged(good + between).warnings.join(), /the last certificate in the chain was issued by root/);
    assert.ok(opensslTakes(good, between));
  });

  for (const key of ["rsa:2048", "rsa:3072", "rsa:4096", "ec:P-384"])
    it(`is taken with a key of ${key}`, () => {
      const pem = make("taken", "between", { key });
      assert.deepEqual(faultsOf(pem + between + root, "taken"), []);
      assert.ok(opensslTakes(pem, between));
    });

  /** Openssl's verdict is asked where it has one: it takes keys, dates of its own, and curves that browsers do not. */
  const rows: readonly [string, Wanted, RegExp, "openssl refuses it too" | "openssl takes it"][] = [
    [
      "RSA of 1024 bits",
      { key: "rsa:1024" },
      /got a certificate that has an RSA key of 1024 bits; allowed: an RSA key of 2048, 3072 or 4096/,
      "openssl refuses it too",
    ],
    ["RSA of 2432 bits", { key: "rsa:2432" }, /an RSA key of 2432 bits/, "openssl takes it"],
    ["P-521", { key: "ec:P-521" }, /an ECDSA key on the P-521 curve/, "openssl takes it"],
    ["secp256k1", { key: "ec:secp256k1" }, /an ECDSA key on the secp256k1 curve/, "openssl takes it"],
    [
      "SHA-1",
      { hash: "sha1" },
      /got a certificate that is signed with SHA-1; allowed: a signature that uses SHA-256/,
      "openssl refuses it too",
    ],
    [
      "a day in the past",
      { from: day(-90), to: day(-1) },
      /got a certificate that expired on .*; allowed: a certificate that is currently valid/,
      "openssl refuses it too",
    ],
    [
      "a day to come",
      { from: day(2), to: day(80) },
      /got a certificate that is not valid before .*; allowed: a certificate that is currently valid/,
      "openssl refuses it too",
    ],
    [
      "another purpose",
      { eku: "clientAuth" },
      /got a certificate that is not valid for server authentication/,
      "openssl refuses it too",
    ],
    [
      "another name",
      { names: "DNS:play.example.com" },
      /got a certificate for DNS:play\.example\.com/,
      "openssl refuses it too",
    ],
    ["a wildcard two levels up", { names: "DNS:*.com" }, /got a certificate for DNS:\*\.com/, "openssl refuses it too"],
    [
      "a name in its subject alone",
      { names: "" },
      /got a certificate without a subject alternative name/,
      "openssl refuses it too",
    ],
    [
      "a key that may only encrypt",
      { usage: "keyEncipherment", key: "rsa:2048" },
      /got a certificate whose key usage does not include digitalSignature/,
      "openssl takes it",
    ],
    [
      "the rights of an authority",
      { ca: true, usage: "digitalSignature,keyCertSign" },
      /got a CA certificate in the first position/,
      "openssl takes it",
    ],
  ];
  for (const [what, wanted, expected, verdict] of rows) {
    it(`is refused for ${what}; ${verdict}`, () => {
      const pem = make("bad", "between", wanted);
      const faults = faultsOf(pem + between + root, "bad");
      assert.equal(faults.length, 1, faults.join("\n"));
      assert.match(faults[0] ?? "", new RegExp(`^ams:certificate\\.pem: .*${expected.source}`));
      assert.equal(opensslTakes(pem, between), verdict === "openssl takes it");
    });
  }

  it("is refused for MD5", () => {
    make("rsa", "rsa", { ...authority, key: "rsa:2048" });
    const faults = faultsOf(make("bad", "rsa", { hash: "md5" }) + text("rsa.crt"), "bad");
    assert.equal(faults.length, 1, faults.join("\n"));
    assert.match(faults[0] ?? "", /got a certificate that is signed with MD5; allowed: a signature that uses SHA-256/);
  });

  const chains: readonly [string, () => string, RegExp][] = [
    ["reversed", () => root + between + good, /a CA certificate in the first position/],
    ["out of order", () => good + root + between, /certificates out of order/],
    ["without its issuer", () => good, /got a certificate without its issuer, between; allowed: .*its chain/],
    [
      "with a stranger",
      () => good + text("stranger.crt"),
      /certificate 2, which did not issue the preceding certificate/,
    ],
    ["with a gap", () => good + root, /certificate 2, which did not issue the preceding certificate/],
    [
      "with one twice",
      () => good + good + between + root,
      /got certificate 2 twice; allowed: each certificate only once/,
    ],
    [
      "with one that can't be read",
      () => `${good}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`,
      /certificate 2, which cannot be read/,
    ],
    ["of something else", () => good + text("good.csr"), /got text without a certificate/],
    ["of 11", () => good.repeat(11), /got 11 certificates; allowed: at most 10/],
  ];
  for (const [what, chain, expected] of chains) {
    it(`is refused with a chain ${what}`, () => {
      const faults = faultsOf(chain());
      assert.equal(faults.length, 1, faults.join("\n"));
      assert.match(faults[0] ?? "", expected);
    });
  }

  it("is refused with an intermediate that is over or weak, and named", () => {
    make("old", "root", { ...authority, from: day(-9), to: day(-1), key: "rsa:1024" });
    const pem = make("below", "old");
    const faults = faultsOf(pem + text("old.crt") + root, "below");
    assert.equal(faults.length, 2, faults.join("\n"));
    assert.match(faults.join("\n"), /certificate 2, which expired/);
    assert.match(faults.join("\n"), /certificate 2, which has an RSA key of 1024 bits/);
    assert.ok(!opensslTakes(pem, text("old.crt")));
  });

  it("tells all of its faults at once", () => {
    const pem = make("worst", "between", {
      key: "rsa:1024",
      hash: "sha1",
      names: "DNS:x.example",
      eku: "clientAuth",
      to: day(-0.5),
      from: day(-9),
    });
    const faults = faultsOf(pem, "good");
    assert.equal(faults.length, 7, faults.join("\n"));
  });

  it("is warned of 30 days before its end, and not before that", () => {
    const soon = make("soon", "between", { to: day(29) });
    const later = make("later", "between", { to: day(31) });
    assert.match(
      judged(soon + between + root, "soon").warnings.join(),
      /^ams:certificate\.pem: the certificate expires on .*, in 28 days\. Set its replacement with: pulumi config set/,
    );
    assert.deepEqual(judged(later + between + root, "later").warnings, []);
  });

  it("for longer than Apple takes, or without serverAuth, is told so", () => {
    const long = make("long", "between", { to: day(900), eku: "" });
    const { faults, warnings } = judged(long + between + root, "long");
    assert.deepEqual(faults, []);
    assert.match(
      warnings.join(),
      /901 days, but Apple's systems accept at most 825.*serverAuth, which Apple's systems require/s,
    );
  });

  it("of 1024 bits is refused by HAProxy and Nginx for the same reason", () => {
    const pem = make("weak", "between", { key: "rsa:1024" });
    const haproxy = (name: string, pem: string) => {
      writeFileSync(file("proxy.pem"), pem + text(`${name}.key`));
      const timeouts = "timeout client 1s\n timeout server 1s\n timeout connect 1s";
      const bind = "frontend x\n bind 127.0.0.1:18443 ssl crt proxy.pem";
      writeFileSync(file("haproxy.cfg"), `defaults\n mode http\n ${timeouts}\n${bind}\n`);
      const done = spawnSync("haproxy", ["-c", "-f", "haproxy.cfg"], { cwd: folder, encoding: "utf8" });
      return `${done.status} ${done.stdout}${done.stderr}`;
    };
    assert.match(haproxy("good", good + between), /^0 /);
    assert.match(haproxy("weak", pem), /^1 [\s\S]*unable to load SSL certificate/);
    writeFileSync(file("weak.pem"), pem);
    writeFileSync(
      file("nginx.conf"),
      `pid ${file("pid")}; error_log stderr; events {} http { access_log off; server { listen 127.0.0.1:18444 ssl; ssl_certificate ${file("weak.pem")}; ssl_certificate_key ${file("weak.key")}; } }`,
    );
    const nginx = spawnSync("nginx", ["-t", "-c", file("nginx.conf"), "-p", folder], { cwd: folder, encoding: "utf8" });
    assert.match(nginx.stderr, /ee key too small/);
  });
});
