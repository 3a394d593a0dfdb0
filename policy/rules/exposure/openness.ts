import { clusterPort, databasePorts, sshPort } from "../../../model/network/firewall.ts";
import { exporterPort } from "../../../model/operation/exporter.ts";
import { acmePort, proxyHealthPort, statsPort } from "../../../model/traffic/balancer.ts";
import { allWebPorts, panelPort } from "../../../model/traffic/listeners.ts";
import { ingest, keepsClient } from "../../../model/traffic/targets.ts";
import { mediaPorts, turnPort } from "../../../model/traffic/turn.ts";
import { listenersOf } from "../../../recording/read/balancing.ts";
import { grantedRules } from "../../../recording/read/firewall.ts";
import type { SecurityRule } from "../../../recording/read/forms.ts";
import type { Member, Members } from "../../../recording/read/groups.ts";
import { proxyGroups, turnGroups } from "../../../recording/read/machines.ts";
import { isAnybody } from "../../../recording/read/ports.ts";
import type { Resource } from "../../rule.ts";

export interface Open {
  readonly protocol: string;
  readonly ports: readonly [number, number];
}

export const tcp = (port: number): Open => ({ protocol: "tcp", ports: [port, port] });
export const webRtc: Open = { protocol: "udp", ports: mediaPorts };
/** Ingest passes the network balancers with the publisher's own address, so the nodes see it too. */
const streams: readonly Open[] = ingest
  .filter(keepsClient)
  .map(({ protocol, port }) => ({ protocol, ports: [port, port] }));

const turn: readonly Open[] = [tcp(turnPort), { protocol: "udp", ports: [turnPort, turnPort] }];

const web: readonly Open[] = allWebPorts.map(tcp);

/** What anybody may reach; the panel, the proxies' statistics, SSH and MongoDB are in none of these. */
export type Openness = Readonly<Record<Member, readonly Open[]>>;

const withBalancers: Openness = {
  balancer: [...web, ...streams],
  proxy: [],
  turn: [],
  node: [webRtc, ...streams],
  database: [],
};

/** Everything but media passes the proxies, with the client's own address. */
const withProxies: Openness = { ...withBalancers, proxy: [...web, ...streams], node: [webRtc] };

/** Never anybody's, whoever listens there: SSH, the panel, statistics, AMS between nodes, databases, metrics; TURN's has servers of its own. */
const closed: readonly number[] = [
  ...[exporterPort, sshPort, turnPort, clusterPort, panelPort, statsPort, proxyHealthPort, acmePort],
  ...databasePorts,
];

/** What else the network balancer listens to: RTMPS, and the operator's own listeners. */
const added = (all: readonly Resource[]): readonly Open[] =>
  listenersOf(all).flatMap(({ protocol = "", port = 0 }) =>
    ["tcp", "udp", "tls"].includes(protocol) && !closed.includes(port)
      ? [{ protocol: protocol === "udp" ? "udp" : "tcp", ports: [port, port] as const }]
      : [],
  );

/** The nodes see the client's own address where a balancer can't take it away: UDP. */
function ofEntrance(all: readonly Resource[]): Openness {
  const more = added(all);
  if (proxyGroups(all).length > 0) {
    const { balancer, proxy, ...rest } = withProxies;
    return { ...rest, balancer: [...balancer, ...more], proxy: [...proxy, ...more] };
  }
  const { balancer, node, ...rest } = withBalancers;
  const udp = more.filter(({ protocol }) => protocol === "udp");
  return { ...rest, balancer: [...balancer, ...more], node: [...node, ...udp] };
}

export function opennessOf(all: readonly Resource[]): Openness {
  const open = ofEntrance(all);
  return turnGroups(all).length === 0 ? open : { ...open, balancer: [...open.balancer, ...turn], turn };
}

/** Whether a way in lies within an open one, as far as it is known. */
export const mayBe = ({ protocol, ports }: SecurityRule, allowed: Open): boolean =>
  (protocol === undefined || protocol === allowed.protocol) &&
  (ports === undefined || (ports[0] >= allowed.ports[0] && ports[1] <= allowed.ports[1]));

/** A group that can't be told may be any. */
export const membersGuarded = (members: Members, { group }: SecurityRule): readonly Member[] =>
  group === undefined ? [] : members.of(group);

export function isAllowed(open: Openness, members: Members, ingress: SecurityRule): boolean {
  const guarded = membersGuarded(members, ingress);
  const fits = (member: Member): boolean => open[member].some((allowed) => mayBe(ingress, allowed));
  return guarded.length === 0 ? fits("balancer") || fits("node") : guarded.every(fits);
}

export const words = ({ protocol, ports }: SecurityRule): string =>
  `${protocol ?? "any protocol"} ${ports === undefined ? "any port" : ports[0] === ports[1] ? ports[0] : ports.join("-")}`;

export const fromAnybody = (all: readonly Resource[]): readonly SecurityRule[] =>
  grantedRules(all, "in").filter(({ ranges }) => ranges.some(isAnybody));
