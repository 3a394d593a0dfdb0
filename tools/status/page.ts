import { commandLine } from "../cli/invocation.ts";
import { alignRows, type Cell, headingRow, type Row } from "../cli/table.ts";
import type { Terminal } from "../cli/terminal.ts";
import { shown } from "./documents.ts";
import type { NodeStatus, Status } from "./read.ts";

const heading = headingRow(
  ...["node", "state", "heartbeat", "CPU %", "memory %", "database ms", "streams", "applications from"],
);

const twins = ({ deadTwins }: NodeStatus): string =>
  deadTwins === 0 ? "" : ` (${deadTwins} dead ${deadTwins === 1 ? "twin" : "twins"})`;

/** The time of the document's version. */
function documentOf({ document }: NodeStatus): Cell {
  const text = document?.version === undefined ? "-" : `${shown(document.version)} UTC`;
  return document?.unread === undefined ? { text } : { text: `${text}, cannot read a newer one`, style: "red" };
}

function row(node: NodeStatus): Row {
  return [
    { text: node.ip },
    node.alive ? { text: `alive${twins(node)}`, style: "green" } : { text: `dead${twins(node)}`, style: "red" },
    { text: `${node.heartbeatSeconds} s` },
    { text: node.cpuPercent ?? "-" },
    { text: node.memoryPercent ?? "-" },
    { text: node.databaseMilliseconds === undefined ? "-" : String(node.databaseMilliseconds) },
    { text: String(node.streams) },
    documentOf(node),
  ];
}

export function statusPage(status: Status, terminal: Terminal): string {
  const { paint } = terminal;
  const { address, versions, alive, wanted, app, streams, viewers, fullest, notReady, problems } = status;
  const range = wanted === undefined ? "" : `; expected ${wanted.min} to ${wanted.max}`;
  const share = fullest === undefined ? "" : `; ${Math.round(fullest.share * 100)} % on ${fullest.node}`;
  return `${[
    paint("bold", address),
    `  AMS       ${versions.join(", ")} (from the origins that responded)`,
    `  nodes     ${alive} alive${range}`,
    `  streams   ${streams} in ${app}${share}`,
    `  viewers   ${viewers.webRtc} WebRTC, ${viewers.hls} HLS, ${viewers.rtmp} RTMP`,
    ...(notReady ?? [])
      .filter(({ state }) => state === "starting")
      .map(({ machine, reason }) => `  starting  ${machine}: ${reason}`),
    "",
    ...alignRows([heading, ...status.nodes.map(row)], 2, terminal),
    "",
    ...problems.map((problem) => paint("red", `  ! ${problem}`)),
    ...(problems.length > 0 ? [`  For remedies: ${commandLine("verify")}`, ""] : []),
    ...(status.elsewhere.length > 0 ? ["  Available only from the cloud:"] : []),
    ...status.elsewhere.map(({ what, command }) => paint("dim", `  ${what}: ${command}`)),
  ].join("\n")}\n`;
}
