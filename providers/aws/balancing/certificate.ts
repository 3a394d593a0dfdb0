import { Certificate as AcmCertificate } from "@pulumi/aws/acm/certificate.js";
import { CertificateValidation } from "@pulumi/aws/acm/certificateValidation.js";
import { Record } from "@pulumi/aws/route53/record.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster, Certificate as Source } from "../../../config/types.ts";
import { assertNever } from "../../../model/cluster.ts";
import { namedTags } from "../../../model/naming.ts";
import { certificateNames } from "../../../model/traffic/stream-names.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import type { Secrets } from "../../contract.ts";
import { inputOf } from "../../shared/handles.ts";
import type { DnsRecord } from "../../stack-outputs.ts";
import type { Settings } from "../schema.ts";

/** An ACM certificate that is ready for a listener. */
export class Certificate extends ClusterComponent {
  readonly arn: pulumi.Output<string>;
  /** What a person has to add so that ACM may issue the certificate; empty when Route 53 is ours or nothing is issued. */
  readonly recordsToAdd: pulumi.Output<readonly DnsRecord[]>;
  readonly #cluster: Cluster;

  constructor(cluster: Cluster, settings: Settings, given: Secrets, parent: ClusterComponent) {
    super("Certificate", `${cluster.name}-certificate`, parent);
    this.#cluster = cluster;
    const made = this.#make(cluster.certificate, settings, given);
    this.arn = made.arn;
    this.recordsToAdd = made.recordsToAdd ?? pulumi.output([]);
    this.registerOutputs();
  }

  get #name(): string {
    return `${this.#cluster.name}-certificate`;
  }

  #make(source: Source, settings: Settings, given: Secrets): Pick<Certificate, "arn"> & Partial<Certificate> {
    switch (source.source) {
      case "issued":
        return this.#issue(settings);
      case "uploaded":
        return { arn: this.#import(source.pem, given).arn };
      case "existing":
        return { arn: pulumi.output(inputOf(source.id)) };
      case "none":
        throw new Error("a cluster without a certificate cannot have a Certificate component");
      default:
        return assertNever(source);
    }
  }

  #import(pem: string, given: Secrets): AcmCertificate {
    const [body, ...chain] = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    return new AcmCertificate(
      this.#name,
      {
        certificateBody: body,
        // ACM takes the certificate and those above it apart.
        ...(chain.length === 0 ? {} : { certificateChain: chain.join("\n") }),
        privateKey: given.certificateKey,
        tags: namedTags(this.#cluster, this.#name),
      },
      this.child(),
    );
  }

  #issue(settings: Settings): Issued {
    const { domain } = this.#cluster;
    if (domain === undefined) throw new Error("the certificate requires a domain");
    return issueCertificate(this, this.#cluster, settings, {
      name: this.#name,
      host: domain.name,
      names: certificateNames(this.#cluster).slice(1),
    });
  }
}

/** ARN of a certificate, once it is issued, and what a person has to add before. */
export interface Issued {
  readonly arn: pulumi.Output<string>;
  readonly recordsToAdd: pulumi.Output<readonly DnsRecord[]>;
}

interface Request {
  /** Logical name. */
  readonly name: string;
  readonly host: string;
  /** Further names and wildcards. @default none */
  readonly names?: readonly string[];
  /** @default the stack's */
  readonly region?: string;
}

/** Has ACM issue a certificate, and waits for it: nothing takes one that is still pending. */
export function issueCertificate(
  component: ClusterComponent,
  cluster: Cluster,
  { hostedZoneId }: Settings,
  { name, host, names = [], region }: Request,
): Issued {
  const place = region === undefined ? {} : { region };
  const certificate = new AcmCertificate(
    name,
    {
      ...place,
      domainName: host,
      ...(names.length === 0 ? {} : { subjectAlternativeNames: [...names] }),
      validationMethod: "DNS",
      tags: namedTags(cluster, name),
    },
    component.child(),
  );
  const proofs = provedNames(host, names).map((proved) => ({ proved, record: proofOf(certificate, proved) }));
  const zoneId = cluster.domain?.dns === "managed" && hostedZoneId !== undefined ? inputOf(hostedZoneId) : undefined;
  const fqdns =
    zoneId === undefined
      ? undefined
      : proofs.map(({ proved, record }) => {
          const key = proved === host ? "proof" : `proof-${proved}`;
          return addProof(component, `${name}-${key}`, record, zoneId).fqdn;
        });
  // The update waits for ACM, and ACM for the person: the records have to be seen before the outputs are.
  if (fqdns === undefined) for (const { record } of proofs) announce(record, certificate);
  const validation = new CertificateValidation(
    name,
    {
      ...place,
      certificateArn: certificate.arn,
      ...(fqdns === undefined ? {} : { validationRecordFqdns: fqdns }),
    },
    component.child(),
  );
  return {
    arn: validation.certificateArn,
    recordsToAdd: fqdns === undefined ? pulumi.all(proofs.map(({ record }) => record)) : pulumi.output([]),
  };
}

function announce(proof: pulumi.Output<DnsRecord>, certificate: AcmCertificate): void {
  proof.apply(({ name, value }) =>
    pulumi.log.info(
      `ACM issues and renews the certificate as long as this DNS record exists: ${name} CNAME ${value}`,
      certificate,
    ),
  );
}

function addProof(
  component: ClusterComponent,
  logicalName: string,
  { name, type, value }: pulumi.Output<DnsRecord>,
  zoneId: pulumi.Input<string>,
): Record {
  // ACM asks an account for the same record again for the same name, so that one may be left of a former stack.
  const record = { zoneId, name, type, records: [value], ttl: 300, allowOverwrite: true };
  return new Record(logicalName, record, component.child());
}

/** Names with a record of their own: a wildcard has that of the name that it is below (ACM user guide, "DNS validation"). */
const provedNames = (name: string, names: readonly string[]): readonly string[] => [
  ...new Set([name, ...names.map((one) => one.replace(/^\*\./, ""))]),
];

function proofOf(certificate: AcmCertificate, host: string): pulumi.Output<DnsRecord> {
  return certificate.domainValidationOptions.apply((options): DnsRecord => {
    const option = options.find(({ domainName }) => domainName.replace(/^\*\./, "") === host) ?? options[0];
    if (option === undefined) throw new Error("ACM returned no domain validation record");
    return { name: option.resourceRecordName, type: "CNAME", value: option.resourceRecordValue };
  });
}
