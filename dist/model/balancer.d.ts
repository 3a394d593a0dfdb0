import type { Cluster, MachineSize } from "./cluster.js";
export interface HealthCheck {
    /** Pause between two checks of a node. @default 10: with two failures a dead node is out in 20 s, as AMS itself counts it dead (seed 003) */
    readonly intervalSeconds: number;
    /** How long a node may take to answer. @default 5 */
    readonly timeoutSeconds: number;
    /** Good checks after which a node gets traffic. @default 2 */
    readonly healthyThreshold: number;
    /** Failed checks after which it gets none. @default 2 */
    readonly unhealthyThreshold: number;
}
interface BalancerBase {
    /** What the plain HTTP listeners do when there is a certificate; `forward` serves players and publishers, and the panel to nobody. @default "redirect" */
    readonly http: "redirect" | "forward";
    /** How long a leaving node keeps its open connections. @default 900 (the most that both clouds allow) */
    readonly drainSeconds: number;
    /** Silence after which a connection is closed; AMS's own players ping every 3 s. @default 600 (the most that both clouds allow) */
    readonly idleTimeoutSeconds: number;
    readonly health: HealthCheck;
    /** How long the panel's sessions stay on one node: AMS keeps them in memory. @default 86400 */
    readonly panelStickinessSeconds: number;
    /** RTMP ingest, tcp 1935, to the origins. @default true */
    readonly rtmp: boolean;
    /** SRT ingest, udp 4200, to the origins; HAProxy has no UDP. @default true, with haproxy false */
    readonly srt: boolean;
}
/** The cloud's own application balancer, with its network balancer for ingest. */
export interface ManagedBalancer extends BalancerBase {
    readonly kind: "managed";
}
/** HAProxy or Nginx on machines of our own behind the cloud's network balancer (seeds 002, 003 and 004). */
export interface ProxyBalancer extends BalancerBase {
    readonly kind: "haproxy" | "nginx";
    /** Size of the proxies' machines. @default "compute-2" */
    readonly machine: MachineSize;
    /** Machines, spread over the zones. @default 2 */
    readonly count: number;
    /** Connections of one client's address that each proxy takes at once; whole offices and mobile networks share one. @default 5000 */
    readonly connectionsPerSource: number;
    /** Ranges without that limit: offices, CDNs, load tests. @default [] */
    readonly trustedSources: readonly string[];
}
export type Balancer = ManagedBalancer | ProxyBalancer;
export type ProxyKind = ProxyBalancer["kind"];
/** The proxies, if the balancer runs on machines of our own. */
export declare function proxyOf({ balancer }: Pick<Cluster, "balancer">): ProxyBalancer | undefined;
/** Whether the proxies get their certificate from an authority themselves, and share it through a secret. */
export declare const proxiesRenew: (cluster: Pick<Cluster, "balancer" | "certificate">) => boolean;
/** Statistics page of the proxies: a password, and admin ranges only (seed 004: 6080). */
export declare const statsPort = 6080;
/** Where a proxy says that it is at work; for the network balancer's checks alone. */
export declare const proxyHealthPort = 6081;
export declare const proxyHealthPath = "/";
/** Where the one proxy that renews the certificate answers the authority's HTTP challenge, for the others to ask. */
export declare const acmePort = 8402;
export {};
