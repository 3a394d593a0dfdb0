"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.grants = grants;
const firewall_ts_1 = require("./firewall.js");
const quotas_ts_1 = require("./quotas.js");
function grantsAt(flow, direction, cluster) {
    const [of, other] = direction === "in" ? [flow.to, flow.from] : [flow.from, flow.to];
    if (!(0, firewall_ts_1.isMember)(of))
        return [];
    if ((0, firewall_ts_1.isMember)(other)) {
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
        key: ranges.length === 1 && other === "internet"
            ? `${flow.key}-${direction}`
            : `${flow.key}-${direction}-${cidr.replace("/", "-")}`,
        direction,
        of,
        peer: { kind: "range", cidr },
        flow,
    }));
}
/** Every rule of every security group. A group that may call everybody (`all` to the internet) gets no narrower way out. */
function grants(cluster) {
    const rows = (0, firewall_ts_1.flows)(cluster);
    const open = new Set(rows.filter(({ to, protocol }) => to === "internet" && protocol === "all").map(({ from }) => from));
    const rules = rows.flatMap((row) => {
        const redundant = open.has(row.from) && row.protocol !== "all";
        return [...grantsAt(row, "in", cluster), ...(redundant ? [] : grantsAt(row, "out", cluster))];
    });
    return spread(rules, cluster);
}
/**
 * Admin ranges are the one kind of rule that comes in any number. They fill what the others leave of the first group and
 * then further ones, range by range, so that one more range moves none. A prefix list would be no way round: AWS counts
 * it by its maximum of entries ("Amazon VPC quotas", security groups).
 */
function spread(rules, { cloud, access: { adminCidrs } }) {
    const room = quotas_ts_1.inboundRulesPerGroup[cloud];
    const isAdmin = ({ flow, direction }) => direction === "in" && flow.from === "admin";
    const place = ({ peer }) => (peer.kind === "range" ? adminCidrs.indexOf(peer.cidr) : 0);
    const grouped = new Map();
    for (const member of new Set(rules.map(({ of }) => of))) {
        const own = rules.filter(({ of, direction }) => of === member && direction === "in");
        const fixed = own.filter((rule) => !isAdmin(rule)).length;
        const admin = own.filter(isAdmin).sort((a, b) => place(a) - place(b));
        admin.forEach((rule, index) => void grouped.set(rule, Math.floor((fixed + index) / room)));
    }
    return rules.map((rule) => ({ ...rule, group: grouped.get(rule) ?? 0 }));
}
