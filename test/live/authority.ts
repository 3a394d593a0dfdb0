import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Pair {
  /** The certificate with its chain, and its key behind it, as HAProxy reads it. */
  readonly pem: string;
  /** With its chain, up to the authority's own, as ams:certificate.pem takes it. */
  readonly certificate: string;
  readonly key: string;
}

export interface Authority {
  readonly pem: string;
  readonly issue: (name: string, validity: { readonly from: Date; readonly to: Date }) => Pair;
  readonly close: () => void;
}

const openssl = (directory: string, ...words: readonly string[]): void => {
  execFileSync("openssl", [...words], { cwd: directory, stdio: ["ignore", "ignore", "pipe"] });
};

/** As `openssl ca` reads a time: YYMMDDHHMMSSZ. */
const time = (date: Date): string => `${date.toISOString().replace(/[-:T]/g, "").slice(2, 14)}Z`;

const settings = `[ca]
default_ca = own
[own]
database = index.txt
serial = serial
new_certs_dir = .
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
[req]
distinguished_name = none
[none]
[authority]
basicConstraints = critical,CA:true
subjectKeyIdentifier = hash
`;

/** A certificate authority of its own; `openssl ca` can issue what has already expired. */
export function startAuthority(): Authority {
  const directory = mkdtempSync(join(tmpdir(), "ams-authority-"));
  writeFileSync(join(directory, "ca.cnf"), settings);
  writeFileSync(join(directory, "index.txt"), "");
  writeFileSync(join(directory, "serial"), "01\n");
  const elliptic = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  const root = ["-config", "ca.cnf", "-extensions", "authority", "-subj", "/CN=Test authority", "-days", "3650"];
  openssl(directory, "req", "-x509", ...elliptic, ...root, "-keyout", "ca.key", "-out", "ca.pem");
  return {
    pem: readFileSync(join(directory, "ca.pem"), "utf8"),
    issue: (name, { from, to }) => {
      const names = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`];
      openssl(directory, "req", ...elliptic, "-config", "ca.cnf", ...names, "-keyout", "own.key", "-out", "own.csr");
      const signing = ["-config", "ca.cnf", "-batch", "-notext", "-cert", "ca.pem", "-keyfile", "ca.key"];
      const validity = ["-startdate", time(from), "-enddate", time(to)];
      openssl(directory, "ca", ...signing, ...validity, "-in", "own.csr", "-out", "own.pem");
      const chain = ["own.pem", "ca.pem"].map((file) => readFileSync(join(directory, file), "utf8"));
      const certificate = chain.join("");
      const key = readFileSync(join(directory, "own.key"), "utf8");
      return { certificate, key, pem: certificate + key };
    },
    close: () => rmSync(directory, { recursive: true, force: true }),
  };
}
