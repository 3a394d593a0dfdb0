import { Distribution } from "@pulumi/aws/cloudfront/distribution.js";
import { OriginAccessControl } from "@pulumi/aws/cloudfront/originAccessControl.js";
import { LogDelivery } from "@pulumi/aws/cloudwatch/logDelivery.js";
import { LogDeliveryDestination } from "@pulumi/aws/cloudwatch/logDeliveryDestination.js";
import { LogDeliverySource } from "@pulumi/aws/cloudwatch/logDeliverySource.js";
import { Record } from "@pulumi/aws/route53/record.js";
import type { input } from "@pulumi/aws/types/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cdn as CdnKeys, Cluster } from "../../../config/types.ts";
import { namedTags } from "../../../model/naming.ts";
import { cdnHeader, playlistSeconds } from "../../../model/traffic/cdn.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { inputOf } from "../../shared/handles.ts";
import type { DnsRecord } from "../../stack-outputs.ts";
import { issueCertificate } from "../balancing/certificate.ts";
import type { Secrets } from "../identity/secrets.ts";
import type { AccessLogs } from "../observability/access-logs.ts";
import type { Settings } from "../schema.ts";
import type { Storage } from "../storage/storage.ts";
import { cdnRegion } from "./check-cdn.ts";
import { addBehaviors, edgeOrigin, recordingsOrigin } from "./rules.ts";

interface Dependencies {
  readonly logs: AccessLogs;
  readonly secrets: Secrets;
  readonly storage: Storage | undefined;
}

/** CloudFront before the edges' live HLS and DASH, and before the recordings' bucket where the stack says so. */
export class Cdn extends ClusterComponent {
  readonly url: pulumi.Output<string>;
  readonly recordsToAdd: pulumi.Output<readonly DnsRecord[]>;
  readonly #cluster: Cluster;
  readonly #cdn: CdnKeys;

  constructor(
    cluster: Cluster,
    cdn: CdnKeys,
    settings: Settings,
    dependencies: Dependencies,
    parent: ClusterComponent,
  ) {
    const name = `${cluster.name}-cdn`;
    super("Cdn", name, parent);
    this.#cluster = cluster;
    this.#cdn = cdn;
    const certificate = this.#certificate(name, settings);
    const distribution = this.#addDistribution(name, certificate?.arn, dependencies);
    this.#addLog(name, distribution, dependencies.logs);
    const toAdd = this.#addName(name, distribution, settings);
    this.url = pulumi.interpolate`https://${cdn.domain ?? distribution.domainName}/`;
    this.recordsToAdd = pulumi
      .all([certificate?.recordsToAdd ?? [], toAdd])
      .apply((records): readonly DnsRecord[] => records.flat());
    this.registerOutputs();
  }

  /** CloudFront's own name has a certificate of its own. */
  #certificate(name: string, settings: Settings) {
    const { domain, certificateId } = this.#cdn;
    if (domain === undefined) return undefined;
    if (certificateId !== undefined) return { arn: inputOf(certificateId), recordsToAdd: [] };
    return issueCertificate(this, this.#cluster, settings, { name, host: domain, region: cdnRegion });
  }

  #addDistribution(name: string, certificate: pulumi.Input<string> | undefined, dependencies: Dependencies) {
    const { ordered, other } = addBehaviors(
      this,
      this.#cluster,
      this.#cdn,
      name,
      dependencies.secrets.credentials.streamKeys,
    );
    const { domain } = this.#cdn;
    // A 404 is a stream that has not begun, or a segment that is not there yet: CloudFront's own time is ten seconds.
    const errorCachingMinTtl = playlistSeconds(this.#cluster.applications);
    return new Distribution(
      name,
      {
        comment: `Live HLS and DASH streams from ${this.#cluster.name}`,
        enabled: true,
        isIpv6Enabled: true,
        httpVersion: "http2and3",
        aliases: domain === undefined ? [] : [domain],
        origins: this.#origins(name, dependencies),
        defaultCacheBehavior: other,
        orderedCacheBehaviors: ordered,
        customErrorResponses: [403, 404, 500, 502, 503, 504].map((errorCode) => ({ errorCode, errorCachingMinTtl })),
        restrictions: { geoRestriction: { restrictionType: "none" } },
        viewerCertificate:
          certificate === undefined
            ? { cloudfrontDefaultCertificate: true }
            : { acmCertificateArn: certificate, sslSupportMethod: "sni-only", minimumProtocolVersion: "TLSv1.2_2021" },
        tags: namedTags(this.#cluster, name),
      },
      this.child(),
    );
  }

  #origins(name: string, { secrets, storage }: Dependencies): input.cloudfront.DistributionOrigin[] {
    const { domain } = this.#cluster;
    if (domain === undefined) throw new Error("the CDN requires a cluster with a domain");
    const { cdnKey } = secrets.credentials;
    const edges: input.cloudfront.DistributionOrigin = {
      originId: edgeOrigin,
      // The load balancer's certificate is for this name.
      domainName: domain.name,
      ...(cdnKey === undefined ? {} : { customHeaders: [{ name: cdnHeader, value: cdnKey }] }),
      customOriginConfig: {
        httpPort: 80,
        httpsPort: 443,
        originProtocolPolicy: "https-only",
        originSslProtocols: ["TLSv1.2"],
        originKeepaliveTimeout: 60,
        originReadTimeout: 30,
      },
    };
    if (!this.#cdn.recordings || storage === undefined) return [edges];
    const access = new OriginAccessControl(
      name,
      {
        description: `Recordings from ${this.#cluster.name}`,
        originAccessControlOriginType: "s3",
        signingBehavior: "always",
        signingProtocol: "sigv4",
      },
      this.child(),
    );
    const recordings = {
      originId: recordingsOrigin,
      domainName: storage.bucket.bucketRegionalDomainName,
      originAccessControlId: access.id,
    };
    return [edges, recordings];
  }

  /** Access logs, in the bucket of the balancers' (CloudFront, "Configure standard logging (v2)"). */
  #addLog(name: string, distribution: Distribution, logs: AccessLogs): void {
    const place = { region: cdnRegion, tags: namedTags(this.#cluster, name) };
    const source = new LogDeliverySource(
      name,
      { ...place, name, logType: "ACCESS_LOGS", resourceArn: distribution.arn },
      this.child(),
    );
    const destination = new LogDeliveryDestination(
      name,
      {
        ...place,
        name,
        outputFormat: "w3c",
        deliveryDestinationConfiguration: {
          destinationResourceArn: pulumi.interpolate`arn:aws:s3:::${logs.bucket}`,
        },
      },
      this.child(),
    );
    new LogDelivery(
      name,
      { ...place, deliverySourceName: source.name, deliveryDestinationArn: destination.arn },
      this.child(),
    );
  }

  /** The CDN's name in Route 53, or the record that a person has to add elsewhere. */
  #addName(name: string, distribution: Distribution, { hostedZoneId }: Settings): pulumi.Output<readonly DnsRecord[]> {
    const { domain } = this.#cdn;
    if (domain === undefined) return pulumi.output([]);
    if (this.#cluster.domain?.dns !== "managed" || hostedZoneId === undefined)
      return distribution.domainName.apply((value): readonly DnsRecord[] => [{ name: domain, type: "CNAME", value }]);
    const zoneId = inputOf(hostedZoneId);
    const aliases = [{ name: distribution.domainName, zoneId: distribution.hostedZoneId, evaluateTargetHealth: false }];
    for (const type of ["A", "AAAA"]) {
      const key = type === "A" ? name : `${name}-ipv6`;
      new Record(key, { zoneId, name: domain, type, aliases }, this.child());
    }
    return pulumi.output([]);
  }
}
