import type { Applications } from "../../config/types.ts";
import { knownSetting } from "../ams/ams-settings.ts";

/**
 * A CDN's check of play tokens, before its cache. A player has the token in the path, `/APP/streams/TOKEN/STREAM.m3u8`, so
 * that the relative addresses in a playlist have it too, and no player needs to know of it.
 */

/** What AMS writes for each part of a segment's suffix (TokenFilterManager.java, getStreamId). */
const directives: Readonly<Record<string, string>> = {
  "%09d": "[0-9]{9}",
  "%Y": "[0-9]{4}",
  "%y": "[0-9]{2}",
  "%m": "[0-9]{2}",
  "%d": "[0-9]{2}",
  "%s": "[0-9]{10}",
};

/** The suffix between a stream's name and its segments' extension, as a regular expression. */
const suffixPattern = (format: string): string =>
  format
    .split(/(%09d|%[Yymds])/)
    .map((part) => directives[part] ?? part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("");

const suffix = "hlsSegmentFileSuffixFormat";

/** Applications whose players need a signed token, each with the suffix of its segments' names. */
export const tokenApplications = (applications: Applications = {}): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(applications)
      .filter(([, { play }]) => play === "jwt")
      .map(([name, { settings }]) => [
        name,
        suffixPattern(String(settings[suffix] ?? knownSetting("application", suffix)?.byDefault)),
      ]),
  );

/** How long AMS takes the token that the CDN shows it. AMS writes it into playlists, where each player can read it. */
const originSeconds = 60;

/**
 * The program of CloudFront Functions (runtime 2.0, https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html):
 * no destructuring, classes, `for ... of` or closures with `await`. The keys are in the function's key value store.
 *
 * A file belongs to one stream alone, and AMS takes it for the same stream or refuses: a stream in the cache is open to
 * those alone whose token names it, whatever the release.
 */
export const tokenProgram = (applications: Readonly<Record<string, string>>): string => `import cf from 'cloudfront';
import crypto from 'crypto';

const suffixes = ${JSON.stringify(applications)};
const refused = { statusCode: 403, statusDescription: 'Forbidden' };
const rendition = '(_[0-9]+p[0-9]+kbps|_[0-9]+p|_[0-9]+kbps)?';

function sign(text, key) {
  return crypto.createHmac('sha256', key).update(text).digest('base64url');
}

// Compares in constant time.
function equal(one, other) {
  let difference = one.length ^ other.length;
  for (let at = 0; at < one.length; at++) difference |= one.charCodeAt(at) ^ other.charCodeAt(at);
  return difference === 0;
}

function read(part) {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}

function write(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

// Returns the token's stream, or undefined if AMS would reject the token or this function created it.
function streamOfToken(token, key, now) {
  const parts = token.split('.');
  if (parts.length !== 3 || !equal(sign(parts[0] + '.' + parts[1], key), parts[2])) return undefined;
  const claims = read(parts[1]);
  if (read(parts[0]).alg !== 'HS256' || claims.type !== 'play' || claims.cdn !== undefined) return undefined;
  if (!(claims.exp > now) || claims.nbf > now) return undefined;
  return claims.streamId;
}

function streamOfFile(file, suffix) {
  const found =
    file.match(/^([^/]+)[/][^/]+[.](mpd|m4s)$/) ||
    file.match(/^([^/]+)_adaptive[.]m3u8$/) ||
    file.match(new RegExp('^([^/]+?)' + rendition + '[.]m3u8$')) ||
    file.match(new RegExp('^([^/]+?)' + rendition + suffix + '[.]ts$'));
  return found ? found[1] : undefined;
}

async function handler(event) {
  const request = event.request;
  const path = request.uri.match(/^[/]([A-Za-z0-9_-]+)[/]streams[/](.+)$/);
  if (!path) return refused;
  request.querystring = {};
  if (!Object.prototype.hasOwnProperty.call(suffixes, path[1])) return request;
  try {
    const file = path[2].match(/^([A-Za-z0-9_.-]+)[/](.+)$/);
    const key = await cf.kvs().get(path[1]);
    const now = Math.floor(Date.now() / 1000);
    const stream = streamOfToken(file[1], key, now);
    if (typeof stream !== 'string' || stream !== streamOfFile(file[2], suffixes[path[1]])) return refused;
    const claims = { streamId: stream, type: 'play', exp: now + ${originSeconds}, cdn: true };
    const text = write({ alg: 'HS256', typ: 'JWT' }) + '.' + write(claims);
    request.uri = '/' + path[1] + '/streams/' + file[2];
    request.querystring = { token: { value: text + '.' + sign(text, key) } };
    return request;
  } catch (error) {
    return refused;
  }
}
`;
