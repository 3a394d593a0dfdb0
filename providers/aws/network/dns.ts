import type { LoadBalancer as Elb } from "@pulumi/aws/lb/loadBalancer.js";
import { Record } from "@pulumi/aws/route53/record.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster, Domain } from "../../../config/types.ts";
import { takesIpv6 } from "../../../model/traffic/balancer.ts";
import { streamName } from "../../../model/traffic/stream-names.ts";
import { turnName } from "../../../model/traffic/turn.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { nameKey, recordType } from "../../shared/addresses.ts";
import { inputOf } from "../../shared/handles.ts";
import type { DnsRecord } from "../../stack-outputs.ts";
import type { Settings } from "../schema.ts";

/** The balancers that have names. */
export interface Entrances {
  readonly web: Elb;
  readonly stream: Elb | undefined;
  readonly turn: Elb | undefined;
}

/** Names for the balancers: alias records in Route 53, or the records that a person has to add elsewhere. */
export class Dns extends ClusterComponent {
  readonly recordsToAdd: pulumi.Output<readonly DnsRecord[]>;

  constructor(
    cluster: Cluster,
    domain: Domain,
    settings: Settings,
    { web, stream, turn }: Entrances,
    parent: ClusterComponent,
  ) {
    const name = `${cluster.name}-dns`;
    super("Dns", name, parent);
    const names: readonly (readonly [string, string, Elb])[] = [
      [name, domain.name, web],
      ...domain.names.map((one) => [`${name}-${nameKey(one)}`, one, web] as const),
      ...(stream === undefined ? [] : [[`${name}-rtmp`, streamName(domain), stream] as const]),
      ...(turn === undefined ? [] : [[`${name}-turn`, turnName(domain), turn] as const]),
    ];
    const external = domain.dns === "external" ? names : [];
    this.recordsToAdd = pulumi.output(
      external.map(([, host, elb]) => ({ name: host, type: recordType(domain, host), value: elb.dnsName })),
    );
    const { hostedZoneId } = settings;
    if (domain.dns === "managed" && hostedZoneId !== undefined) {
      for (const [key, host, elb] of names) {
        this.#addAlias(key, host, elb, inputOf(hostedZoneId));
        if (elb === web && takesIpv6(cluster)) this.#addAlias(`${key}-ipv6`, host, elb, inputOf(hostedZoneId), "AAAA");
      }
    }
    this.registerOutputs();
  }

  #addAlias(key: string, name: string, elb: Elb, zoneId: pulumi.Input<string>, type: "A" | "AAAA" = "A"): void {
    const aliases = [{ name: elb.dnsName, zoneId: elb.zoneId, evaluateTargetHealth: true }];
    new Record(key, { zoneId, name, type, aliases }, this.child());
  }
}
