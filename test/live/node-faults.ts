import type { Fault } from "./fault.ts";
import { nodes } from "./site.ts";

/** Faults of the cluster's list. */
export const nodeFaults: readonly Fault[] = [
  {
    name: "a node without a heartbeat",
    inject: async ({ heart }) => {
      await heart(nodes.edge[0]).fail(140);
      return heart(nodes.edge[0]).start;
    },
    found: ["nodes"],
    likely: "heartbeat",
    said: /^127\.\d+\.3\.1: last heartbeat 1\d\d s ago; a live node sends a heartbeat at least every 20 s$/,
  },
  {
    name: "a node whose clock is slow",
    inject: async ({ heart }) => {
      await heart(nodes.edge[0]).slow(700);
      return heart(nodes.edge[0]).start;
    },
    found: ["nodes"],
    likely: "clock",
    said: /^127\.\d+\.3\.1: sends heartbeats, but its clock is (69|70)\d s behind$/,
  },
  {
    name: "fewer nodes than the groups have",
    inject: async ({ heart }) => {
      await heart(nodes.edge[1]).leave();
      return heart(nodes.edge[1]).start;
    },
    found: ["nodes"],
    likely: "notJoining",
    said: /^3 alive; expected 4 to 8$/,
  },
];
