import { alignRows, type Cell, headingRow, type Row } from "../cli/table.ts";
import type { Style, Terminal } from "../cli/terminal.ts";
import { shown } from "./documents.ts";
import type { NodeStatus } from "./node.ts";
import type { Thresholds } from "./thresholds.ts";
import { drawn, type Trend } from "./trend.ts";

/** What the cells are looked up in. */
export interface Around {
  readonly thresholds: Thresholds;
  readonly trend: Trend;
}

interface Column {
  readonly title: string;
  /** Undefined where nothing is known. */
  readonly cell: (node: NodeStatus, around: Around) => Cell | undefined;
}

/** Two digits at the least, in the largest unit: 90 min, 47 h, 3 d. */
export function span(seconds: number): string {
  const units = [
    ["d", 86_400],
    ["h", 3600],
    ["min", 60],
  ] as const;
  const [unit, size] = units.find(([, each]) => seconds >= 2 * each) ?? ["s", 1];
  return `${Math.floor(seconds / size)} ${unit}`;
}

const text = (value: string | number | undefined, style?: Style): Cell | undefined =>
  value === undefined ? undefined : { text: String(value), ...(style === undefined ? {} : { style }) };

const figure =
  (metric: string) =>
  ({ report }: NodeStatus, { thresholds }: Around): Cell | undefined => {
    const value = report?.figures[metric];
    return text(value, thresholds.style(report?.role, metric, value));
  };

const twins = ({ deadTwins }: NodeStatus): string =>
  deadTwins === 0 ? "" : ` (${deadTwins} dead ${deadTwins === 1 ? "duplicate" : "duplicates"})`;

/** By AMS's list; where AMS could not be asked, by what the node itself knows. */
function state(node: NodeStatus): Cell | undefined {
  if (node.alive === undefined) return text(node.report?.member);
  return { text: `${node.alive ? "alive" : "dead"}${twins(node)}`, style: node.alive ? "green" : "red" };
}

function load({ report }: NodeStatus, { thresholds }: Around): Cell | undefined {
  const value = report?.figures["LoadPercent"];
  if (value === undefined) return undefined;
  const decides = report?.decides === undefined ? "" : ` ${report.decides}`;
  return text(`${Math.round(value)}${decides}`, thresholds.load(report?.role, value));
}

/** The time of the document's version. */
function documentOf({ document }: NodeStatus): Cell | undefined {
  if (document === undefined) return undefined;
  const from = document.version === undefined ? "-" : `${shown(document.version)} UTC`;
  return document.unread === undefined
    ? { text: from }
    : { text: `${from}; cannot read the newer document`, style: "red" };
}

const columns: readonly Column[] = [
  { title: "node", cell: ({ ip }) => text(ip) },
  { title: "state", cell: state },
  {
    title: "heartbeat",
    cell: ({ heartbeatSeconds: seconds }) => text(seconds === undefined ? undefined : `${seconds} s`),
  },
  { title: "role", cell: ({ report }) => text(report?.role) },
  { title: "zone", cell: ({ report }) => text(report?.zone) },
  { title: "machine", cell: ({ report }) => text(report?.machine) },
  { title: "up", cell: ({ report }) => text(report && span(report.ageSeconds)) },
  { title: "gate", cell: ({ report }) => text(report?.gate, report?.gate === "open" ? undefined : "yellow") },
  { title: "load %", cell: load },
  {
    title: "trend",
    cell: ({ ip }, { trend }) => text((trend.get(ip) ?? []).length < 2 ? undefined : drawn(trend.get(ip) ?? [])),
  },
  {
    title: "CPU %",
    cell: ({ cpuPercent }) => text(cpuPercent),
  },
  {
    title: "memory %",
    cell: ({ memoryPercent, report }, { thresholds }) =>
      text(memoryPercent, thresholds.style(report?.role, "MemoryPercent", report?.figures["MemoryPercent"])),
  },
  {
    title: "database ms",
    cell: ({ databaseMilliseconds: value, report }, { thresholds }) =>
      text(value, thresholds.style(report?.role, "DatabaseQueryMilliseconds", value)),
  },
  { title: "streams", cell: ({ streams }) => text(streams) },
  { title: "publishers", cell: figure("Publishers") },
  { title: "viewers", cell: figure("Viewers") },
  { title: "AMS", cell: ({ report }) => text(report?.release) },
  { title: "applications document", cell: documentOf },
  { title: "agent", cell: ({ report }) => text(report?.agent) },
];

/** A line for each node; a column of which nothing is known is left out. */
export function nodeTable(nodes: readonly NodeStatus[], around: Around, terminal: Terminal): readonly string[] {
  const cells = columns.map(({ title, cell }) => ({ title, cells: nodes.map((node) => cell(node, around)) }));
  const known = cells.filter((column) => column.cells.some((cell) => cell !== undefined));
  const row = (index: number): Row => known.map((column) => column.cells[index] ?? { text: "-" });
  return alignRows(
    [headingRow(...known.map(({ title }) => title)), ...nodes.map((_, index) => row(index))],
    2,
    terminal,
  );
}

/** Machines without AMS, each with the figures of its kind. */
export function machineTable(nodes: readonly NodeStatus[], around: Around, terminal: Terminal): readonly string[] {
  const names = [...new Set(nodes.flatMap(({ report }) => Object.keys(report?.figures ?? {})))];
  const own: readonly Column[] = [
    ...columns.filter(({ title }) => ["node", "role", "zone", "machine", "up", "agent"].includes(title)),
    ...names.map((name) => ({ title: name, cell: figure(name) })),
  ];
  const row = (node: NodeStatus): Row => own.map(({ cell }) => cell(node, around) ?? { text: "-" });
  return alignRows([headingRow(...own.map(({ title }) => title)), ...nodes.map(row)], 2, terminal);
}
