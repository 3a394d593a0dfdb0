import { flows } from "../../model/network/firewall.ts";
import type { Flow, Peer } from "../../model/network/flow.ts";
import type { Cell } from "../cli/table.ts";
import { portText } from "../diagram/ports.ts";
import { firewallRows, listenerRows } from "../plan/tables.ts";
import { column, details, heading, section, table } from "./html.ts";
import type { Subject } from "./subject.ts";

export function listeners(subjects: readonly Subject[]): string {
  const columns = subjects.map(({ planned: { stack, cluster } }) =>
    column(stack, table(listenerRows(cluster), `Listeners of ${stack}`)),
  );
  const remark = "Rules are evaluated from top to bottom; origin, edge and panel are server groups on port 5080.";
  return section("listeners", "Listeners", columns, remark);
}

/** Who may reach whom: a matrix for the eye, and its rows with their reasons. */
export function firewall(subjects: readonly Subject[]): string {
  const columns = subjects.map(({ planned: { stack, cluster } }) => {
    const rows = flows(cluster);
    const reasons = details(
      "Allowed traffic and the reason for each rule",
      table(firewallRows(cluster), `Flows of ${stack}`),
    );
    return column(stack, table(matrix(rows), `Firewall of ${stack}: allowed traffic`), reasons);
  });
  return section(
    "firewall",
    "Firewall",
    columns,
    "Ports are TCP unless stated otherwise. All other traffic is blocked.",
  );
}

const from: readonly Peer[] = [
  "internet",
  "private",
  "admin",
  "bastion",
  "monitor",
  "balancer",
  "proxy",
  "turn",
  "origin",
  "edge",
  "database",
];
const to: readonly Peer[] = ["balancer", "proxy", "turn", "origin", "edge", "database", "receiver", "internet"];

function matrix(rows: readonly Flow[]): readonly (readonly Cell[])[] {
  const present = (peers: readonly Peer[], end: "from" | "to"): readonly Peer[] =>
    peers.filter((peer) => rows.some((row) => row[end] === peer));
  const lines = present(from, "from").map((source): readonly Cell[] => [
    { text: source, style: "bold" },
    ...present(to, "to").map((target): Cell => {
      const own = rows.filter((row) => row.from === source && row.to === target);
      const text = own.map(portText).join(", ");
      if (own.length === 0) return { text: "–", style: "dim" };
      return source === "internet" ? { text, style: "yellow" } : { text };
    }),
  ]);
  return [heading("From \\ to", ...present(to, "to")), ...lines];
}
