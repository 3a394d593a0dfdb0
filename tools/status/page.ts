import { commandLine } from "../cli/invocation.ts";
import type { Terminal } from "../cli/terminal.ts";
import { type Around, machineTable, nodeTable, span } from "./columns.ts";
import type { Status } from "./status.ts";

const clouds: Readonly<Record<string, string>> = { aws: "AWS", alibaba: "Alibaba Cloud" };

/** Which cluster this is, and when it was looked at. */
function heading({ time, stack, cloud, region, cluster }: Status): string {
  const where = cloud === undefined ? undefined : `${clouds[cloud] ?? cloud} ${region ?? ""}`.trim();
  return [
    `${time.slice(0, 19).replace("T", " ")} UTC`,
    ...(stack === undefined ? [] : [`stack ${stack}`]),
    ...(cluster === undefined ? [] : [`cluster ${cluster}`]),
    ...(where === undefined ? [] : [where]),
  ].join("  ");
}

/** What AMS says of the cluster as a whole. */
function totals({ versions, alive, wanted, app, streams, viewers, fullest }: Status): readonly string[] {
  if (alive === undefined || viewers === undefined) return [];
  const range = wanted === undefined ? "" : `; expected ${wanted.min} to ${wanted.max}`;
  const share = fullest === undefined ? "" : `; ${Math.round(fullest.share * 100)} % on ${fullest.node}`;
  return [
    `  AMS       ${versions.join(", ")} (from the origins that responded)`,
    `  nodes     ${alive} alive${range}`,
    `  streams   ${streams} in ${app}${share}`,
    `  viewers   ${viewers.webRtc} WebRTC, ${viewers.hls} HLS, ${viewers.rtmp} RTMP`,
  ];
}

/** Nodes on their way in and out. */
function passing({ nodes, notReady, time }: Status): readonly string[] {
  const starting = (notReady ?? [])
    .filter(({ state }) => state === "starting")
    .map(({ machine, reason }) => `  starting  ${machine}: ${reason}`);
  const leaving = nodes.flatMap(({ ip, report }) => {
    if (report?.drain === undefined) return [];
    const { why, until } = report.drain;
    const left = until === undefined ? undefined : Math.max(0, (until - Date.parse(time)) / 1000);
    return [`  draining  ${ip}: ${why}; ${left === undefined ? "no deadline" : `at most ${span(left)} left`}`];
  });
  return [...starting, ...leaving];
}

export function statusPage(status: Status, around: Around, terminal: Terminal): string {
  const { paint } = terminal;
  const { problems, nodes, machines } = status;
  const beyond = [...nodes, ...machines].flatMap(({ ip, beyond: all }) => all.map(({ text }) => `${ip}: ${text}`));
  return `${[
    paint("bold", heading(status)),
    paint("bold", status.address),
    ...totals(status),
    ...passing(status),
    "",
    ...(nodes.length === 0 ? [] : [...nodeTable(nodes, around, terminal), ""]),
    ...(machines.length === 0 ? [] : [...machineTable(machines, around, terminal), ""]),
    ...problems.map((problem) => paint("red", `  ! ${problem}`)),
    ...beyond.map((one) => paint("yellow", `  ~ ${one}`)),
    ...(problems.length > 0 ? [`  For remedies: ${commandLine("verify")}`] : []),
    ...(problems.length + beyond.length > 0 ? [""] : []),
    ...(status.elsewhere.length > 0 ? ["  Information that only the cloud provides:"] : []),
    ...status.elsewhere.map(({ what, command }) => paint("dim", `  ${what}: ${command}`)),
  ].join("\n")}\n`;
}
