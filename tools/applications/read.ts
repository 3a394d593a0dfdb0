import type { Cluster } from "../../config/types.ts";
import { applicationsDocument } from "../../model/applications/document.ts";
import { type Drift, driftOf } from "../../model/applications/drift.ts";
import type { Ams } from "../live/ams.ts";

/** Asks AMS for each application's settings, one after the other; undefined where the file names none. */
export async function readDrift(cluster: Cluster, ams: Ams): Promise<Drift | undefined> {
  const document = applicationsDocument(cluster);
  if (document.mode === "off") return undefined;
  const live: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const name of await ams.applications()) live[name] = await ams.settings(name);
  return driftOf(document, live);
}
