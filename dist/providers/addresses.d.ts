import * as pulumi from "@pulumi/pulumi";
import { type Cluster, type Domain } from "../model/cluster.js";
import type { DnsRecord, Outputs } from "./contract.js";
type Addresses = Pick<Outputs, "publishUrl" | "playUrl" | "rtmpUrl" | "panelUrl" | "statsUrl">;
/** Name of the network balancer, which takes the ingest, below the domain's own. */
export declare const streamName: ({ name }: Domain) => string;
/** Addresses for people: below the domain, or below the balancers' own names; without RTMP its URL is empty. */
export declare function addresses(cluster: Cluster, webHost: pulumi.Output<string>, streamHost?: pulumi.Output<string>): Addresses;
/** Of a name that a person adds at another DNS host. */
export declare const recordType: ({ zone }: Domain, name: string) => DnsRecord["type"];
export {};
