import type { Applications, Cdn } from "../../config/types.ts";
import { knownSetting } from "../ams/ams-settings.ts";
import { playlists, segments } from "./live-files.ts";

/** What the CDN takes from the edges and for how long it keeps it: one table for both clouds. */

export interface CacheRule {
  readonly name: "playlists" | "segments";
  /** Extensions, without the dot. */
  readonly extensions: readonly string[];
  readonly seconds: number;
}

/** Where AMS puts recordings in their bucket, unless an application says another folder (AppSettings.java, s3StreamsFolderPath). */
const recordingsFolder = "streams";

/** Folders of the recordings' bucket. */
export function recordingFolders(applications: Applications = {}): readonly string[] {
  const named = Object.values(applications).flatMap(({ record }) => record?.prefix ?? []);
  return [...new Set([recordingsFolder, ...named])];
}

/** The header by which a load balancer knows the CDN. */
export const cdnHeader = "X-Ams-Cdn";

type Application = Applications[string];

const seconds = (setting: string, { settings }: Pick<Application, "settings">): number =>
  Number(settings[setting] ?? knownSetting("application", setting)?.byDefault);

/** Length of an application's segments. */
export const hlsSeconds = (application: Pick<Application, "settings">): number => seconds("hlsTime", application);
export const dashSeconds = (application: Pick<Application, "settings">): number =>
  seconds("dashSegDuration", application);

/** The shortest segments of all applications, those of AMS's defaults among them. */
function shortestSegment(applications: Applications = {}): number {
  const all = [{ settings: {} }, ...Object.values(applications)];
  return Math.min(...all.flatMap((one) => [hlsSeconds(one), dashSeconds(one)]));
}

/** Half a segment at most: a player that finds the oldest copy still sees each segment before the next one is there. */
export const playlistSeconds = (applications?: Applications): number => Math.floor(shortestSegment(applications) / 2);

export const cacheRules = ({ segmentSeconds }: Cdn, applications?: Applications): readonly CacheRule[] => [
  { name: "playlists", extensions: playlists, seconds: playlistSeconds(applications) },
  { name: "segments", extensions: segments, seconds: segmentSeconds },
];
