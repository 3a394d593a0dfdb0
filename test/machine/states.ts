import { readFileSync } from "node:fs";
import type { Node, Site } from "./site.ts";

/** Addresses in the cluster's list, dead or alive. */
export const listed = (at: Site): readonly string[] => Object.values(at.data().nodes).map(({ ip }) => ip);

/** Whether a node lets the balancer in, by its own word. */
export const isOpen = ({ root }: Node): boolean => {
  try {
    return readFileSync(`${root}/run/ams-cluster/gate`, "utf8") === "open";
  } catch {
    // Not there yet, or taken away for a moment while it turns.
    return false;
  }
};

/** Whether a node has proved its membership, opened its gate and watches. */
export const isMember = (of: Node) => () => isOpen(of) && /step=watch/.test(of.status());
