import { type ProxyBalancer } from "../../model/balancer.js";
import { type Cluster } from "../../model/cluster.js";
export declare function nginxConfig(cluster: Cluster, balancer: ProxyBalancer): string;
/** What every server that serves has; `$to` says where to. */
export declare const nginxRoutes: () => string;
