import * as pulumi from "@pulumi/pulumi";
import { checkArgs } from "./providers/args.ts";
import type { AmsClusterArgs } from "./providers/cluster-args.ts";
import { RenderedCluster } from "./providers/rendered-cluster.ts";
import type { DnsRecord } from "./providers/stack-outputs.ts";

export type { AmsClusterArgs } from "./providers/cluster-args.ts";
export type { DnsRecord } from "./providers/stack-outputs.ts";

/**
 * An Ant Media Server cluster on AWS or Alibaba Cloud. `provider`, `providers`, `aliases`, `transforms` and the other options
 * of a component reach all that it makes.
 *
 * Throws a RunError that names every fault of the arguments, before the first resource.
 */
export class AmsCluster extends RenderedCluster {
  /** Where publishers connect with WebRTC and the REST API answers. */
  readonly publishUrl: pulumi.Output<string>;
  /** Where viewers connect. */
  readonly playUrl: pulumi.Output<string>;
  /** Where an HLS audience connects; empty without `cdn`. */
  readonly cdnUrl: pulumi.Output<string>;
  /** Where publishers send RTMP; empty without it. */
  readonly rtmpUrl: pulumi.Output<string>;
  readonly rtmpsUrl: pulumi.Output<string>;
  /** Web panel, for the administrators' ranges. */
  readonly panelUrl: pulumi.Output<string>;
  /** Statistics page of the proxies; empty without proxies or without administrators' ranges. */
  readonly statsUrl: pulumi.Output<string>;
  readonly panelUser: pulumi.Output<string>;
  /** Name of the secret that holds the panel's password, under `panelPassword`. */
  readonly panelSecret: pulumi.Output<string>;
  readonly databaseEndpoint: pulumi.Output<string>;
  /** DNS records that a person has to add; empty where the cloud's DNS is managed or there is no domain. */
  readonly dnsRecordsToAdd: pulumi.Output<readonly DnsRecord[]>;
  /** Name of the origins' scaling group. */
  readonly originGroup: pulumi.Output<string>;
  /** Name of the edges' scaling group; empty in standalone mode. */
  readonly edgeGroup: pulumi.Output<string>;
  /** Name of the proxies' scaling group; empty with the cloud's own balancer. */
  readonly balancerGroup: pulumi.Output<string>;

  /** `name`: prefix of every name, at most 16 lower-case letters, digits and dashes, unless `args.name` says another. */
  constructor(name: string, args: AmsClusterArgs, options: pulumi.ComponentResourceOptions = {}) {
    const { checked, secrets } = checkArgs(name, args);
    super(name, (root) => checked.render(secrets, root), checked.warnings, options);
    const { outputs } = this;
    this.publishUrl = pulumi.output(outputs.publishUrl);
    this.playUrl = pulumi.output(outputs.playUrl);
    this.cdnUrl = pulumi.output(outputs.cdnUrl);
    this.rtmpUrl = pulumi.output(outputs.rtmpUrl);
    this.rtmpsUrl = pulumi.output(outputs.rtmpsUrl);
    this.panelUrl = pulumi.output(outputs.panelUrl);
    this.statsUrl = pulumi.output(outputs.statsUrl);
    this.panelUser = pulumi.output(outputs.panelUser);
    this.panelSecret = pulumi.output(outputs.panelSecret);
    this.databaseEndpoint = pulumi.output(outputs.databaseEndpoint);
    this.dnsRecordsToAdd = pulumi.output(outputs.dnsRecordsToAdd);
    this.originGroup = pulumi.output(outputs.originGroup);
    this.edgeGroup = pulumi.output(outputs.edgeGroup);
    this.balancerGroup = pulumi.output(outputs.balancerGroup);
  }
}
