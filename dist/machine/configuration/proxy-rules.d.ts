import type { Cluster } from "../../model/cluster.js";
import type { Action, Condition, Rule } from "../../model/listeners.js";
/** What both proxies make of the listener table's rules: regular expressions, and few rules where the clouds need many. */
/** Silence after which a WebSocket or an RTMP connection is closed (seed 004: `timeout tunnel 2h`). */
export declare const tunnelSeconds = 7200;
/** Cookie that keeps the panel's sessions, which AMS has in memory under JSESSIONID, on their node. */
export declare const stickyCookie = "AMSNODE";
/** Where the certificate authority asks for its proof (RFC 8555, section 8.3). */
export declare const challengePath = "/.well-known/acme-challenge/";
/**
 * A raw path, up to its query, that the proxies and Tomcat could read differently: an escape that is none or that hides a
 * slash, a backslash or a control character; a backslash; an escape within a path parameter, since Tomcat cuts `;...`
 * off before it decodes (CoyoteAdapter.parsePathParameters) and proxies decode first; and dot segments, written either
 * way and with parameters, which Tomcat resolves after that. No client of AMS sends any of them.
 */
export declare const unsafePath = "^[^?]*(?:%(?![0-9A-Fa-f][0-9A-Fa-f])|%(?:2[fF]|5[cC]|[01][0-9A-Fa-f]|7[fF])|[\\x00-\\x20\\x7f\\x5c]|;[^/?]*%|/(?:[.]|%2[eE])(?:[.]|%2[eE])?(?:;[^/?]*)?(?:[/?]|$))";
/** Seconds for a TLS handshake, and again for a request's head. Both together end within 15. */
export declare const handshakeSeconds = 7;
/** Seconds between two requests of a client, as Nginx has it by default. */
export declare const keepAliveSeconds = 75;
/**
 * The names in a request that are served, as a regular expression: the domain, or without one the network balancer's own
 * name (Elastic Load Balancing: name-id.elb.region and the partition's suffix; NLB: nlb-id.region.nlb.aliyuncs.com) and plain
 * addresses. Any other name belongs to somebody else, whose pages a browser would then mix with these.
 */
export declare function servedNames({ domain, cloud, region }: Pick<Cluster, "domain" | "cloud" | "region">): string;
/**
 * A pattern of the table as a regular expression over the decoded path without repeated slashes. What stands before the
 * first asterisk matches as Tomcat would understand it, since a pattern without one may guard; what follows is for routing
 * and stays plain, which also keeps the expression's work linear.
 */
export declare function pathRegex(pattern: string): string;
/** A condition without the clouds' limit of five values. */
interface Merged {
    readonly when: Condition;
    readonly action: Action;
}
/** Rules in their order, with those that differ in their sources alone as one. */
export declare function mergedRules(rules: readonly Rule[]): readonly Merged[];
export {};
