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
        throw new Error("a cluster without a certificate has no Certificate part");
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

  #issue({ hostedZoneId }: Settings): Pick<Certificate, "arn" | "recordsToAdd"> {
    const { domain } = this.#cluster;
    const names = certificateNames(this.#cluster).slice(1);
    const certificate = new AcmCertificate(
      this.#name,
      {
        domainName: domain?.name,
        ...(names.length === 0 ? {} : { subjectAlternativeNames: [...names] }),
        validationMethod: "DNS",
        tags: namedTags(this.#cluster, this.#name),
      },
      this.child(),
    );
    const proofs = provedNames(domain?.name ?? "", names).map((host) => ({ host, record: proofOf(certificate, host) }));
    if (domain?.dns === "managed" && hostedZoneId !== undefined) {
      const records = proofs.map(({ host, record }) => {
        const key = host === domain.name ? "proof" : `proof-${host}`;
        return this.#addProof(key, record, inputOf(hostedZoneId));
      });
      const fqdns = records.map(({ fqdn }) => fqdn);
      return { arn: this.#validated(certificate, fqdns), recordsToAdd: pulumi.output([]) };
    }
    // The update waits for ACM, and ACM for the person: the records have to be seen before the outputs are.
    for (const { record } of proofs)
      record.apply(({ name, value }) =>
        pulumi.log.info(
          `ACM issues and renews the certificate once this DNS record stands: ${name} CNAME ${value}`,
          certificate,
        ),
      );
    return { arn: this.#validated(certificate), recordsToAdd: pulumi.all(proofs.map(({ record }) => record)) };
  }

  #addProof(key: string, proof: pulumi.Output<DnsRecord>, zoneId: pulumi.Input<string>): Record {
    const { name, type, value } = proof;
    // ACM asks an account for the same record again for the same name, so that one may be left of a former stack.
    const record = { zoneId, name, type, records: [value], ttl: 300, allowOverwrite: true };
    return new Record(`${this.#name}-${key}`, record, this.child());
  }

  /** The ARN, once the certificate is issued: a listener refuses one that is still pending. */
  #validated(certificate: AcmCertificate, validationRecordFqdns?: pulumi.Input<string>[]): pulumi.Output<string> {
    const validation = new CertificateValidation(
      this.#name,
      {
        certificateArn: certificate.arn,
        ...(validationRecordFqdns === undefined ? {} : { validationRecordFqdns }),
      },
      this.child(),
    );
    return validation.certificateArn;
  }
}

/** Names with a record of their own: a wildcard has that of the name that it is below (ACM user guide, "DNS validation"). */
const provedNames = (name: string, names: readonly string[]): readonly string[] => [
  ...new Set([name, ...names.map((one) => one.replace(/^\*\./, ""))]),
];

function proofOf(certificate: AcmCertificate, host: string): pulumi.Output<DnsRecord> {
  return certificate.domainValidationOptions.apply((options): DnsRecord => {
    const option = options.find(({ domainName }) => domainName.replace(/^\*\./, "") === host) ?? options[0];
    if (option === undefined) throw new Error("ACM named no record that proves who owns the domain");
    return { name: option.resourceRecordName, type: "CNAME", value: option.resourceRecordValue };
  });
}
