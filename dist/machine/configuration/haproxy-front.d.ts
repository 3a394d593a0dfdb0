import { type ProxyBalancer } from "../../model/balancer.js";
import { type Cluster } from "../../model/cluster.js";
export type Lines = readonly string[];
export declare const section: (head: string, lines: Lines) => Lines;
export declare function rangeList(name: string, ranges: Lines): Lines;
/**
 * What no client of AMS sends is refused before anything is decided. An HTTP/2 request's URL is absolute within HAProxy,
 * whatever the client wrote. Of the protocols that a connection may change to, WebSocket alone is passed on: within
 * another one a client could ask for anything.
 */
export declare const refused: Lines;
export declare const bind: (port: number, tls: boolean) => string;
/** Where a frontend reads what the TLS frontend has decrypted: a socket without a file. */
export declare const decrypted: (port: number) => string;
/**
 * TLS has a frontend of its own, because a handshake has the frontend's `timeout client`, and an upload or a player may
 * be silent for longer. Once a connection is passed on, `timeout tunnel` stands in that time-out's place (HAProxy's
 * configuration manual), and the next frontend has its own.
 */
export declare function tlsFrontend(cluster: Cluster, { machine }: ProxyBalancer, sources: Lines): Lines;
/** Connections of each client's address, over all frontends. */
export declare const sourceTable: Lines;
/** Refuses a client's address with too many connections; those that many share may be trusted. */
export declare const limitOf: ({ connectionsPerSource, trustedSources }: ProxyBalancer) => Lines;
export declare function statistics(cluster: Cluster): Lines;
/** HAProxy starts only with a list of nodes, so that an answer says that it is at work. */
export declare const health: Lines;
