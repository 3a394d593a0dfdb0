import * as pulumi from "@pulumi/pulumi";
import { checkArgs } from "./providers/args.ts";
import type { AmsClusterArgs } from "./providers/cluster-args.ts";
import { RenderedCluster } from "./providers/rendered-cluster.ts";
import type { DnsRecord } from "./providers/stack-outputs.ts";

export type { AmsClusterArgs } from "./providers/cluster-args.ts";
export type { DnsRecord } from "./providers/stack-outputs.ts";

/**
 * An Ant Media Server cluster on AWS or Alibaba Cloud. `provider`, `providers`, `aliases`, `transforms` and the other component
 * options apply to all child resources.
 *
 * If the arguments are invalid, throws a RunError that lists all faults, before any resources are registered.
 */
export class AmsCluster extends RenderedCluster {
  /** Base URL for WebRTC publishers and the REST API. */
  readonly publishUrl: pulumi.Output<string>;
  /** Base URL for viewers. */
  readonly playUrl: pulumi.Output<string>;
  /** Base URL for HLS and DASH viewers through the CDN; empty if `cdn` is not set. */
  readonly cdnUrl: pulumi.Output<string>;
  /** URL for RTMP publishers; empty if RTMP is disabled. */
  readonly rtmpUrl: pulumi.Output<string>;
  readonly rtmpsUrl: pulumi.Output<string>;
  /** URL of the web panel, which only the administrators' address ranges can access. */
  readonly panelUrl: pulumi.Output<string>;
  /** URL of the proxies' statistics page; empty if there are no proxies or no administrators' address ranges. */
  readonly statsUrl: pulumi.Output<string>;
  readonly panelUser: pulumi.Output<string>;
  /** Name of the secret that contains the panel's password, under `panelPassword`. */
  readonly panelSecret: pulumi.Output<string>;
  readonly databaseEndpoint: pulumi.Output<string>;
  /** DNS records to add manually; empty if the stack manages DNS or there is no domain. */
  readonly dnsRecordsToAdd: pulumi.Output<readonly DnsRecord[]>;
  /** Name of the origins' scaling group. */
  readonly originGroup: pulumi.Output<string>;
  /** Name of the edges' scaling group; empty in standalone mode. */
  readonly edgeGroup: pulumi.Output<string>;
  /** Name of the proxies' scaling group; empty if there are no proxies. */
  readonly balancerGroup: pulumi.Output<string>;

  /** `name`: prefix of every resource name, up to 16 lower-case letters, digits and dashes, unless `args.name` is set. */
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
