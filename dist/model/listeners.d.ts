import { type Cluster } from "./cluster.js";
import { type TargetName } from "./targets.js";
/**
 * Who listens where and which group answers: one table for the managed balancers of both clouds and for the proxies.
 * Ports 80/443 publish and 5080/5443 play (seeds 000 and 001); 443 also splits by query and path, because AMS's
 * JavaScript SDK adds `target=` by itself and HLS players add nothing.
 */
export type Action = {
    readonly kind: "forward";
    readonly to: TargetName;
} | {
    readonly kind: "redirect";
    readonly port: number;
} | {
    readonly kind: "deny";
};
/** All parts that are given must match; each list matches if one of its values does. */
export interface Condition {
    readonly paths?: readonly string[];
    /** The same and more as regular expressions, for a cloud that knows them; there they stand in the patterns' place. */
    readonly pathRegexes?: readonly string[];
    readonly query?: {
        readonly key: string;
        readonly value: string;
    };
    readonly sources?: readonly string[];
}
export interface Rule {
    readonly name: string;
    /** Lower goes first; fixed by the table, never by the place in a list. */
    readonly priority: number;
    readonly when: Condition;
    readonly action: Action;
}
export interface Listener {
    /** Part of the logical name, e.g. `https-443`. */
    readonly name: string;
    readonly protocol: "http" | "https" | "tcp" | "udp";
    readonly port: number;
    readonly defaultAction: Action;
    readonly rules: readonly Rule[];
}
/** GET here needs no login and says whether Tomcat serves; AMS has it since 2.5 (Ant-Media-Server pull request 4513). */
export declare const healthPath = "/rest/v2/liveness";
export declare const panelPort = 4444;
/** As many chunks as there are priorities between the first admin rule and the deny rule. */
export declare const maxAdminCidrs: number;
/** Listeners of the application (layer 7) balancer. */
export declare function httpListeners(cluster: Cluster): readonly Listener[];
/** Listeners of the network (layer 4) balancer: ingest only, to the origins. */
export declare function streamListeners(cluster: Cluster): readonly Listener[];
/** Addresses for people, with the port only where the scheme doesn't imply it. */
export declare function urls(cluster: Cluster, host: string, streamHost: string): Readonly<Record<"publish" | "play" | "rtmp" | "panel", string>>;
