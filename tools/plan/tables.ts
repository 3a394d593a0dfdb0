import { createHash } from "node:crypto";
import type { Application, Cluster, SetupScript } from "../../config/types.ts";
import { flows } from "../../model/network/firewall.ts";
import type { Flow, Peer } from "../../model/network/flow.ts";
import {
  type Action,
  type Condition,
  httpListeners,
  type Listener,
  streamListeners,
} from "../../model/traffic/listeners.ts";
import { type Cell, headingRow, type Row } from "../cli/table.ts";

/** Who listens where, and what happens with a request: the rules in the order in which they are tried. */
export function listenerRows(cluster: Cluster): readonly Row[] {
  const rows = [...httpListeners(cluster), ...streamListeners(cluster)].flatMap(rowsOf);
  return [headingRow("PORT", "PROTOCOL", "RULE", "IF", "THEN"), ...rows];
}

function rowsOf({ port, protocol, rules, defaultAction }: Listener): readonly Row[] {
  const lines = [
    ...[...rules]
      .sort((a, b) => a.priority - b.priority)
      .map((rule) => [rule.name, ifText(rule.when), rule.action] as const),
    ["", rules.length === 0 ? "anything" : "anything else", defaultAction] as const,
  ];
  // Of the panel's listener only the rules of the admin ranges would lead anywhere.
  const isClosed = defaultAction.kind === "deny" && rules.length === 0;
  return lines.map(([name, condition, action], index) => [
    { text: index === 0 ? String(port) : "", style: "bold" },
    { text: index === 0 ? protocol : "" },
    { text: name, style: "cyan" },
    { text: condition },
    isClosed ? { text: "blocked: no admin ranges", style: "red" } : thenCell(action),
  ]);
}

function ifText({ paths, query, sources, fromCdn }: Condition): string {
  const parts = [
    ...(paths === undefined ? [] : [paths.join(" or ")]),
    ...(query === undefined ? [] : [`?${query.key}=${query.value}`]),
    ...(sources === undefined ? [] : [`from ${sources.join(", ")}`]),
    ...(fromCdn === undefined ? [] : ["with the CDN's header"]),
  ];
  return parts.join(" ");
}

function thenCell(action: Action): Cell {
  if (action.kind === "forward") return { text: action.to, style: "green" };
  return action.kind === "deny"
    ? { text: "deny", style: "red" }
    : { text: `redirect to ${action.port}`, style: "yellow" };
}

/** What publishers and players need, and what else the file sets; none where it says nothing of applications. */
export function applicationRows({ applications = {}, applicationsMode }: Cluster): readonly Row[] {
  const named = Object.entries(applications).map(([name, application]) => [
    { text: name, style: "bold" } as const,
    accessCell(application.publish),
    accessCell(application.play),
    { text: (application.renditions ?? []).map(({ height }) => `${height}p`).join(" ") },
    { text: otherKeys(application).join(", ") },
  ]);
  const rest = applicationsMode === "enforce" ? "closed" : "reported";
  return [
    headingRow("NAME", "PUBLISH", "PLAY", "RENDITIONS", "ALSO SET"),
    ...named,
    [{ text: "any other" }, { text: rest, style: "red" }, { text: rest, style: "red" }],
  ];
}

const accessCell = (access: Application["publish"]): Cell =>
  access === "open" ? { text: access, style: "yellow" } : { text: access, style: "green" };

function otherKeys({ publish: _, play: __, renditions: ___, settings, ...keys }: Application): readonly string[] {
  const set = Object.entries(keys).filter(([, value]) => value !== undefined);
  return [...set.map(([key]) => key), ...Object.keys(settings)];
}

/** What of the operator's the machines run, as it can be compared with the file. */
export const setupRows = ({ path, text, minutes }: SetupScript): readonly Row[] => [
  headingRow("FILE", "BYTES", "SHA-256", "RUNS"),
  [
    { text: path, style: "bold" },
    { text: String(Buffer.byteLength(text)) },
    { text: createHash("sha256").update(text).digest("hex") },
    { text: `as root on every boot of AMS machines and proxies, for at most ${minutes} minutes`, style: "yellow" },
  ],
];

/** Every allowed flow, those with equal ends and ports in one row. */
export function firewallRows(cluster: Cluster): readonly Row[] {
  const groups = new Map<string, Flow[]>();
  for (const flow of flows(cluster)) {
    const key = [flow.to, flow.protocol, flow.ports.join("-"), flow.why].join(" ");
    groups.set(key, [...(groups.get(key) ?? []), flow]);
  }
  const order: readonly Peer[] = ["balancer", "proxy", "turn", "origin", "edge", "database", "receiver", "internet"];
  const rows = [...groups.values()]
    .flatMap((group) => (group[0] === undefined ? [] : [{ first: group[0], from: group.map((flow) => flow.from) }]))
    .sort((a, b) => order.indexOf(a.first.to) - order.indexOf(b.first.to))
    .map(
      ({ first, from }): Row => [
        { text: first.to, style: "bold" },
        { text: from.join(", "), ...(from.includes("internet") ? { style: "yellow" } : {}) },
        { text: first.protocol },
        { text: portsText(first) },
        { text: first.why, style: "dim" },
      ],
    );
  return [headingRow("TO", "FROM", "PROTOCOL", "PORTS", "WHY"), ...rows];
}

function portsText({ protocol, ports: [from, to] }: Flow): string {
  if (protocol === "all") return "all";
  return from === to ? String(from) : `${from}-${to}`;
}
