import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import { isIssuedBy, type ReadCertificate, type Refusal } from "../../certificate.ts";
import { printable } from "../../fault.ts";

type Chain = readonly ReadCertificate[];

const inOrder = "the server certificate first, with each certificate followed by its issuer";

/** Order, completeness and doubles; each certificate has to certify the one before it (RFC 8446, 4.4.2; ACM). */
export function checkChain(chain: Chain): readonly Refusal[] {
  if (isAuthorityFirst(chain)) return [["a CA certificate in the first position", inOrder]];
  const refusals: Refusal[] = [];
  const prints = chain.map(({ certificate }) => certificate.fingerprint256);
  const double = prints.findIndex((print, index) => prints.indexOf(print) < index);
  if (double > 0) refusals.push([`certificate ${double + 1} twice`, "each certificate only once"]);
  return [...refusals, ...checkOrder(unique(chain)), ...checkAuthorities(unique(chain)), ...checkEnd(unique(chain))];
}

const unique = (chain: Chain): Chain => {
  const prints = chain.map(({ certificate }) => certificate.fingerprint256);
  return chain.filter((_, index) => prints.indexOf(prints[index] ?? "") === index);
};

function checkOrder(chain: Chain): readonly Refusal[] {
  const wrong = chain.findIndex(({ certificate }, index) => {
    const next = chain[index + 1];
    return next !== undefined && !isIssuedBy(certificate, next.certificate);
  });
  const one = chain[wrong];
  if (one === undefined) return [];
  const isElsewhere = chain.some((other) => other !== one && isIssuedBy(one.certificate, other.certificate));
  const isFirstElsewhere = chain.some((other) => other !== one && isIssuedBy(other.certificate, one.certificate));
  const got =
    isElsewhere || (wrong === 0 && isFirstElsewhere)
      ? "certificates out of order"
      : `certificate ${wrong + 2}, which did not issue the preceding certificate`;
  return [[got, inOrder]];
}

/** An authority's certificate is no server's, but for one that `openssl req -x509` made of itself. */
export const isAuthorityFirst = (chain: Chain): boolean =>
  chain[0]?.certificate.ca === true && !(chain[0].selfSigned && chain.length === 1);

const checkAuthorities = (chain: Chain): readonly Refusal[] =>
  chain.flatMap(({ certificate }, index) =>
    index === 0 || certificate.ca
      ? []
      : [[`certificate ${index + 1}, which is not a CA certificate`, inOrder] as const],
  );

/** Authorities that browsers know issue through others, whose certificates players don't fetch by themselves. */
function checkEnd(chain: Chain): readonly Refusal[] {
  const [leaf] = chain;
  if (leaf === undefined || chain.length > 1 || endsAtRoot(chain)) return [];
  return [
    [
      `a certificate without its issuer, ${nameOf(leaf.certificate.issuer)}`,
      "the certificate and its chain, up to a public CA or your own root certificate",
    ],
  ];
}

const endsAtRoot = (chain: Chain): boolean => {
  const last = chain.at(-1);
  return last !== undefined && (last.selfSigned || isKnown(last.certificate.issuer));
};

const isKnown = (subject: string): boolean =>
  rootCertificates.some((pem) => new X509Certificate(pem).subject === subject);

const nameOf = (subject: string): string => printable(/CN=([^\n]*)/.exec(subject)?.[1] ?? subject).slice(0, 80);

/** Apple's systems take no longer one (support.apple.com/103769). */
const longestDays = 825;

export function chainWarnings(chain: Chain): readonly string[] {
  const [leaf, last] = [chain[0], chain.at(-1)];
  if (leaf === undefined || last === undefined) return [];
  const { certificate, selfSigned } = leaf;
  if (selfSigned)
    return ["the certificate is self-signed, so browsers and players reject it unless you configure them to trust it"];
  const days = (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / 86_400_000;
  return [
    ...(chain.length > 1 && !endsAtRoot(chain)
      ? [
          `the last certificate in the chain was issued by ${nameOf(last.certificate.issuer)}, which is not a public CA known to Node.js. If it is your own CA, append its certificate`,
        ]
      : []),
    ...(days > longestDays
      ? [
          `the certificate is valid for ${Math.round(days)} days, but Apple's systems accept at most ${longestDays} days`,
        ]
      : []),
    ...(certificate.keyUsage === undefined
      ? ["the certificate lacks the extended key usage serverAuth, which Apple's systems require"]
      : []),
  ];
}
