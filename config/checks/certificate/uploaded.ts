import { createPrivateKey, type KeyObject } from "node:crypto";
import { turnName } from "../../../model/traffic/turn.ts";
import { type ReadCertificate, type Refusal, readWhole } from "../../certificate.ts";
import { type Fault, printable } from "../../fault.ts";
import { hostPattern } from "../../parts.ts";
import type { RawConfig } from "../../raw.ts";
import { pemCommand } from "../../remedy/command.ts";
import { isPrivateKey, valueAt } from "../../secret.ts";
import { chainWarnings, checkChain, isAuthorityFirst } from "./chain.ts";

export interface Judged {
  readonly faults: readonly Fault[];
  readonly warnings: readonly string[];
}

const path = "ams:certificate.pem";
const set = pemCommand(path, "fullchain.pem");

const toFault = ([got, allowed]: Refusal): Fault => ({ path, got, allowed, fix: `Set it with: ${set}` });

/**
 * An uploaded certificate with its chain, as those read it who have to take it: AWS Certificate Manager
 * (docs.aws.amazon.com/acm/latest/userguide/import-certificate-prerequisites.html and troubleshoot-import.html), browsers
 * (Mozilla Root Store Policy, 5.1; support.apple.com/103769) and OpenSSL, which HAProxy and Nginx are made with.
 */
export function checkUploaded({ values, secrets }: RawConfig): Judged {
  const pem = valueAt(values["certificate"], "pem");
  if (typeof pem !== "string") return { faults: [], warnings: [] };
  const refuse = (...refusal: Refusal): Judged => ({ faults: [toFault(refusal)], warnings: [] });
  if (pem.includes("PRIVATE KEY")) {
    return refuse(
      "a private key in plain text",
      "only the certificate and its chain; store the private key in the secret ams:certificateKey",
    );
  }
  const blocks = pem.match(/-----BEGIN [A-Z0-9 ]+-----[^-]*-----END [A-Z0-9 ]+-----/g) ?? [];
  const strange = blocks.find((block) => !block.startsWith("-----BEGIN CERTIFICATE-----"));
  if (blocks.length === 0 || strange !== undefined)
    return refuse("text without a certificate", "a certificate and its chain in PEM format");
  if (blocks.length > maxCertificates)
    return refuse(
      `${blocks.length} certificates`,
      `at most ${maxCertificates} certificates: the server certificate and its issuers`,
    );
  const read = blocks.map(readWhole);
  const broken = read.indexOf(undefined);
  if (broken === 0) return refuse("text without a certificate", "a certificate and its chain in PEM format");
  if (broken > 0)
    return refuse(`certificate ${broken + 1}, which cannot be read`, "a certificate and its chain in PEM format");
  return judge(
    read.filter((one) => one !== undefined),
    secrets["certificateKey"],
    namesOf(values),
  );
}

const maxCertificates = 10;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/**
 * What the certificate has to be for. A name without its form has a fault of its own, which may not show it: it can be a
 * secret in the wrong place.
 */
function namesOf({ domain, turn }: RawConfig["values"]) {
  const known = (names: readonly unknown[]) => names.flatMap((name) => hostPattern.safeParse(name).data ?? []);
  const name = valueAt(domain, "name");
  return {
    "ams:domain.name": known([name, ...listOf(valueAt(domain, "names"))]),
    "ams:turn.tls": valueAt(turn, "tls") === true ? known([name]).map((one) => turnName({ name: one })) : [],
  };
}

type Names = ReturnType<typeof namesOf>;

function judge(chain: readonly ReadCertificate[], key: string | undefined, names: Names): Judged {
  const [leaf] = chain;
  if (leaf === undefined) return { faults: [], warnings: [] };
  const refusals = [
    ...chain.flatMap((one, index) => checkOne(one, index)),
    ...checkChain(chain),
    ...(isAuthorityFirst(chain) ? [] : [...checkLeaf(leaf, names), ...checkKey(leaf, key)]),
  ];
  const warnings = [...chain.flatMap(endWarnings), ...chainWarnings(chain)];
  return { faults: refusals.map(toFault), warnings: warnings.map((warning) => `${path}: ${warning}`) };
}

/** What a fault says about one certificate of several. */
const about = (index: number, what: string): string =>
  index === 0 ? `a certificate that ${what}` : `certificate ${index + 1}, which ${what}`;

/** Hashes by the identifier of the signature's algorithm, or of RSASSA-PSS's hash: SHA-256, 384 and 512. */
const goodSignatures = [
  ...[11, 12, 13].map((last) => `1.2.840.113549.1.1.${last}`),
  ...[2, 3, 4].map((last) => `1.2.840.10045.4.3.${last}`),
  ...[1, 2, 3].map((last) => `2.16.840.1.101.3.4.2.${last}`),
];

/** Those that people still meet, for the message. */
const badSignatures: ReadonlyMap<string, string> = new Map([
  ["1.2.840.113549.1.1.4", "MD5"],
  ["1.2.840.113549.1.1.5", "SHA-1"],
  ["1.2.840.10045.4.1", "SHA-1"],
  ["1.3.14.3.2.26", "SHA-1"],
  ["1.3.101.112", "Ed25519"],
]);

/** What each certificate of a chain has to have. */
function checkOne({ certificate, signature, selfSigned }: ReadCertificate, index: number): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const now = Date.now();
  if (Date.parse(certificate.validTo) < now)
    refusals.push([about(index, `expired on ${certificate.validTo}`), "a certificate that is currently valid"]);
  if (Date.parse(certificate.validFrom) > now)
    refusals.push([
      about(index, `is not valid before ${certificate.validFrom}`),
      "a certificate that is currently valid",
    ]);
  const key = describeKey(certificate.publicKey);
  if (!isGoodKey(certificate.publicKey, index))
    refusals.push([
      about(index, `has ${key}`),
      "an RSA key of 2048, 3072 or 4096 bits, or an ECDSA key on the P-256 or P-384 curve, because AWS Certificate Manager, browsers and OpenSSL all accept these keys",
    ]);
  // Nobody checks the signature of a root that is trusted as it stands.
  if (!goodSignatures.includes(signature) && !(selfSigned && index > 0))
    refusals.push([
      about(index, `is signed with ${badSignatures.get(signature) ?? `algorithm ${signature}`}`),
      "a signature that uses SHA-256, SHA-384 or SHA-512",
    ]);
  if (certificate.keyUsage !== undefined && !certificate.keyUsage.includes(serverAuth))
    refusals.push([
      about(index, "is not valid for server authentication"),
      "an extended key usage that includes serverAuth",
    ]);
  return refusals;
}

const serverAuth = "1.3.6.1.5.5.7.3.1";

const curves: Readonly<Record<string, string>> = { prime256v1: "P-256", secp384r1: "P-384", secp521r1: "P-521" };

function describeKey({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string {
  const { modulusLength, namedCurve } = asymmetricKeyDetails ?? {};
  if (namedCurve !== undefined) return `an ECDSA key on the ${curves[namedCurve] ?? namedCurve} curve`;
  const type = (asymmetricKeyType ?? "unknown").toUpperCase();
  return `${/^[DU]/.test(type) ? "a" : "an"} ${type} key${modulusLength === undefined ? "" : ` of ${modulusLength} bits`}`;
}

/** Chrome takes no P-521 (BoringSSL, kVerifySignatureAlgorithms); Certificate Manager, three sizes of RSA. */
function isGoodKey({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject, index: number): boolean {
  const { modulusLength = 0, namedCurve = "" } = asymmetricKeyDetails ?? {};
  if (asymmetricKeyType === "ec") return ["prime256v1", "secp384r1"].includes(namedCurve);
  if (asymmetricKeyType !== "rsa") return false;
  return index === 0 ? [2048, 3072, 4096].includes(modulusLength) : modulusLength >= 2048;
}

const digitalSignature = 0x80;

/** Names count in the subject's alternative names alone: browsers look nowhere else. */
function checkLeaf({ certificate, keyUsage }: ReadCertificate, wanted: Names): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const strict = { subject: "never", partialWildcards: false } as const;
  for (const [path, domains] of Object.entries(wanted)) {
    // Of a wildcard any name will do: another wildcard alone covers it.
    const missing = domains.filter((name) => certificate.checkHost(name.replace("*", "any"), strict) === undefined);
    if (missing.length === 0) continue;
    const names = printable(certificate.subjectAltName ?? "").slice(0, 200);
    const got = names === "" ? "a certificate without a subject alternative name" : `a certificate for ${names}`;
    refusals.push([got, `a certificate for ${missing.join(", ")} (${path})`]);
  }
  if (keyUsage !== undefined && (keyUsage & digitalSignature) === 0)
    refusals.push([
      "a certificate whose key usage does not include digitalSignature",
      "a key usage that includes digitalSignature, which TLS 1.3 requires",
    ]);
  return refusals;
}

function checkKey({ certificate }: ReadCertificate, key: string | undefined): readonly Refusal[] {
  if (key === undefined || !isPrivateKey(key) || certificate.checkPrivateKey(createPrivateKey(key))) return [];
  return [
    [
      "a certificate that matches a different private key",
      "the certificate that matches the private key in ams:certificateKey",
    ],
  ];
}

const warnedDays = 30;
const dayMs = 86_400_000;

function endWarnings({ certificate: { validTo } }: ReadCertificate, index: number): readonly string[] {
  const days = Math.floor((Date.parse(validTo) - Date.now()) / dayMs);
  if (days < 0 || days >= warnedDays) return [];
  const what = index === 0 ? "the certificate" : `certificate ${index + 1}`;
  return [`${what} expires on ${validTo}, in ${days} days. Set its replacement with: ${set}`];
}
