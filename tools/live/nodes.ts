import { setTimeout as wait } from "node:timers/promises";
import { type Ams, ageSeconds, aliveSeconds, type Node } from "./ams.ts";

/** A node of the cluster's list, by its address. */
export interface Member {
  readonly node: Node;
  readonly alive: boolean;
  /** Since its last heartbeat, by its own clock. */
  readonly heartbeatSeconds: number;
  /** Whether it sends heartbeats whose time is not the answering node's: one of the clocks is wrong. */
  readonly clockIsOff: boolean;
  /** Records of the same address that count no more: a node can stand twice in the list after a restart. */
  readonly deadTwins: number;
}

/** Longer than the 5 s between two heartbeats (ClusterNode.java). */
const pauseMilliseconds = 6000;

const isOff = (node: Node, now: number): boolean => Math.abs(ageSeconds(node, now)) > aliveSeconds;

/**
 * The list, each address once. A heartbeat that is old may be a clock that is wrong: only one that also stands still for
 * longer than a heartbeat takes is a dead node's. That takes a second look, for which nobody waits who needs none.
 */
export async function members(ams: Ams, pause = pauseMilliseconds): Promise<readonly Member[]> {
  const first = await ams.nodes();
  const times = new Map(first.map(({ id, lastUpdateTime }) => [id, lastUpdateTime]));
  const again = first.some((node) => isOff(node, ams.clock()));
  if (again) await wait(pause);
  const listed = again ? await ams.nodes() : first;
  const now = ams.clock();
  const moves = ({ id, lastUpdateTime }: Node): boolean => times.get(id) !== lastUpdateTime;
  const addresses = [...new Set(listed.map(({ ip }) => ip))];
  return addresses.map((address) => {
    const records = listed
      .filter(({ ip }) => ip === address)
      .sort((a, b) => Number(moves(b)) - Number(moves(a)) || b.lastUpdateTime - a.lastUpdateTime);
    const [node, ...twins] = records;
    if (node === undefined) throw new Error(`no record of ${address}`);
    const alive = moves(node) || !isOff(node, now);
    return {
      ...{ node, alive, heartbeatSeconds: Math.round(ageSeconds(node, now)), deadTwins: twins.length },
      clockIsOff: alive && isOff(node, now),
    };
  });
}
