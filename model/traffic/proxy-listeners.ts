import type { Cluster } from "../../config/types.ts";
import { statsPort } from "./balancer.ts";
import { httpListeners, panelPort, streamListeners } from "./listeners.ts";

/** What the network balancer in front of the proxies listens to; a listener of the same port decides there. */
export interface ProxyListener {
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
export function proxyListeners(cluster: Cluster): readonly ProxyListener[] {
  const front = (protocol: "tcp" | "udp", port: number, why: string): ProxyListener => {
    const admin = port === panelPort || port === statsPort;
    const short = `${protocol}${port}`;
    const target = short.length <= 7 ? short : `${protocol.charAt(0)}${port}`;
    return { name: `${protocol}-${port}`, target, protocol, port, admin, why };
  };
  const stats = cluster.access.adminCidrs.length > 0 ? [front("tcp", statsPort, "Proxy statistics")] : [];
  return [
    ...httpListeners(cluster).map(({ port }) =>
      front("tcp", port, port === panelPort ? "Management panel" : "Publishers and players"),
    ),
    ...streamListeners(cluster).map(({ protocol, port, name }) =>
      front(protocol === "udp" ? "udp" : "tcp", port, `Ingest ${name}`),
    ),
    ...stats,
  ];
}
