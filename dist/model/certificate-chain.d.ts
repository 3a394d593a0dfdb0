import { type ReadCertificate, type Refusal } from "./certificate.js";
type Chain = readonly ReadCertificate[];
/** Order, completeness and doubles; each certificate has to certify the one before it (RFC 8446, 4.4.2; ACM). */
export declare function checkChain(chain: Chain): readonly Refusal[];
/** An authority's certificate is no server's, but for one that `openssl req -x509` made of itself. */
export declare const isAuthorityFirst: (chain: Chain) => boolean;
export declare function chainWarnings(chain: Chain): readonly string[];
export {};
