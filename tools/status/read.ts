import type { Ams, Stream } from "../live/ams.ts";
import { perNode, shareOf } from "../live/balance.ts";
import { type Elsewhere, elsewhere } from "../live/consoles.ts";
import { type Deployment, nodeCounts } from "../live/deployment.ts";
import { members } from "../live/nodes.ts";
import { documentProblems, documents, type Held } from "./documents.ts";
import { linesOf } from "./lines.ts";
import { type NotReady, notReady } from "./readiness.ts";

export interface NodeStatus {
  readonly ip: string;
  readonly alive: boolean;
  readonly heartbeatSeconds: number;
  /** It lives, and its clock or that of the node that answered is wrong. */
  readonly clockIsOff: boolean;
  /** Records of the same address that a restart has left behind. */
  readonly deadTwins: number;
  readonly cpuPercent: string | undefined;
  readonly memoryPercent: string | undefined;
  readonly databaseMilliseconds: number | undefined;
  /** Streams that it takes in, of the application that was asked for. */
  readonly streams: number;
  /** What it has of ams:applications; undefined when nobody brought lines of its log. */
  readonly document: Held | undefined;
}

export interface Status {
  readonly address: string;
  /** Of the origins that answered: the balancer shows the panel of no others. */
  readonly versions: readonly string[];
  readonly clusterMode: boolean;
  readonly nodes: readonly NodeStatus[];
  readonly alive: number;
  /** Of all groups together; undefined without a stack's file. */
  readonly wanted: { readonly min: number; readonly max: number } | undefined;
  readonly app: string;
  readonly streams: number;
  readonly viewers: { readonly webRtc: number; readonly hls: number; readonly rtmp: number };
  /** The node with the most streams, and its share of all, 0 to 1. */
  readonly fullest: { readonly node: string; readonly share: number } | undefined;
  /** Machines that are not ready, by the log service's lines; undefined when nobody brought them. */
  readonly notReady: readonly NotReady[] | undefined;
  readonly problems: readonly string[];
  readonly elsewhere: readonly Elsewhere[];
}

/** Sessions that are asked for their version: an upgrade shows as two. */
const versionSamples = 3;

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

function percentOf(memory: string | null | undefined): string | undefined {
  const [used, total] = (memory ?? "").split("/").map(Number);
  return used !== undefined && total ? `${Math.round((100 * used) / total)}` : (memory ?? undefined);
}

export async function readStatus(
  deployment: Deployment,
  app: string,
  login: () => Promise<Ams>,
  lines?: string,
): Promise<Status> {
  const ams = await login();
  const [listed, streams, clusterMode] = [await members(ams), await ams.streams(app), await ams.clusterMode()];
  const live = streams.filter(({ status }) => status === "broadcasting");
  const counts = perNode(live);
  const said = lines === undefined ? undefined : linesOf(lines);
  const held = documents(said ?? []);
  const nodes = listed.map(
    ({ node, ...known }): NodeStatus => ({
      ...known,
      ...{ ip: node.ip, cpuPercent: node.cpu ?? undefined, memoryPercent: percentOf(node.memory) },
      databaseMilliseconds: node.dbQueryAveargeTimeMs ?? undefined,
      streams: counts.get(node.ip) ?? 0,
      document: held.get(node.ip),
    }),
  );
  const known = {
    ...{ address: deployment.web, versions: await versionsOf(ams, login), clusterMode, nodes, app },
    alive: nodes.filter(({ alive }) => alive).length,
    wanted: deployment.cluster === undefined ? undefined : nodeCounts(deployment.cluster),
    streams: live.length,
    viewers: viewersOf(live),
    fullest: live.length === 0 ? undefined : shareOf(live),
    notReady: said === undefined ? undefined : notReady(said),
    elsewhere: elsewhere(deployment),
  };
  const living = nodes.flatMap(({ ip, alive }) => (alive ? [ip] : []));
  const problems = [...problemsOf(known, deployment.hasEdges), ...documentProblems(held, living, ams.clock())];
  return { ...known, problems };
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

/** What a person has to look at; npm run verify says what to do. */
function problemsOf(known: Omit<Status, "problems">, isCluster: boolean): readonly string[] {
  const { nodes, alive, wanted, versions, clusterMode } = known;
  const ill = (known.notReady ?? [])
    .filter(({ state }) => state !== "starting")
    .map(
      ({ machine, state, reason }) =>
        `${machine}: applications are ${state === "late" ? "late" : "not started"}: ${reason}`,
    );
  if (!isCluster) return ill;
  return [
    ...ill,
    ...(clusterMode ? [] : ["the node that responded is in standalone mode"]),
    ...nodes
      .filter((node) => !node.alive)
      .map(({ ip, heartbeatSeconds }) => `${ip}: no heartbeat for ${heartbeatSeconds} s`),
    ...nodes
      .filter(({ clockIsOff }) => clockIsOff)
      .map(({ ip, heartbeatSeconds }) => `${ip}: alive, but its clock is ${heartbeatSeconds} s behind`),
    ...(wanted !== undefined && alive < wanted.min
      ? [`${alive} nodes are alive; the groups require at least ${wanted.min}`]
      : []),
    ...(versions.length > 1 ? [`origins run ${versions.length} different versions: ${versions.join(", ")}`] : []),
  ];
}
