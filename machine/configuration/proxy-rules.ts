import type { Cluster } from "../../config/types.ts";
import { partitionOf } from "../../model/network/partitions.ts";
import type { Rule } from "../../model/traffic/listeners.ts";

/** What both proxies make of the listener table's rules: regular expressions, and few rules where the clouds need many. */

/** The certificate with its chain and its key, which the machine writes. */
export const certificatePath = "/etc/ams-cluster/tls.pem";

/** Which node has which WHIP and WHEP sessions; the machine writes it. */
export const sessionMap = "/etc/ams-cluster/sessions.map";

/** Values of the CDN's header, which the machine writes: one a line for HAProxy, and rows of a map for Nginx. */
export const cdnKeys = { haproxy: "/etc/ams-cluster/cdn-keys", nginx: "ams-cdn.conf" } as const;

/** Silence after which a WebSocket or an RTMP connection is closed (seed 004: `timeout tunnel 2h`). */
export const tunnelSeconds = 7200;

/** Cookie that keeps the panel's sessions, which AMS has in memory under JSESSIONID, on their node. */
export const stickyCookie = "AMSNODE";

/** Where the certificate authority asks for its proof (RFC 8555, section 8.3). */
export const challengePath = "/.well-known/acme-challenge/";

/**
 * A raw path, up to its query, that the proxies and Tomcat could read differently: an escape that is none or that hides a
 * slash, a backslash or a control character; a backslash; an escape within a path parameter, since Tomcat cuts `;...`
 * off before it decodes (CoyoteAdapter.parsePathParameters) and proxies decode first; and dot segments, written either
 * way and with parameters, which Tomcat resolves after that. No client of AMS sends any of them.
 */
export const unsafePath =
  "^[^?]*(?:%(?![0-9A-Fa-f][0-9A-Fa-f])|%(?:2[fF]|5[cC]|[01][0-9A-Fa-f]|7[fF])|[\\x00-\\x20\\x7f\\x5c]|;[^/?]*%|/(?:[.]|%2[eE])(?:[.]|%2[eE])?(?:;[^/?]*)?(?:[/?]|$))";

/** Seconds for a TLS handshake, and again for a request's head. Both together end within 15. */
export const handshakeSeconds = 7;

/** Seconds between two requests of a client, as Nginx has it by default. */
export const keepAliveSeconds = 75;

/**
 * The names in a request that are served, as a regular expression: the domain, or without one the network balancer's own
 * name (Elastic Load Balancing: name-id.elb.region and the partition's suffix; NLB: nlb-id.region.nlb.aliyuncs.com) and plain
 * addresses. Any other name belongs to somebody else, whose pages a browser would then mix with these.
 */
export function servedNames({ domain, cloud, region }: Pick<Cluster, "domain" | "cloud" | "region">): string {
  if (domain !== undefined) {
    const [name = "", ...more] = [domain.name, ...domain.names].map(quotePattern);
    return more.length === 0 ? `^${name}[.]?$` : `^(?:${[name, ...more].join("|")})[.]?$`;
  }
  const name = {
    aws: `[a-z0-9-]+[.]elb[.]${region}[.]${partitionOf(region).dnsSuffix.replaceAll(".", "[.]")}`,
    alibaba: "nlb-[a-z0-9-]+[.][a-z0-9.-]+[.]aliyuncs[a-z0-9]*[.]com",
  }[cloud];
  return `^(?:${name}|[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+)$`;
}

/** A wildcard stands for one label. */
const quotePattern = (name: string): string => quote(name).replace("*", "[a-z0-9-]+");

const quote = (text: string): string => text.replace(/[.+^${}()|[\]\\]/g, "\\$&");

/** Tomcat drops `;parameters` of each segment before it looks for the application. */
const parameters = "(?:;[^/]*)?";
const slash = "/(?:;[^/]*/)*";

/**
 * A pattern of the table as a regular expression over the decoded path without repeated slashes. What stands before the
 * first asterisk matches as Tomcat would understand it, since a pattern without one may guard; what follows is for routing
 * and stays plain. Each part between two asterisks is taken at its first place and never looked for again (an atomic
 * group, which PCRE has): that keeps the expression's work linear, whatever a client writes.
 */
export function pathRegex(pattern: string): string {
  const [head = "", ...tail] = pattern.split("*");
  const segments = head.split("/").slice(1);
  const guarded = segments.map((segment, index) => {
    if (index === segments.length - 1 && tail.length > 0) return `/${quote(segment)}`;
    return `${slash}${segment === "" ? "" : quote(segment)}${parameters}`;
  });
  const found = tail.map((text, index) => {
    return index === tail.length - 1 ? `.*${quote(text)}` : `(?>.*?${quote(text)})`;
  });
  return `^${guarded.join("")}${found.join("")}$`;
}

/** A condition without the clouds' limit of five values. */
export type Merged = Omit<Rule, "name" | "priority">;

const sameBut = ({ when: { sources, ...rest }, action, affinity }: Merged): string =>
  JSON.stringify([rest, action, affinity, sources === undefined]);

/** Rules in their order, with those that differ in their sources alone as one. */
export function mergedRules(rules: readonly Rule[]): readonly Merged[] {
  const merged: Merged[] = [];
  for (const rule of [...rules].sort((a, b) => a.priority - b.priority)) {
    const last = merged.at(-1);
    if (last?.when.sources !== undefined && sameBut(last) === sameBut(rule)) {
      const sources = [...last.when.sources, ...(rule.when.sources ?? [])];
      merged[merged.length - 1] = { ...rule, when: { ...rule.when, sources } };
    } else {
      merged.push(rule);
    }
  }
  return merged;
}
