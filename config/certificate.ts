import { X509Certificate } from "node:crypto";
import { createRequire } from "node:module";
import type * as asn1 from "asn1js";
import { projectFile } from "../model/project.ts";

/** What came, and what is allowed: the middle of a fault. */
export type Refusal = readonly [got: string, allowed: string];

/** A certificate, and what node:crypto of Node 20 does not tell of it. */
export interface ReadCertificate {
  readonly certificate: X509Certificate;
  readonly selfSigned: boolean;
  /** Object identifier of the signature's algorithm; of RSASSA-PSS that of its hash. */
  readonly signature: string;
  /** First octet of the key usage (RFC 5280, 4.2.1.3). @default none: every usage */
  readonly keyUsage?: number;
}

export function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** One certificate in PEM form with all that is asked of it; undefined where it can't be read. */
export function readWhole(pem: string): ReadCertificate | undefined {
  const certificate = readCertificate(pem);
  if (certificate === undefined) return undefined;
  return { certificate, selfSigned: isIssuedBy(certificate, certificate), ...fromAsn1(certificate.raw) };
}

/** By name, key usage and signature. */
export const isIssuedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);

const [rsaPss, keyUsage] = ["1.2.840.113549.1.1.10", "2.5.29.15"];
const sha1 = "1.3.14.3.2.26";

function fromAsn1(raw: Buffer): Pick<ReadCertificate, "signature" | "keyUsage"> {
  // Loaded when a certificate is uploaded, and only then: most previews have none.
  const { Constructed, ObjectIdentifier, OctetString, BitString, fromBER }: typeof asn1 = createRequire(
    projectFile("package.json"),
  )("asn1js");
  const partsOf = (block: unknown) => (block instanceof Constructed ? block.valueBlock.value : []);
  const oidOf = (block: unknown): string => (block instanceof ObjectIdentifier ? block.valueBlock.toString() : "");

  const [body, algorithm] = partsOf(fromBER(new Uint8Array(raw)).result);
  const [oid, parameters] = partsOf(algorithm);
  const hash = partsOf(partsOf(parameters).find(({ idBlock }) => idBlock.tagNumber === 0))[0];
  const signature = oidOf(oid) === rsaPss ? oidOf(partsOf(hash)[0]) || sha1 : oidOf(oid);

  const tagged = partsOf(body).find(({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === 3);
  const usage = partsOf(partsOf(tagged)[0]).find((extension) => oidOf(partsOf(extension)[0]) === keyUsage);
  const octets = partsOf(usage).at(-1);
  if (!(octets instanceof OctetString)) return { signature };
  const bits = fromBER(new Uint8Array(octets.valueBlock.valueHexView)).result;
  return bits instanceof BitString ? { signature, keyUsage: bits.valueBlock.valueHexView[0] ?? 0 } : { signature };
}
