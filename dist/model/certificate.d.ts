import { X509Certificate } from "node:crypto";
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
export declare function readCertificate(pem: string): X509Certificate | undefined;
/** One certificate in PEM form with all that is asked of it; undefined where it can't be read. */
export declare function readWhole(pem: string): ReadCertificate | undefined;
/** By name, key usage and signature. */
export declare const isIssuedBy: (certificate: X509Certificate, issuer: X509Certificate) => boolean;
