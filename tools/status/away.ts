import { reasonOf } from "../cli/faults.ts";
import { isSilence, restUrl } from "../live/ams.ts";
import { send, type Wire } from "../live/protocols/wire.ts";

/** AMS itself needs no database for this. */
async function lives(wire: Wire, panelUrl: string): Promise<boolean> {
  try {
    return (await send(wire, { url: restUrl(panelUrl, "liveness") })).status === 200;
  } catch {
    return false;
  }
}

/** Nodes, streams and users are in the database: without it AMS answers no more than that it lives. */
export async function awayBecause(wire: Wire, panelUrl: string, error: unknown): Promise<string> {
  const reason = `${panelUrl} cannot be queried: ${reasonOf(error)}`;
  if (!isSilence(error) || !(await lives(wire, panelUrl))) return reason;
  return `The database is unavailable: AMS responds, but its database does not (${reasonOf(error)})`;
}
