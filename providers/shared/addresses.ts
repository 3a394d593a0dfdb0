import * as pulumi from "@pulumi/pulumi";
import type { Cluster, Domain } from "../../config/types.ts";
import { usesTls } from "../../model/cluster.ts";
import { proxyOf, statsPort } from "../../model/traffic/balancer.ts";
import { streamName, tlsStreamName } from "../../model/traffic/stream-names.ts";
import { rtmpsPort } from "../../model/traffic/targets.ts";
import { turnsUri, turnUri } from "../../model/traffic/turn.ts";
import { urls } from "../../model/traffic/urls.ts";
import type { DnsRecord, Outputs } from "../stack-outputs.ts";

type Addresses = Pick<
  Outputs,
  "publishUrl" | "playUrl" | "rtmpUrl" | "rtmpsUrl" | "panelUrl" | "statsUrl" | "turnUri" | "turnsUri"
>;

/** Part of the logical name of a further name's record, which no number moves. */
export const nameKey = (name: string): string => `name-${name.replace("*", "any")}`;

const hasStats = (cluster: Cluster): boolean => proxyOf(cluster) !== undefined && cluster.access.adminCidrs.length > 0;

/** Addresses for people: below the domain, or below the balancers' own names; without RTMP its URL is empty. */
export function addresses(
  cluster: Cluster,
  webHost: pulumi.Output<string>,
  streamHost?: pulumi.Output<string>,
): Addresses {
  const { domain } = cluster;
  const web = pulumi.output(domain?.name ?? webHost);
  const stream = pulumi.output(domain === undefined ? (streamHost ?? "") : streamName(domain));
  const known = pulumi.all([web, stream]).apply(([host, rtmpHost]) => urls(cluster, host, rtmpHost));
  const secure = pulumi.output(domain === undefined ? stream : tlsStreamName(cluster, domain));
  return {
    publishUrl: known.publish,
    playUrl: known.play,
    rtmpUrl: cluster.balancer.rtmp ? known.rtmp : "",
    rtmpsUrl: cluster.balancer.rtmps ? pulumi.interpolate`rtmps://${secure}:${rtmpsPort}/` : "",
    panelUrl: known.panel,
    statsUrl: hasStats(cluster)
      ? pulumi.interpolate`${usesTls(cluster) ? "https" : "http"}://${web}:${statsPort}/`
      : "",
    turnUri: turnUri(cluster) ?? "",
    turnsUri: turnsUri(cluster) ?? "",
  };
}

/** Of a name that a person adds at another DNS host. */
export const recordType = ({ zone }: Domain, name: string): DnsRecord["type"] => (name === zone ? "ALIAS" : "CNAME");
