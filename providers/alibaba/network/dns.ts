import { AlidnsRecord } from "@pulumi/alicloud/dns/alidnsRecord.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster, Domain } from "../../../config/types.ts";
import { streamName } from "../../../model/traffic/stream-names.ts";
import { turnName } from "../../../model/traffic/turn.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { nameKey, recordType } from "../../shared/addresses.ts";
import type { DnsRecord } from "../../stack-outputs.ts";

/** What the free edition of Alibaba Cloud DNS allows at least. */
export const ttlSeconds = 600;

/** Hosts of the balancers that have names. */
export interface Entrances {
  readonly web: pulumi.Output<string>;
  readonly stream: pulumi.Output<string> | undefined;
  readonly turn: pulumi.Output<string> | undefined;
}

interface Alias {
  /** ClusterComponent of the logical name. */
  readonly key: string;
  readonly name: string;
  readonly host: pulumi.Output<string>;
}

/** The service's names: records in Alibaba Cloud DNS, or what a person has to add elsewhere. */
export class Dns extends ClusterComponent {
  readonly recordsToAdd: pulumi.Input<readonly DnsRecord[]>;

  constructor(cluster: Cluster, domain: Domain, entrances: Entrances, parent: ClusterComponent) {
    super("Dns", `${cluster.name}-dns`, parent);
    const wanted = aliases(domain, entrances);
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

const aliases = (domain: Domain, { web, stream, turn }: Entrances): readonly Alias[] => [
  { key: "web", name: domain.name, host: web },
  ...(stream === undefined ? [] : [{ key: "stream", name: streamName(domain), host: stream }]),
  ...(turn === undefined ? [] : [{ key: "turn", name: turnName(domain), host: turn }]),
  ...domain.names.map((name) => ({ key: nameKey(name), name, host: web })),
];

const toRecord = (domain: Domain, { name, host }: Alias): pulumi.Output<DnsRecord> =>
  host.apply((value): DnsRecord => ({ name, type: recordType(domain, name), value }));
