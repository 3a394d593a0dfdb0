import type { ProxyBalancer } from "../../model/balancer.js";
import type { Cluster } from "../../model/cluster.js";
import { type Listener } from "../../model/listeners.js";
/** Nginx's block for connections, through which everything comes, and the words that both blocks are written with. */
export type Lines = readonly string[];
export declare const block: (head: string, lines: Lines) => Lines;
export declare const rows: (values: Lines) => Lines;
export declare const wordOf: ({ defaultAction: action }: Pick<Listener, "defaultAction">) => string;
/** Where the http block reads what the stream block took in and counted; the machine's unit removes old ones. */
export declare const socketOf: (port: number) => string;
/** Everything comes in here. Without `reuseport` the packets of one publisher would reach several processes. */
export declare function stream(cluster: Cluster, balancer: ProxyBalancer): Lines;
