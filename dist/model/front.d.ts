import type { Cluster } from "./cluster.js";
/** What the network balancer in front of the proxies listens to; a listener of the same port decides there. */
export interface FrontListener {
    /** Part of the logical name, e.g. `tcp-443`. */
    readonly name: string;
    /** The same for its set of proxies, e.g. `tcp443`: seven characters at most (naming.ts). */
    readonly target: string;
    readonly protocol: "tcp" | "udp";
    readonly port: number;
    /** Whether only admin ranges may come. */
    readonly admin: boolean;
    /** The same words as without proxies, so that a rule of the firewall stays when the kind of balancer changes. */
    readonly why: string;
}
/** Layer 4 only: TLS, rules and sessions are the proxies' own. The statistics page is there for admin ranges. */
export declare function frontListeners(cluster: Cluster): readonly FrontListener[];
