import * as pulumi from "@pulumi/pulumi";
import type { Cluster, Domain } from "../model/cluster.ts";
import { urls } from "../model/listeners.ts";
import type { Outputs } from "./contract.ts";

type Addresses = Pick<Outputs, "publishUrl" | "playUrl" | "rtmpUrl" | "panelUrl">;

/** Name of the network balancer, which takes the ingest, below the domain's own. */
export const streamName = ({ name }: Domain): string => `rtmp.${name}`;

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
  return {
    publishUrl: known.publish,
    playUrl: known.play,
    rtmpUrl: cluster.balancer.rtmp ? known.rtmp : "",
    panelUrl: known.panel,
  };
}
