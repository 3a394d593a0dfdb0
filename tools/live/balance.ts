import type { Stream } from "./ams.ts";

export interface Share {
  readonly node: string;
  /** Of all streams, 0 to 1. */
  readonly share: number;
  /** Nodes that have any. */
  readonly nodes: number;
}

/** Streams by the node that takes them in. */
export function perNode(streams: readonly Stream[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { originAdress } of streams) {
    const node = originAdress ?? "unknown";
    counts.set(node, (counts.get(node) ?? 0) + 1);
  }
  return counts;
}

/** The fullest node. */
export function shareOf(streams: readonly Stream[]): Share {
  const counts = [...perNode(streams)].sort(([, a], [, b]) => b - a);
  const [node = "none", most = 0] = counts[0] ?? [];
  return { node, share: streams.length === 0 ? 0 : most / streams.length, nodes: counts.length };
}
