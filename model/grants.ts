import type { Cluster } from "./cluster.ts";
import { type Flow, flows, isMember, type Member } from "./firewall.ts";

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
    | { readonly kind: "group"; readonly id: string };
  readonly flow: Flow;
}

function grantsAt(flow: Flow, direction: Grant["direction"], cluster: Cluster): readonly Grant[] {
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
  const ranges = other === "internet" ? ["0.0.0.0/0"] : cluster.access.adminCidrs;
  return ranges.map((cidr) => ({
    key:
      ranges.length === 1 && other === "internet"
        ? `${flow.key}-${direction}`
        : `${flow.key}-${direction}-${cidr.replace("/", "-")}`,
    direction,
    of,
    peer: { kind: "range", cidr },
    flow,
  }));
}

/** Every rule of every security group. A group that may call everybody (`all` to the internet) gets no narrower way out. */
export function grants(cluster: Cluster): readonly Grant[] {
  const rows = flows(cluster);
  const open = new Set(
    rows.filter(({ to, protocol }) => to === "internet" && protocol === "all").map(({ from }) => from),
  );
  return rows.flatMap((row) => {
    const redundant = open.has(row.from) && row.protocol !== "all";
    return [...grantsAt(row, "in", cluster), ...(redundant ? [] : grantsAt(row, "out", cluster))];
  });
}
