import type { Cluster } from "../../config/types.ts";
import { groupsOf } from "../../model/cluster.ts";
import { healthPath } from "../../model/traffic/listeners.ts";
import { sessionsOf } from "../../model/traffic/sessions.ts";
import type { Target } from "../../model/traffic/targets.ts";
import { type Lines, section } from "./haproxy-listeners.ts";
import { sessionPlaces, slotsOf } from "./proxy-limits.ts";
import { sessionMap, stickyCookie, tunnelSeconds } from "./proxy-rules.ts";

/** Where HAProxy sends what the listener table has decided on. */

/** As the managed balancers: one plain question, and 200 is the answer. */
const healthCheck: Lines = [
  "option httpchk",
  `http-check send meth GET uri ${healthPath} ver HTTP/1.1 hdr Host ams`,
  "http-check expect status 200",
];

/**
 * A session's node by a map that the machine keeps: HAProxy's own hashing goes by a server's number, which is another one
 * on each proxy, until 3.0 (configuration manual, hash-key). `use-server` leads to a server that drains, and not to one
 * that is down, which the map leaves out a moment later. A session that has begun may be on one that drains, which the map's `later` rows count in.
 */
function affinity(cluster: Cluster, name: string): Lines {
  if (!sessionsOf(cluster).some(({ target }) => target === name)) return [];
  const known = "if { var(txn.session) -m found }";
  const row = (beginning: string): string =>
    `http-request set-var(txn.node) str(${beginning}),concat(,txn.place),map(${sessionMap}) ${known}`;
  return [
    `http-request set-var(txn.place) var(txn.session),xxh32,mod(${sessionPlaces}) ${known}`,
    `${row(`later-${name}-`)} !METH_POST`,
    `${row(`${name}-`)} !{ var(txn.node) -m found }`,
    "use-server %[var(txn.node)] if { var(txn.node) -m found }",
  ];
}

export function backend(cluster: Cluster, { name, role, protocol, port, stickySeconds }: Target): Lines {
  const group = groupsOf(cluster).find((one) => one.role === role)?.group;
  if (group === undefined) return [];
  // The value follows from the node's address, so that it means the same to each of the proxies.
  const sticky = [
    `cookie ${stickyCookie} insert indirect nocache httponly dynamic maxlife ${stickySeconds}s`,
    `dynamic-cookie-key ${cluster.name}`,
  ];
  return section(`backend ${name}`, [
    ...(protocol === "tcp" ? ["mode tcp", `timeout server ${tunnelSeconds}s`, "option srvtcpka"] : []),
    ...healthCheck,
    ...(stickySeconds > 0 ? sticky : []),
    ...affinity(cluster, name),
    `server-template ${name}- ${slotsOf(group)} 0.0.0.0:${port} disabled`,
  ]);
}
