import { isResolved, ofType, targetOf } from "../../recording/read/links.ts";
import { type Found, isUnknown, listAt, same, valueAt } from "../../recording/read/plain.ts";
import { faultsOf, is, oneOf, orAbsent } from "../expect.ts";
import { byCloud, type Fault, type Resource, type Rule } from "../rule.ts";

const awsCdn = "aws:cloudfront/distribution:Distribution";
const alibabaCdn = "alicloud:cdn/domainNew:DomainNew";
const feature = "alicloud:cdn/domainConfig:DomainConfig";
const refusal = "aws:cloudfront/function:Function";
const logs = {
  source: "aws:cloudwatch/logDeliverySource:LogDeliverySource",
  destination: "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
  delivery: "aws:cloudwatch/logDelivery:LogDelivery",
} as const;

/** The same text, or something that may become the same. */
const maybeSame = (one: Found, other: Found): boolean => isUnknown(one) || isUnknown(other) || same(one, other ?? null);

/** Whether a feature of an accelerated domain sets an argument so, or may turn out to. */
function sets({ props }: Resource, [name, arg, value]: Wanted): boolean {
  if (!maybeSame(props["functionName"], name)) return false;
  const args = listAt(props, "functionArgs[]");
  return args.some(
    (one) => isUnknown(one) || (maybeSame(valueAt(one, "argName"), arg) && maybeSame(valueAt(one, "argValue"), value)),
  );
}

/** A feature, an argument of it, and its value. */
type Wanted = readonly [name: string, arg: string, value: string];

/** What none of a domain's features sets. */
function lacking(all: readonly Resource[], on: Resource, wanted: readonly Wanted[]): readonly Fault[] {
  const own = ofType(all, feature).filter(
    ({ props: { domainName } }) => targetOf(all, domainName) === on || maybeSame(domainName, on.props["domainName"]),
  );
  return wanted
    .filter((one) => !own.some((resource) => sets(resource, one)))
    .map(([name, arg, value]) => ({ on, fault: `${name} does not set ${arg} to ${value}` }));
}

const tlsVersions = ["TLSv1.2_2018", "TLSv1.2_2019", "TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"];

/** CloudFront's own name has CloudFront's own settings. */
const hasName = (on: Resource): boolean => listAt(on.props, "aliases[]").length > 0;

const tls: Rule = {
  id: "cdn-speaks-tls",
  concern: "encryption",
  sources: { aws: ["FSBP CloudFront.3", "CKV_AWS_34", "CKV_AWS_174"], alibaba: ["own"] },
  demands: "A CDN redirects viewers to HTTPS, requires TLS 1.2 or newer, and connects to the load balancer over HTTPS",
  remedy: "set the viewer and origin protocol policies to HTTPS, and the minimum protocol version to TLS 1.2",
  looksAt: byCloud([awsCdn, alibabaCdn, feature]),
  find: (all) => [
    ...ofType(all, awsCdn).flatMap((on) =>
      faultsOf(on, [
        oneOf("defaultCacheBehavior.viewerProtocolPolicy", ["redirect-to-https", "https-only"]),
        oneOf("orderedCacheBehaviors[].viewerProtocolPolicy", ["redirect-to-https", "https-only"]),
        ...(hasName(on) ? [oneOf("viewerCertificate.minimumProtocolVersion", tlsVersions)] : []),
        orAbsent(is("origins[].customOriginConfig.originProtocolPolicy", "https-only")),
      ]),
    ),
    ...ofType(all, alibabaCdn).flatMap((on) =>
      lacking(all, on, [
        ["https_force", "enable", "on"],
        ["forward_scheme", "scheme_origin", "https"],
        ["https_tls_version", "tls10", "off"],
        ["https_tls_version", "tls11", "off"],
      ]),
    ),
  ],
};

const closed: Rule = {
  id: "cdn-serves-streams-only",
  concern: "exposure",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands: "A CDN rejects all requests except those for streams and recordings",
  remedy: "add the edge function that rejects requests for all other paths",
  looksAt: byCloud([awsCdn, refusal, alibabaCdn, feature]),
  find: (all) => [
    ...ofType(all, awsCdn)
      .filter((on) => listAt(on.props, "defaultCacheBehavior.functionAssociations[]").length === 0)
      .map((on) => ({ on, fault: "it serves all paths" })),
    ...ofType(all, alibabaCdn).flatMap((on) => lacking(all, on, [["edge_function", "enable", "on"]])),
  ],
};

const logged: Rule = {
  id: "cdn-requests-are-logged",
  concern: "logging",
  sources: { aws: ["FSBP CloudFront.5", "CKV_AWS_86"], alibaba: [] },
  demands: "CDN access logs are delivered to a bucket",
  remedy: "create a log delivery for the distribution",
  looksAt: byCloud([awsCdn, ...Object.values(logs)]),
  notOn: { alibaba: "Alibaba Cloud CDN automatically retains each domain's access logs for 30 days" },
  find: (all) =>
    ofType(all, awsCdn)
      .filter((on) => !isDelivered(all, on))
      .map((on) => ({ on, fault: "its requests are not logged" })),
};

function isDelivered(all: readonly Resource[], on: Resource): boolean {
  const sources = ofType(all, logs.source).filter(
    ({ props }) => targetOf(all, props["resourceArn"]) === on || !isResolved(all, props["resourceArn"]),
  );
  return sources.some((source) =>
    ofType(all, logs.delivery).some(
      ({ props }) =>
        targetOf(all, props["deliverySourceName"]) === source ||
        maybeSame(props["deliverySourceName"], source.props["name"]),
    ),
  );
}

export const cdn: readonly Rule[] = [tls, closed, logged];
