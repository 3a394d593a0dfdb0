/**
 * Live files of HLS and DASH, as AMS's muxers name them: one list for the balancers' rules and for the CDN.
 * HLSMuxer.java writes m3u8, ts, and with `hlsSegmentType` fmp4 `STREAM000000001.fmp4` after a first part of its own;
 * IHttpLiveStreamValve.java, by which edges fetch from origins, adds DASH's mpd and m4s.
 */

/** Extensions, without the dot. */
export const playlists = ["m3u8", "mpd"] as const;
export const segments = ["ts", "m4s", "fmp4"] as const;
/** The first part of fragmented MP4: its extension is that of recordings, too. */
const initEnding = "_init.mp4";

/** Paths of an application's files, which Tomcat serves below /APP/streams/; `*` is any characters. */
export const filesOf = (...ends: readonly string[]): readonly string[] => ends.map((end) => `/*/streams/${end}`);

export const pathsOf = (extension: string): string => `/*/streams/*.${extension}`;
export const livePaths: readonly string[] = [...playlists, ...segments].map(pathsOf);
export const initPath = `/*/streams/*${initEnding}`;
/** Low-latency HLS does not play from edges. */
export const lowLatencyPath = "/*/streams/ll-hls/*";

const extension = `[.](${[...playlists, ...segments].join("|")})`;
const init = initEnding.replace(".", "[.]");

/** All of these files as one regular expression, without a backslash, which EdgeScript's texts would read. */
export const liveRegex = `^/[^/]+/streams/.+(${extension}|${init})$`;

/**
 * The same for AWS's balancer, which takes five wildcards in a rule at most (user guide, "Condition types for listener
 * rules"), and as many regular expressions.
 */
export const livePathRegexes: readonly string[] = [`^/.+/streams/.+${extension}$`];
export const originPathRegexes: readonly string[] = ["^/.+/streams/(.+/|)(ll-hls|drm)/.+$"];

/** Spellings that Tomcat takes to live files: parameters, which it drops from each part of a path. */
export const guardedPaths = livePaths.map((path) => `${path.replace("/streams/", "/streams*/")}*`);
export const guardedInitPath = `${initPath.replace("/streams/", "/streams*/")}*`;
/** With those that escape a digit or `_`; the balancer refuses letters' escapes in any path. */
export const guardedPathRegexes: readonly string[] = [
  `^/.+/streams.*/.+(${extension}|${init}).*$`,
  "^/.+/streams.*%(3[0-9]|5[Ff]).*$",
];
