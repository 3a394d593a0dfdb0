import { readdirSync, readFileSync } from "node:fs";

/** Whether the program of this directory runs. Its language host may stay: it asks for its engine every five minutes. */
export const runsIn = (directory: string): boolean =>
  readdirSync("/proc").some((process) => {
    try {
      return readFileSync(`/proc/${process}/cmdline`, "utf8").includes(`\0--pwd\0${directory}\0`);
    } catch {
      return false; // no process, or one that has ended
    }
  });
