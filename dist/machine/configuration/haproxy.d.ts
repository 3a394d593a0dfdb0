import { type ProxyBalancer } from "../../model/balancer.js";
import { type Cluster } from "../../model/cluster.js";
export declare function haproxyConfig(cluster: Cluster, balancer: ProxyBalancer): string;
