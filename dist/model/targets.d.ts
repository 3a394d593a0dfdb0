import type { Cluster, Role } from "./cluster.js";
/** Which ports of the nodes serve what: one table for the balancers' target groups, the firewall and the gate. */
/** A set of backends behind one rule. `panel` is the origins again, with sticky sessions. */
export type TargetName = "origin" | "edge" | "panel" | "rtmp" | "srt";
export interface Target {
    readonly name: TargetName;
    /** The node group that serves it. */
    readonly role: Role;
    readonly protocol: "http" | "tcp" | "udp";
    readonly port: number;
    /** Cookie life; 0 is no stickiness. */
    readonly stickySeconds: number;
}
export declare const nodePort = 5080;
type StreamTarget = Target & {
    readonly protocol: "tcp" | "udp";
};
/**
 * What AMS takes in beside HTTP, as it listens (red5.properties rtmp.port, server.srt_port; ServerSettings.java has the
 * defaults). A row is a listener of the network balancer and a target group where `enabled`, the firewall's rules for
 * them, and, enabled or not, a port that a closed gate refuses.
 */
export declare const ingest: readonly (StreamTarget & {
    readonly enabled: (cluster: Cluster) => boolean;
})[];
/** Ports that a node opens to its members alone while its gate is closed; the first is AMS's HTTP. */
export declare function gatePorts(): Readonly<Record<"tcp" | "udp", readonly number[]>>;
export declare function targets(cluster: Cluster): readonly Target[];
/** The targets behind the network balancer. */
export declare function streamTargets(cluster: Cluster): readonly StreamTarget[];
export {};
