import { AlidnsRecord } from "@pulumi/alicloud/dns/alidnsRecord.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster, Domain } from "../../../config/types.ts";
import { streamName } from "../../../model/traffic/stream-names.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { nameKey, recordType } from "../../shared/addresses.ts";
import type { DnsRecord } from "../../stack-outputs.ts";
import type { Balancer } from "../balancing/load-balancer.ts";

/** What the free edition of Alibaba Cloud DNS allows at least. */
export const ttlSeconds = 600;

interface Alias {
  /** ClusterComponent of the logical name. */
  readonly key: string;
  readonly name: string;
  readonly host: pulumi.Output<string>;
}

/** The service's names: records in Alibaba Cloud DNS, or what a person has to add elsewhere. */
export class Dns extends ClusterComponent {
  readonly recordsToAdd: pulumi.Input<readonly DnsRecord[]>;

  constructor(cluster: Cluster, domain: Domain, balancer: Balancer, parent: ClusterComponent) {
    super("Dns", `${cluster.name}-dns`, parent);
    const wanted = aliases(domain, balancer);
    if (domain.dns === "managed") for (const alias of wanted) this.#addRecord(cluster, domain, alias);
    this.recordsToAdd = domain.dns === "managed" ? [] : pulumi.all(wanted.map((alias) => toRecord(domain, alias)));
    this.registerOutputs();
  }

  #addRecord({ name }: Cluster, { zone }: Domain, alias: Alias): void {
    new AlidnsRecord(
      `${name}-dns-${alias.key}`,
      {
        domainName: zone,
        rr: alias.name === zone ? "@" : alias.name.slice(0, -zone.length - 1),
        type: "CNAME",
        value: alias.host,
        ttl: ttlSeconds,
      },
      this.child(),
    );
  }
}

function aliases(domain: Domain, { webHost, streamHost }: Balancer): readonly Alias[] {
  const web = { key: "web", name: domain.name, host: webHost };
  const more = domain.names.map((name) => ({ key: nameKey(name), name, host: webHost }));
  const stream = streamHost === undefined ? [] : [{ key: "stream", name: streamName(domain), host: streamHost }];
  return [web, ...stream, ...more];
}

const toRecord = (domain: Domain, { name, host }: Alias): pulumi.Output<DnsRecord> =>
  host.apply((value): DnsRecord => ({ name, type: recordType(domain, name), value }));
