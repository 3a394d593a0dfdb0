/**
 * Live files of HLS and DASH, as AMS's muxers name them: one list for the balancers' rules and for the CDN.
 * HLSMuxer.java writes m3u8, ts, and with `hlsSegmentType` fmp4 `STREAM000000001.fmp4` after a first part of its own;
 * IHttpLiveStreamValve.java, by which edges fetch from origins, adds DASH's mpd and m4s.
 */

/** Extensions, without the dot. */
export const playlists = ["m3u8", "mpd"] as const;
export const segments = ["ts", "m4s", "fmp4"] as const;
const all = [...playlists, ...segments];
/** The first part of fragmented MP4: its extension is that of recordings, too. */
const initEnding = "_init.mp4";

/** Paths of an application's files, which Tomcat serves below /APP/streams/; `*` is any characters. */
const filesOf = (...ends: readonly string[]): readonly string[] => ends.map((end) => `/*/streams/${end}`);

export const pathsOf = (extension: string): string => `/*/streams/*.${extension}`;
export const initPath = `/*/streams/*${initEnding}`;
/** Low-latency HLS does not play from edges. */
export const lowLatencyPath = "/*/streams/ll-hls/*";

const extension = `[.](${all.join("|")})`;
const live = `(${extension}|${initEnding.replace(".", "[.]")})`;

/** All of these files as one regular expression, without a backslash, which EdgeScript's texts would read. */
export const liveRegex = `^/[^/]+/streams/.+${live}$`;

/**
 * Conditions of the listener table. AWS's balancer takes five wildcards in a rule at most (user guide, "Condition types for
 * listener rules"), and has regular expressions in their place.
 */
export const liveFiles = { paths: all.map(pathsOf), pathRegexes: [`^/.+/streams/.+${extension}$`] };
export const initFiles = { paths: [initPath] };
export const originFiles = {
  paths: filesOf("ll-hls/*", "*/ll-hls/*", "drm/*", "*/drm/*"),
  pathRegexes: ["^/.+/streams/(.+/|)(ll-hls|drm)/.+$"],
};
export const recordings = { paths: filesOf("*") };

/** With parameters, which Tomcat drops from each part of a path. */
const spelled = (path: string): string => `${path.replace("/streams/", "/streams*/")}*`;

/**
 * Live files however they are spelled, as far as a balancer can tell. The expressions see escaped digits and `_` as well;
 * letters' escapes are refused in any path.
 */
export const guardedFiles = {
  paths: liveFiles.paths.map(spelled),
  pathRegexes: [`^/.+/streams.*/.+${live}.*$`, "^/.+/streams.*%(3[0-9]|5[Ff]).*$"],
};
export const guardedInitFiles = { paths: [spelled(initPath)] };
