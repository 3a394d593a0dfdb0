import type { LoadBalancer as Elb } from "@pulumi/aws/lb/loadBalancer.js";
import { Record } from "@pulumi/aws/route53/record.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster, Domain } from "../../../config/types.ts";
import { streamName } from "../../../model/traffic/stream-names.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { nameKey, recordType } from "../../shared/addresses.ts";
import { inputOf } from "../../shared/handles.ts";
import type { DnsRecord } from "../../stack-outputs.ts";
import type { Balancer } from "../balancing/load-balancer.ts";
import type { Settings } from "../schema.ts";

/** Names for the balancers: alias records in Route 53, or the records that a person has to add elsewhere. */
export class Dns extends ClusterComponent {
  readonly recordsToAdd: pulumi.Output<readonly DnsRecord[]>;

  constructor(
    cluster: Cluster,
    domain: Domain,
    settings: Settings,
    balancer: Pick<Balancer, "web" | "stream">,
    parent: ClusterComponent,
  ) {
    const name = `${cluster.name}-dns`;
    super("Dns", name, parent);
    const names: readonly (readonly [string, string, Elb])[] = [
      [name, domain.name, balancer.web],
      ...domain.names.map((one) => [`${name}-${nameKey(one)}`, one, balancer.web] as const),
      ...(balancer.stream === undefined ? [] : [[`${name}-rtmp`, streamName(domain), balancer.stream] as const]),
    ];
    const external = domain.dns === "external" ? names : [];
    this.recordsToAdd = pulumi.output(
      external.map(([, host, elb]) => ({ name: host, type: recordType(domain, host), value: elb.dnsName })),
    );
    const { hostedZoneId } = settings;
    if (domain.dns === "managed" && hostedZoneId !== undefined) {
      for (const [key, host, elb] of names) this.#addAlias(key, host, elb, inputOf(hostedZoneId));
    }
    this.registerOutputs();
  }

  #addAlias(key: string, name: string, elb: Elb, zoneId: pulumi.Input<string>): void {
    const aliases = [{ name: elb.dnsName, zoneId: elb.zoneId, evaluateTargetHealth: true }];
    new Record(key, { zoneId, name, type: "A", aliases }, this.child());
  }
}
