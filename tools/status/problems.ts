import type { NodeStatus } from "./node.ts";
import type { Status } from "./status.ts";

type Known = Pick<Status, "nodes" | "alive" | "wanted" | "versions" | "clusterMode" | "notReady">;

/** A reason that several nodes have, once. */
function strangers(nodes: readonly NodeStatus[]): readonly string[] {
  const reasons = new Map<string, string[]>();
  for (const { ip, report } of nodes) {
    if (report?.member === undefined || report.member === "member" || report.drain !== undefined) continue;
    const reason = `${report.member}: ${report.why ?? "no reason given"}`;
    reasons.set(reason, [...(reasons.get(reason) ?? []), ip]);
  }
  return [...reasons].map(([reason, ips]) => `${ips.join(", ")}: membership ${reason}`);
}

/** What a person has to look at; npm run verify says what to do. */
export function nodeProblems(known: Known, isCluster: boolean): readonly string[] {
  const { nodes, alive, wanted, versions, clusterMode } = known;
  const ill = (known.notReady ?? [])
    .filter(({ state }) => state !== "starting")
    .map(
      ({ machine, state, reason }) =>
        `${machine}: applications ${state === "late" ? "are late to start" : "failed to start"}: ${reason}`,
    );
  const own = [...ill, ...strangers(nodes)];
  if (!isCluster) return own;
  return [
    ...own,
    ...(clusterMode === false ? ["the node that responded is in standalone mode"] : []),
    ...nodes
      .filter(({ alive }) => alive === false)
      .map(({ ip, heartbeatSeconds }) => `${ip}: no heartbeat for ${heartbeatSeconds} s`),
    ...nodes
      .filter(({ clockIsOff }) => clockIsOff)
      .map(({ ip, heartbeatSeconds }) => `${ip}: alive, but its clock is ${heartbeatSeconds} s behind`),
    ...(wanted !== undefined && alive !== undefined && alive < wanted.min
      ? [`${alive} nodes are alive, but the groups require at least ${wanted.min}`]
      : []),
    ...(versions.length > 1 ? [`origins run ${versions.length} different versions: ${versions.join(", ")}`] : []),
  ];
}
