import type { Input } from "@pulumi/pulumi";

export interface DnsRecord {
  readonly name: string;
  /** The apex of a zone cannot have a CNAME (RFC 1034, 3.6.2). DNS providers offer ALIAS, ANAME or CNAME flattening instead. */
  readonly type: "CNAME" | "ALIAS";
  readonly value: string;
}

/** Stack outputs: the same keys on both clouds. */
export interface Outputs {
  readonly publishUrl: Input<string>;
  readonly playUrl: Input<string>;
  /** Where an HLS audience connects; empty without a CDN. */
  readonly cdnUrl: Input<string>;
  readonly rtmpUrl: Input<string>;
  /** Empty without ams:balancer.rtmps. */
  readonly rtmpsUrl: Input<string>;
  readonly panelUrl: Input<string>;
  /** Statistics page of the proxies. Empty without proxies or without admin ranges. */
  readonly statsUrl: Input<string>;
  /** Address of the TURN servers that AMS hands out; empty without any. */
  readonly turnUri: Input<string>;
  /** Their address over TLS; empty without ams:turn.tls. */
  readonly turnsUri: Input<string>;
  readonly panelUser: Input<string>;
  /** Name of the secret that contains the panel's password, as `panelPassword`. */
  readonly panelSecret: Input<string>;
  /** Public addresses that origins may have; empty without ams:origin.fixedAddresses. */
  readonly originAddresses: Input<readonly Input<string>[]>;
  readonly databaseEndpoint: Input<string>;
  /** Records to add manually. Empty if the stack manages DNS, or without a domain. */
  readonly dnsRecordsToAdd: Input<readonly DnsRecord[]>;
  readonly originGroup: Input<string>;
  readonly edgeGroup: Input<string>;
  /** Group of the proxies. Empty with the cloud's own load balancer. */
  readonly balancerGroup: Input<string>;
  readonly imageIds: Input<Readonly<Record<"origin" | "edge" | "database" | "proxy" | "turn", Input<string>>>>;
}
