import { DomainConfig } from "@pulumi/alicloud/cdn/domainConfig.js";
import { DomainNew } from "@pulumi/alicloud/cdn/domainNew.js";
import { AlidnsRecord } from "@pulumi/alicloud/dns/alidnsRecord.js";
import * as pulumi from "@pulumi/pulumi";
import type { Handle } from "../../../config/handle.ts";
import { certificateHome } from "../../../config/remedy/examples.ts";
import type { Cdn as CdnKeys, Cluster, Domain } from "../../../config/types.ts";
import { namedTags } from "../../../model/naming.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { inputOf } from "../../shared/handles.ts";
import type { DnsRecord } from "../../stack-outputs.ts";
import { ttlSeconds } from "../network/dns.ts";
import { certificateForm } from "./check-cdn.ts";
import { features } from "./rules.ts";

/** Alibaba Cloud CDN before the edges' live HLS and DASH. */
export class Cdn extends ClusterComponent {
  readonly url: string;
  readonly recordsToAdd: pulumi.Output<readonly DnsRecord[]>;

  constructor(cluster: Cluster, cdn: CdnKeys, cdnKey: pulumi.Output<string> | undefined, parent: ClusterComponent) {
    const name = `${cluster.name}-cdn`;
    super("Cdn", name, parent);
    const { domain } = cluster;
    if (domain === undefined || cdn.domain === undefined || cdn.certificateId === undefined)
      throw new Error("the CDN lacks a host name or a certificate");
    const made = new DomainNew(
      name,
      {
        domainName: cdn.domain,
        cdnType: "web",
        scope: scopeOf(cluster.region),
        sources: [{ type: "domain", content: domain.name, port: 443, priority: 20, weight: 10 }],
        certificateConfig: certificateOf(cdn.certificateId),
        tags: namedTags(cluster, name),
      },
      this.child(),
    );
    let before: pulumi.Resource = made;
    for (const { key, name: functionName, args } of features(cluster, cdn, domain.name, cdnKey)) {
      const functionArgs = Object.entries(args).map(([argName, argValue]) => ({ argName, argValue }));
      // Three calls a second are allowed (BatchSetCdnDomainConfig), and after each the provider waits for the domain.
      before = new DomainConfig(
        `${name}-${key}`,
        { domainName: made.domainName, functionName, functionArgs },
        this.child({ dependsOn: [before] }),
      );
    }
    this.url = `https://${cdn.domain}/`;
    this.recordsToAdd = this.#addName(name, cdn.domain, domain, made.cname);
    this.registerOutputs();
  }

  #addName(
    name: string,
    host: string,
    { zone, dns }: Domain,
    cname: pulumi.Output<string>,
  ): pulumi.Output<readonly DnsRecord[]> {
    if (dns === "external") return cname.apply((value): readonly DnsRecord[] => [{ name: host, type: "CNAME", value }]);
    const rr = host.slice(0, -zone.length - 1);
    new AlidnsRecord(name, { domainName: zone, rr, type: "CNAME", value: cname, ttl: ttlSeconds }, this.child());
    return pulumi.output([]);
  }
}

/** Points of presence in the Chinese mainland serve registered names alone, and belong to its regions' clusters. */
const scopeOf = (region: string): string => (certificateHome(region) === "cn-hangzhou" ? "domestic" : "overseas");

function certificateOf(id: Handle) {
  const parts = pulumi.output(inputOf(id)).apply((text) => certificateForm.exec(text) ?? ["", text, ""]);
  return {
    certType: "cas",
    certId: parts.apply(([, number = ""]) => number),
    certRegion: parts.apply(([, , home = ""]) => home),
    serverCertificateStatus: "on",
  };
}
