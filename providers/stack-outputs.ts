import type { Input } from "@pulumi/pulumi";

export interface DnsRecord {
  readonly name: string;
  /** A zone's own name takes no CNAME (RFC 1034, 3.6.2): DNS hosts have ALIAS, ANAME or flattening for it. */
  readonly type: "CNAME" | "ALIAS";
  readonly value: string;
}

/** Stack outputs: the same keys on both clouds. */
export interface Outputs {
  readonly publishUrl: Input<string>;
  readonly playUrl: Input<string>;
  readonly rtmpUrl: Input<string>;
  /** Empty without ams:balancer.rtmps. */
  readonly rtmpsUrl: Input<string>;
  readonly panelUrl: Input<string>;
  /** Statistics page of the proxies; empty without proxies or without admin ranges. */
  readonly statsUrl: Input<string>;
  readonly panelUser: Input<string>;
  /** Name of the secret that holds the panel's password, under `panelPassword`. */
  readonly panelSecret: Input<string>;
  readonly databaseEndpoint: Input<string>;
  /** Records that a person has to add; empty when the cloud's DNS is managed or there is no domain. */
  readonly dnsRecordsToAdd: Input<readonly DnsRecord[]>;
  readonly originGroup: Input<string>;
  readonly edgeGroup: Input<string>;
  /** Group of the proxies; empty where the cloud's own balancer is at work. */
  readonly balancerGroup: Input<string>;
  readonly imageIds: Input<Readonly<Record<"origin" | "edge" | "database" | "proxy", Input<string>>>>;
}
