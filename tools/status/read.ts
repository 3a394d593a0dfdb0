import type { Ams, Stream } from "../live/ams.ts";
import { perNode, shareOf } from "../live/balance.ts";
import { elsewhere } from "../live/consoles.ts";
import { type Deployment, nodeCounts } from "../live/deployment.ts";
import { members } from "../live/nodes.ts";
import { documentProblems, documents } from "./documents.ts";
import type { Line } from "./lines.ts";
import { type Known, type NodeStatus, nodeOf, reportedNode } from "./node.ts";
import { nodeProblems } from "./problems.ts";
import { notReady } from "./readiness.ts";
import { type Report, reports } from "./reports.ts";
import type { Status } from "./status.ts";
import { Thresholds } from "./thresholds.ts";

/** Sessions that are asked for their version: an upgrade shows as two. */
const versionSamples = 3;

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

interface Asked {
  readonly deployment: Deployment;
  /** The stack's name; undefined where outputs alone were given. */
  readonly stack: string | undefined;
  readonly app: string;
  /** Of the machines' log; undefined when nobody brought them. */
  readonly lines: readonly Line[] | undefined;
}

const roles: readonly string[] = ["origin", "edge"];

interface Said extends Known {
  readonly inAms: readonly Report[];
  readonly machines: readonly NodeStatus[];
}

function said({ deployment, lines = [] }: Asked): Said {
  const found = reports(lines);
  const thresholds = new Thresholds(deployment.cluster);
  const known = { reports: found, documents: documents(lines, found), thresholds };
  const all = [...found.values()].sort((a, b) => a.role.localeCompare(b.role) || a.ip.localeCompare(b.ip));
  return {
    ...known,
    inAms: all.filter(({ role }) => roles.includes(role)),
    machines: all.filter(({ role }) => !roles.includes(role)).map((report) => reportedNode(report, known)),
  };
}

function place({ deployment, stack, app, lines }: Asked) {
  const { cluster } = deployment;
  return {
    ...{ stack, cloud: cluster?.cloud, region: cluster?.region, cluster: cluster?.name, address: deployment.web, app },
    wanted: cluster === undefined ? undefined : nodeCounts(cluster),
    notReady: lines === undefined ? undefined : notReady(lines),
    elsewhere: elsewhere(deployment),
  };
}

export async function readStatus(asked: Asked, login: () => Promise<Ams>): Promise<Status> {
  const ams = await login();
  const { app } = asked;
  const [listed, streams, clusterMode] = [await members(ams), await ams.streams(app), await ams.clusterMode()];
  const live = streams.filter(({ status }) => status === "broadcasting");
  const counts = perNode(live);
  const known = said(asked);
  const nodes = listed.map((member) => nodeOf(member, counts.get(member.node.ip) ?? 0, known));
  const status = {
    ...{ ...place(asked), time: new Date(ams.clock()).toISOString(), away: undefined, clusterMode, nodes },
    ...{ machines: known.machines, versions: await versionsOf(ams, login) },
    alive: nodes.filter(({ alive }) => alive).length,
    streams: live.length,
    viewers: viewersOf(live),
    fullest: live.length === 0 ? undefined : shareOf(live),
  };
  const living = nodes.flatMap(({ ip, alive }) => (alive ? [ip] : []));
  const problems = [
    ...nodeProblems(status, asked.deployment.hasEdges),
    ...documentProblems(known.documents, living, ams.clock()),
  ];
  return { ...status, problems };
}

/** How the machines are by their own lines alone, where AMS could not be asked. */
export function statusOfLines(asked: Asked, away: string, now: number): Status {
  const known = said(asked);
  const nodes = known.inAms.map((report) => reportedNode(report, known));
  const none = { clusterMode: undefined, alive: undefined, streams: undefined, viewers: undefined, fullest: undefined };
  const status = { ...place(asked), ...none, time: new Date(now).toISOString(), away, versions: [], nodes };
  const problems = [away, ...nodeProblems(status, false)];
  return { ...status, machines: known.machines, problems };
}

async function versionsOf(first: Ams, login: () => Promise<Ams>): Promise<readonly string[]> {
  const found = new Set<string>();
  for (let index = 0; index < versionSamples; index += 1) {
    const { versionName, versionType } = await (index === 0 ? first : await login()).version();
    found.add(`${versionName ?? "unknown"} ${versionType ?? ""}`.trim());
  }
  return [...found];
}

const viewersOf = (streams: readonly Stream[]): Status["viewers"] => ({
  webRtc: sum(streams.map(({ webRTCViewerCount }) => webRTCViewerCount)),
  hls: sum(streams.map(({ hlsViewerCount }) => hlsViewerCount)),
  rtmp: sum(streams.map(({ rtmpViewerCount }) => rtmpViewerCount)),
});
