import type { Cluster } from "../../config/types.ts";
import { type Affinity, httpListeners } from "./listeners.ts";
import type { TargetName } from "./targets.ts";

export interface Session {
  readonly target: TargetName;
  readonly affinity: Affinity;
}

/** Which targets have sessions to keep together, each pair once. */
export function sessionsOf(cluster: Cluster): readonly Session[] {
  const found = httpListeners(cluster).flatMap(({ rules }) =>
    rules.flatMap(({ action, affinity }): readonly [string, Session][] => {
      if (action.kind !== "forward" || affinity === undefined) return [];
      return [[`${action.to} ${affinity}`, { target: action.to, affinity }]];
    }),
  );
  return [...new Map(found).values()];
}
