import { execFileSync } from "node:child_process";

export interface SelfSigned {
  readonly pem: string;
  readonly key: string;
}

/** A certificate, for live.example.com unless told otherwise, and its private key, both in PEM form. */
export function selfSigned(days = 90, names: readonly string[] = ["live.example.com"]): SelfSigned {
  const subject = [
    "-subj",
    "/CN=live.example.com",
    "-addext",
    `subjectAltName=${names.map((name) => `DNS:${name}`).join(",")}`,
  ];
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "-"];
  const text = execFileSync("openssl", ["req", "-x509", ...key, "-days", `${days}`, ...subject], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const part = (kind: string): string =>
    new RegExp(`-----BEGIN ${kind}-----[^-]+-----END ${kind}-----\\n`).exec(text)?.[0] ?? "";
  return { pem: part("CERTIFICATE"), key: part("PRIVATE KEY") };
}
