import type { Handle } from "../../config/handle.ts";
import type { Cluster } from "../../config/types.ts";
import { receiverRange } from "../operation/forward.ts";
import { inboundRulesPerGroup } from "../operation/quotas.ts";
import { flows } from "./firewall.ts";
import { type Flow, isMember, type Member, type Peer } from "./flow.ts";
import { privateRanges } from "./ranges.ts";

/** One rule of one security group: a flow seen from one of its ends, for one range. */
export interface Grant {
  /** Part of the logical name, e.g. `internet-balancer-tcp-443-in`; with the range where a peer has several. */
  readonly key: string;
  readonly direction: "in" | "out";
  /** The group that the rule belongs to. */
  readonly of: Member;
  readonly peer:
    | { readonly kind: "range"; readonly cidr: string }
    | { readonly kind: "member"; readonly member: Member }
    /** A security group that is there already. */
    | { readonly kind: "group"; readonly id: Handle };
  readonly flow: Flow;
  /** Which of the member's security groups has the rule; further ones take what the first has no room for. */
  readonly group: number;
}

/** A rule before it has found its group. */
type Rule = Omit<Grant, "group">;

function grantsAt(flow: Flow, direction: Grant["direction"], cluster: Cluster): readonly Rule[] {
  const [of, other] = direction === "in" ? [flow.to, flow.from] : [flow.from, flow.to];
  if (!isMember(of)) return [];
  if (isMember(other)) {
    return [{ key: `${flow.key}-${direction}`, direction, of, peer: { kind: "member", member: other }, flow }];
  }
  if (other === "bastion") {
    const { adminGroup: id } = cluster.access;
    return id === undefined
      ? []
      : [{ key: `${flow.key}-${direction}`, direction, of, peer: { kind: "group", id }, flow }];
  }
  return rangesOf(other, flow, cluster).map(([cidr, part]) => ({
    key: [flow.key, direction, ...part].join("-"),
    direction,
    of,
    peer: { kind: "range", cidr },
    flow,
  }));
}

/** Each with what it adds to the rule's key. */
function rangesOf(peer: Peer, { ipv6 }: Flow, cluster: Cluster): readonly (readonly [string, readonly string[]])[] {
  if (peer === "internet") return [["0.0.0.0/0", []], ...(ipv6 ? [["::/0", ["ipv6"]] as const] : [])];
  return knownRanges(peer, cluster).map((cidr) => [cidr, [cidr.replace("/", "-")]]);
}

function knownRanges(peer: Peer, { access, monitoring, logs: { forward } }: Cluster): readonly string[] {
  switch (peer) {
    case "private":
      return privateRanges;
    case "monitor":
      return monitoring.scrapeCidrs;
    case "receiver":
      return [forward === undefined ? undefined : receiverRange(forward)].filter((range) => range !== undefined);
    default:
      return access.adminCidrs;
  }
}

/** AWS counts the rules of both families by themselves ("Amazon VPC quotas", security groups). */
const isIpv6 = ({ peer }: Rule): boolean => peer.kind === "range" && peer.cidr.includes(":");

/** Every rule of every security group. A group that may call everybody (`all` to the internet) gets no narrower way out. */
export function grants(cluster: Cluster): readonly Grant[] {
  const rows = flows(cluster);
  const open = new Set(
    rows.filter(({ to, protocol }) => to === "internet" && protocol === "all").map(({ from }) => from),
  );
  const rules = rows.flatMap((row) => {
    const redundant = open.has(row.from) && row.protocol !== "all";
    return [...grantsAt(row, "in", cluster), ...(redundant ? [] : grantsAt(row, "out", cluster))];
  });
  return spread(rules, cluster);
}

/**
 * Listed ranges are the one kind of rule that comes in any number. They fill what the others leave of the first group and
 * then further ones, range by range, those of administrators first, so that one more of theirs moves none of them. A prefix list would be no way round: AWS counts
 * it by its maximum of entries ("Amazon VPC quotas", security groups).
 */
function spread(rules: readonly Rule[], cluster: Cluster): readonly Grant[] {
  const room = inboundRulesPerGroup[cluster.cloud];
  const peers: readonly Peer[] = ["admin", "monitor"];
  const isListed = ({ flow, direction }: Rule): boolean => direction === "in" && peers.includes(flow.from);
  const place = ({ peer, flow }: Rule): number =>
    peers.indexOf(flow.from) * 1000 + (peer.kind === "range" ? knownRanges(flow.from, cluster).indexOf(peer.cidr) : 0);
  const grouped = new Map<Rule, number>();
  for (const member of new Set(rules.map(({ of }) => of))) {
    const own = rules.filter(({ of, direction }) => of === member && direction === "in");
    const fixed = own.filter((rule) => !isListed(rule) && !isIpv6(rule)).length;
    const ranges = own.filter(isListed).sort((a, b) => place(a) - place(b));
    ranges.forEach((rule, index) => void grouped.set(rule, Math.floor((fixed + index) / room)));
  }
  return rules.map((rule) => ({ ...rule, group: grouped.get(rule) ?? 0 }));
}
