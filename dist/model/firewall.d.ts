import { type Cluster } from "./cluster.js";
/**
 * Every allowed flow as a row; what no row names is closed. Ports and their sources: Ant Media's installation guide,
 * ServerSettings.java (5000 between nodes, not 5000-65000 as before 2.4.3) and AppSettings.java (WebRTC 50000-60000).
 */
/**
 * `internet` is anybody, `admin` the admin ranges, `bastion` the owner's group of administrators' machines; the others
 * are machines of the cluster.
 */
export type Peer = "internet" | "admin" | "bastion" | Member;
/** Peers that own a security group. */
export type Member = "balancer" | "proxy" | "origin" | "edge" | "database";
export interface Flow {
    /** Part of the logical name, stable and unique, e.g. `internet-balancer-tcp-443`. */
    readonly key: string;
    readonly from: Peer;
    readonly to: Peer;
    readonly protocol: "tcp" | "udp" | "all";
    /** First and last port; 0 to 65535 with protocol `all`. */
    readonly ports: readonly [number, number];
    /** Fixed text: on AWS a rule's description is part of its identity, and takes no apostrophe. */
    readonly why: string;
}
/** The groups that this cluster has. */
export declare function membersOf(cluster: Cluster): readonly Member[];
export declare const isMember: (peer: Peer) => peer is Member;
/** ApsaraDB for MongoDB has a port of its own; everybody else has MongoDB's. */
export declare function databasePort(cluster: Cluster): number;
/** All flows that the cluster needs; rows of `admin` apply to each admin range and vanish without one. */
export declare function flows(cluster: Cluster): readonly Flow[];
